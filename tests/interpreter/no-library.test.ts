/** The interpreter knows JavaScript, and runs it where there is no library at all. */
import { describe, expect, test } from 'vitest';

import { noLibrary } from './no-library.ts';
import { resultOf } from './run.ts';

function gives(cases: Readonly<Record<string, readonly [string, unknown]>>): void {
  test.each(Object.entries(cases))('%s', (_, [code, result]) => {
    expect(resultOf({ 'main.js': code })).toEqual(result);
  });
}

describe('what is known for certain', () => {
  gives({
    'arithmetic and text': ["export const result = 2 + 3 * 4 + '!';", '14!'],
    'a closure over a variable that changes': ['let n = 0;\nconst next = () => { n += 1; return n; };\nnext();\nexport const result = [next(), n];', [2, 2]],
    'a loop over a list': ['let sum = 0;\nfor (const n of [1, 2, 3]) sum += n;\nexport const result = sum;', 6],
    'classes with parents, fields, getters and statics': [
      'class A { x = 2; get twice() { return this.x * 2; } static make() { return new this(); } }\nclass B extends A { x = 5; get twice() { return super.twice + 1; } }\nexport const result = [new B().twice, A.make().twice];',
      // What `this` is in a static method is followed, what `new this()` makes as well.
      [11, 4],
    ],
    'destructuring with defaults and rest': ['const { a, b = 2, ...rest } = { a: 1, c: 3, d: 4 };\nexport const result = { a, b, rest };', { a: 1, b: 2, rest: { c: 3, d: 4 } }],
    'methods of arrays': ['export const result = [1, 2, 3].map((n) => n * n).filter((n) => n > 1).reduce((a, b) => a + b);', 13],
    'a switch that falls through': ["const seen = [];\nswitch ('b') { case 'a': seen.push(1); case 'b': seen.push(2); case 'c': seen.push(3); break; default: seen.push(4); }\nexport const result = seen;", [2, 3]],
    'a key that is computed before nothing is read': ['let i = 2;\ntry { null[i++]; } catch {}\nlet cache = {};\ntry { cache.a[i++].x = 1; } catch {}\ntry { cache.a[i++](); } catch {}\nexport const result = i;', 5],
    'setters of the parent': ['class A { set v(x) { this.w = x; } }\nclass B extends A { set v(x) { super.v = x + 1; } }\nconst b = new B();\nb.v = 3;\nexport const result = b.w;', 4],
    'half an accessor': ['class A { get n() { return 4; } set v(x) { this.w = x; } }\nclass B extends A { set n(v) {} get v() { return 3; } }\nconst b = new B();\ntry { b.v = 9; } catch {}\nexport const result = [b.n, b.w, b.v];', [undefined, undefined, 3]],
    'a getter that puts a value in its place': ["const net = { get w() { Object.defineProperty(this, 'w', { value: 5, writable: true }); return 4; } };\nclass Lazy { get w() { Object.defineProperty(this, 'w', { value: 7, writable: true, enumerable: true, configurable: true }); return 6; } }\nconst lazy = new Lazy();\nexport const result = [net.w, net.w, lazy.w, lazy.w];", [4, 5, 6, 7]],
    'an optional chain that ends early': ['let n = 0;\nlet none;\nfunction count() { n += 1; return n; }\nconst given = (f) => [none?.a.b.c(count()), none?.[count()].d, none?.(count()), f?.(count())];\nexport const result = [...given(), n];', [undefined, undefined, undefined, undefined, 0]],
    'an optional chain that goes on': ['const a = { b: { c: (n) => n + 1 } };\nexport const result = [a?.b.c(1), a.b?.c(2), a?.b.d?.e.f];', [2, 3, undefined]],
    'parentheses that end an optional chain': ["let none;\nlet way = 'on';\ntry { (none?.a).b; } catch { way = 'caught'; }\nexport const result = way;", 'caught'],
    'what cannot be iterated': [
      'const refused = [];\nconst attempt = (name, code) => { try { code(); } catch { refused.push(name); } };\nattempt(1, () => { const [a] = {}; });\nattempt(2, () => (([a]) => a)({ 0: 5 }));\nattempt(3, () => [...{}]);\nattempt(4, () => Math.max(...{ length: 1 }));\nattempt(5, () => new Set(5));\nattempt(6, () => new Map({}));\nattempt(7, () => { for (const a of {}) a(); });\nattempt(8, () => new Set(null));\nexport const result = refused;',
      [1, 2, 3, 4, 5, 6, 7],
    ],
    'keys that are gone when their turn comes': [
      "const o = { a: 1, b: 2, c: 3 };\nconst a = [1, 2, 3];\nconst base = { below: 1 };\nconst heir = Object.create(base);\nheir.own = 2;\nconst seen = [];\nfor (const k in o) { delete o.b; o.d = 4; seen.push(k); }\nfor (const i in a) { a.pop(); seen.push(i); }\nfor (const k in heir) { delete base.below; seen.push(k); }\nexport const result = seen;",
      ['a', 'c', '0', '1', 'own'],
    ],
    'iterators of what is changed meanwhile': [
      "const pushed = [1, 2];\nconst shifted = [1, 2, 3];\nconst map = new Map([['a', 2], ['b', 3]]);\nconst set = new Set([1, 2]);\nconst seen = [];\nfor (const [i, v] of pushed.entries()) { if (i === 0) pushed.push(10); seen.push(i * 100 + v); }\nfor (const i of shifted.keys()) { if (i === 0) shifted.shift(); seen.push(i); }\nconst values = shifted.values();\nshifted.push(7);\nfor (const v of values) seen.push(v);\nfor (const [k, v] of map) { map.set('b', 30); seen.push(k, v); }\nfor (const [a, b] of set.entries()) seen.push(a + b);\nexport const result = seen;",
      [1, 102, 210, 0, 1, 2, 3, 7, 'a', 2, 'b', 30, 2, 4],
    ],
    'entries of a map that hold nothing': [
      "const map = new Map([['a', undefined], ['b', 1]]);\nconst seen = [];\nfor (const [k, v] of map) seen.push(k, v);\nexport const result = [...seen, map.get('a'), map.get('c')];",
      ['a', undefined, 'b', 1, undefined, undefined],
    ],
    'one of several arrays that are changed meanwhile': [
      'const one = [1, 2];\nconst other = [1, 2];\nlet n = 0;\nfor (const v of Math.random() < 0.5 ? one : other) { if (n === 0) { one.push(10); other.push(10); } n += v; }\nexport const result = n;',
      13,
    ],
    'a label': ['let n = 0;\nouter: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; n += 1; } }\nexport const result = n;', 3],
  });

  test('of other files too', () => {
    expect(resultOf({ 'double.js': 'export const double = (n) => n * 2;', 'main.js': "import { double } from './double.js';\nexport const result = double(21);" })).toBe(42);
  });
});

