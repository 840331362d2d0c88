import { describe, expect, test } from 'vitest';
import type { Expression, Statement } from '../../src/program/index.ts';
import { at, print, printFunction, printModule } from './support/print.ts';
import { lower, required } from './support/programs.ts';

/** The value of the last statement of a text. */
function valueIn(text: string, file?: string): Expression {
  const statement = required(lower(text, file).body.body.at(-1), 'statement') as Extract<Statement, { op: 'evaluate' }>;
  return statement.value;
}

function shows(cases: Readonly<Record<string, string>>): void {
  test.each(Object.entries(cases))('%s', (text, printed) => {
    expect(print(valueIn(text))).toBe(printed);
  });
}

describe('constants', () => {
  shows({
    '(1)': '1',
    '0x10': '16',
    '1_000': '1000',
    '10n': '10',
    '0x1fn': '31',
    '("a")': "'a'",
    '(`a`)': "'a'",
    '[true, false, null, undefined]': '[true, false, null, undefined]',
    'NaN': 'NaN',
    '/x/g': '?()',
  });

  test('are not what is declared under their name', () => {
    expect(printModule(lower('function f(undefined) { return undefined }'))).toContain('return undefined');
    const fn = required(lower('function f(undefined) { return undefined }').functions[0], 'function');
    expect(fn.body.body[0]).toMatchObject({ op: 'return', value: { op: 'load' } });
  });
});

describe('names', () => {
  shows({
    'let a; a': 'a',
    'console': '@console',
    'declare const a: number; a': '@a',
    'declare function f(): void; f()': '@f()',
    'enum E { A }; E.A': "E['A']",
    'namespace N { export const a = 1 }; N.a': "N['a']",
    'this': 'this',
  });
});

describe('members and calls', () => {
  shows({
    'a.b.c': "@a['b']['c']",
    'a["b"]': "@a['b']",
    'a[0]': '@a[0]',
    'a[b]': '@a[@b]',
    'a?.b': "@a?.['b']",
    'a?.[b]': '@a?.[@b]',
    'a?.()': '@a?.()',
    'a.b?.(1).c': "@a['b']?.(1)['c']",
    'f(1, ...xs)': '@f(1, ...@xs)',
    'new F': 'new @F()',
    'new a.F(1)': "new @a['F'](1)",
    'tag`a${1}b`': '@tag(?(), 1)',
    'import("x")': 'import<x>',
    'require("x").y': "require<x>['y']",
    'require(name)': '@require(@name)',
    'const require = f; require("x")': "require('x')",
    'import(name)': '?()(@name)',
  });

  test('the key of a member is a place of its own', () => {
    const value = valueIn('tensor.dataSync()') as Extract<Expression, { op: 'call' }>;
    const callee = value.callee as Extract<Expression, { op: 'member' }>;
    expect(at(callee.keySite, 'tensor.dataSync()')).toBe('dataSync');
    expect(at(callee.site, 'tensor.dataSync()')).toBe('tensor.dataSync');
  });
});

describe('operators', () => {
  shows({
    'a + b * c': '(+ @a (* @b @c))',
    'a - b - c': '(- (- @a @b) @c)',
    '-a': '(- @a)',
    '!a': '(! @a)',
    'typeof a': '(typeof @a)',
    'void 0': '(void 0)',
    'delete a.b': "(delete @a['b'])",
    '"k" in o': "(in 'k' @o)",
    'a instanceof B': '(instanceof @a @B)',
    'a && b || c': '((@a && @b) || @c)',
    'a ?? b': '(@a ?? @b)',
    'a ? b : c': '(@a ? @b : @c)',
    '(a, b, c)': 'seq(@a, @b, @c)',
    '`a${b}${c}d`': "(` 'a' @b @c 'd')",
    'await a': '(await @a)',
  });
});

describe('assignments', () => {
  shows({
    'let a; a = 1': '(a := 1)',
    'a = 1': '(@a := 1)',
    'let a; a += 2': '(a += 2)',
    'a.b **= 2': "(@a['b'] **= 2)",
    'let a; a ??= 1': '(a ??= 1)',
    'let a; a ||= 1': '(a ||= 1)',
    'let a; a &&= 1': '(a &&= 1)',
    'let a; a++': '(++a)',
    'let a; --a': '(--a)',
    'let a; f(a++)': '@f((a++))',
    'let a; f(++a)': '@f((++a))',
    'let a, b; a = b = 1': '(a := (b := 1))',
    'let a; (a as number) = 1': '(a := 1)',
    '({ a, b: c.d, e = 1, [k]: f, ...rest } = o)': "({'a': @a, 'b': @c['d'], 'e': @e = 1, @k: @f, ...@rest} := @o)",
    '[a, , b = 1, ...[c]] = o': '([@a, hole, @b = 1, ...[@c]] := @o)',
    '({ a: [b] = [] } = o)': "({'a': [@b] = []} := @o)",
  });
});