describe('what is not known', () => {
  gives({
    'a key that may be gone when its turn comes': ["const o = { a: 1, b: 2 };\nlet last;\nfor (const k in o) { if (Math.random() < 0.5) delete o.b; last = k === 'b' ? k : undefined; }\nexport const result = last;", { either: [undefined, 'b'] }],
    'an entry that a map is given while its iterator is at work': ["const m = new Map([['a', 2]]);\nlet last;\nfor (const [k, v] of m.entries()) { if (k === 'a') m.set('b', 3); last = v; }\nexport const result = last;", '(host)'],
    'an entry that may be there': ["const m = new Map([['a', undefined]]);\nlet last;\nif (Math.random() < 0.5) m.set('b', 'set');\nfor (const [k, v] of m) last = v;\nexport const result = last;", { either: [undefined, 'set'] }],
    'a branch on a number that nobody knows': ['export const result = Date.now() > 5 ? undefined : "early";', { either: [undefined, 'early'] }],
    'what comes of a loop of unknown length': ['let n = 0;\nwhile (Math.random() < 0.5) n += 1;\nexport const result = n;', '(host)'],
    'what a package gives': ["import { something } from 'nowhere';\nexport const result = something(1);", '(unknown)'],
  });
});

test('asking a library that is not there is an error, so that the tests above would show it', () => {
  expect(() => noLibrary.call({ kind: 'library', library: undefined as never, path: 'x' }, undefined as never, undefined as never, 'x')).toThrow('There is no library, and it was asked to be called');
});