describe('literals', () => {
  shows({
    '({ a: 1, "b": 2, 3: 3, [k]: 4, ...o })': "{'a': 1, 'b': 2, 3: 3, @k: 4, ...@o}",
    'let a; ({ a })': "{'a': a}",
    '({ f() {}, get g() { return 1 }, set g(v) {} })':
      "{'f': function f() {  }, get 'g': function g() { return 1 }, set 'g': function g(parameter v) {  }}",
    '({ async *f() {} })': "{'f': async *function f() {  }}",
    '[1, , ...xs]': '[1, hole, ...@xs]',
    '(x => x)': '=>(parameter x) { return x }',
    '(async () => { await x })': 'async =>() { (await @x) }',
    '(function f() { return f })': 'function f() { return f }',
    '(class A { b = 1 })': "class A { field 'b': function b() { return 1 } }",
  });
});

describe('type syntax vanishes', () => {
  shows({
    '(a as B)': '@a',
    '<B>a': '@a',
    '(a satisfies B)': '@a',
    'a!.b!.c': "@a['b']['c']",
    'f<number>(1)': '@f(1)',
    'f<number>': '@f',
    '(a as any as B).c()': "@a['c']()",
  });

  test.each([
    ['a as B'],
    ['a!'],
    ['a satisfies B'],
    ['<B>a'],
    ['a as any'],
    ['a as unknown'],
    ['a as const'],
    ['(a)'],
    ['a as B as any'],
    ['a as any as B'],
  ])('the site of %s is that of the value', (text) => {
    const value = valueIn(`x = ${text}`) as Extract<Expression, { op: 'store' }>;
    expect(at(value.value.site, `x = ${text}`)).toBe('a');
  });
});


describe('a generator is taken apart into steps', () => {
  const steps: readonly (readonly [string, string])[] = [
    ['const a = yield f(); yield* b; yield', '[a]; kept = yield @f(); const a = kept; yield* @b; yield'],
    ['f(a, yield b, c)', 'kept = @f; kept = @a; kept = yield @b; kept(kept, kept, @c)'],
    ['o.f(yield)', "kept = @o; kept = kept['f']; kept = yield; kept['call'](kept, kept)"],
    ['x = a ? yield b : c', 'if @a { kept = yield @b; kept = kept } else { kept = @c }; (@x := kept)'],
    ['while (yield a) b', 'loop init() test() update() { kept = yield @a; if kept {  } else break; @b }'],
    ['(yield a) ?? (yield b)', 'kept = yield @a; kept = kept; if (== kept null) { kept = yield @b; kept = kept }; kept'],
  ];
  test.each(steps)('%s', (text, expected) => {
    expect(printFunction(required(lower(`function* g() { ${text} }`).functions[0], 'a function')).replace(/ var (?:kept )*kept;/u, '')).toBe(`*function g() { ${expected} }`);
  });

  test.each(['const { a = yield } = b', 'for (;; yield a) {}', 'class A { [yield]() {} }', 'f(...a, yield)', 'o?.f(yield)'])('or not: %s', (text) => {
    expect(lower(`function* g() { ${text} }`).functions[0]?.generator).toBe('opaque');
  });
});

describe('what is opaque keeps its parts', () => {
  shows({
    'import.meta': '?()',
    'function* g() { yield a } g()': 'g()',
  });

  test('new.target', () => {
    expect(printModule(lower('function F() { return new.target }'))).toContain('return ?()');
  });

  test.each([
    ['<div className="x">text {a} {...b}</div>', '?(@a, @b)'],
    ['<Chart data={f(x)} {...rest} on />', '?(@Chart, @f(@x), @rest)'],
    ['<ui.Panel icon=<b/>><i>{a}</i></ui.Panel>', "?(@ui['Panel'], ?(), ?(@a))"],
    ['<>{a}{/* nothing */}</>', '?(@a)'],
  ])('%s', (text, printed) => {
    expect(print(valueIn(`x = ${text}`, 'test.tsx'))).toBe(`(@x := ${printed})`);
  });
});

describe('names of functions', () => {
  test.each([
    ['const f = () => 1', 'f'],
    ['const f = (() => 1) as F', 'f'],
    ['x = { loss: () => 1 }', 'loss'],
    ['x = { "a b": function () {} }', 'a b'],
    ['o.loss = () => 1', 'loss'],
    ['class A { loss = () => 1 }', 'loss'],
    ['class A { #loss() {} }', '#loss'],
    ['class A { constructor() {} }', 'constructor'],
    ['const { f = () => 1 } = o', 'f'],
    ['export default () => 1', 'default'],
    ['export default function () {}', 'default'],
    ['run(() => 1)', ''],
    ['function f() {}', 'f'],
    ['const g = function f() {}', 'f'],
    ['x = { [k]() {} }', ''],
  ])('%s is %s', (text, name) => {
    expect(required(lower(text).functions[0], 'function').name).toBe(name);
  });

  test.each([
    ['function f(a) { return a }', 'f'],
    ['const f = async (a) => a', 'async (a) =>'],
    ['run(function (a) { return a })', 'function (a)'],
    ['class A { constructor(a) { } }', 'constructor(a)'],
    ['class A { loss(a) { } }', 'loss'],
  ])('%s is pointed at as %s', (text, head) => {
    expect(at(required(lower(text).functions[0], 'function').nameSite, text)).toBe(head);
  });
});
