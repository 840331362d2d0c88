import { describe, expect, test } from 'vitest';
import type { Binding, FunctionCode } from '../../src/program/index.ts';
import { printFunction, printModule } from './support/print.ts';
import { lower, required } from './support/programs.ts';

function shows(cases: Readonly<Record<string, string>>): void {
  test.each(Object.entries(cases))('%s', (text, printed) => {
    expect(printModule(lower(text))).toBe(printed);
  });
}

function functionIn(text: string, name: string): FunctionCode {
  return required(lower(text).functions.find((code) => code.name === name), name);
}

function names(bindings: readonly Binding[]): string[] {
  return bindings.map((binding) => `${binding.kind} ${binding.name}`);
}

describe('declarations', () => {
  shows({
    'let a': '[a]; let a',
    'let a = 1, b = a': '[a b]; let a = 1; let b = a',
    'var a; var b = 1': 'var b = 1',
    'using a = f()': '[a]; const a = @f()',
    'await using a = f()': '[a]; const a = @f()',
    'const { a, b: { c = 1 }, [k]: d, ...e } = o':
      "[a c d e]; {'a': const a, 'b': {'c': const c = 1}, @k: const d, ...const e} = @o",
    'const [a, , b = 1, ...c] = o': '[a b c]; [const a, hole, const b = 1, ...const c] = @o',
    'declare const a: number; interface I {}; type T = I': '',
    'enum E { A = f() }': '',
    'namespace N { f() }': '',
    'import a = b.c': "[a]; const a = @b['c']",
  });
});

describe('control flow', () => {
  shows({
    'if (a) b; else { c }': 'if @a @b else { @c }',
    'if (a) {} else if (b) c': 'if @a {  } else if @b @c',
    'while (a) b': 'loop init() test(@a) update() @b',
    'do { b } while (a)': 'loop after init() test(@a) update() { @b }',
    'for (;;) {}': 'loop init() test() update() {  }',
    'for (let i = 0, n = 2; i < n; i++) f(i)':
      'loop<i n> init(let i = 0; let n = 2) test((< i n)) update((++i)) @f(i)',
    'for (var i = 0; ; ) f(i)': 'loop init(var i = 0) test() update() @f(i)',
    'for (i = 0; ; ) f(i)': 'loop init((@i := 0)) test() update() @f(@i)',
    'for (const [k, v] of xs) f(k)': 'each values<k v> [const k, const v] of @xs @f(k)',
    'for (const k in o) f(k)': 'each keys<k> const k of @o @f(k)',
    'for (a.b of xs) {}': "each values @a['b'] of @xs {  }",
    'for (var v of xs) {}': 'each values var v of @xs {  }',
    'for await (const x of xs) {}': 'await each values<x> const x of @xs {  }',
    'a: for (;;) { break a; continue a; break }': 'a: loop init() test() update() { break a; continue a; break }',
    'throw new Error("x")': "throw new @Error('x')",
    'debugger; ;': '',
    'with (o) x': '?(@o)',
    'try { a } catch { b } finally { c }': 'try { @a } catch { @b } finally { @c }',
    'try { a } catch ({ message }) { f(message) }': "try { @a } catch {'message': catch message} { @f(message) }",
    'switch (a) { case 1: let x = f; x; break; default: g }':
      'switch @a { [x]case 1: let x = @f; x; break default: @g }',
    'switch (a) { case 1: f(); function f() {} }': 'switch @a { [| f = function f() {  }]case 1: f() }',
    'function f() { return }': '[| f = function f() { return }]',
  });
});

describe('blocks know what they declare', () => {
  shows({
    'a; const a = 1': '[a]; a; const a = 1',
    'f(); function f() {}': '[| f = function f() {  }]; f()',
    'const a = 1; { a; const b = a; function f() {} class C {} }':
      '[a]; const a = 1; { [b C | f = function f() {  }]; a; const b = a; C = class C {  } }',
    '{ let a }; a': '{ [a]; let a }; @a',
    '{ var a = 1 }; a': '{ var a = 1 }; a',
    'function f() {} function f(a) {}': '[| f = function f() {  }, f = function f(parameter a) {  }]',
    'function f(a: string): void; function f(a: number): void; function f(a) {}': '[| f = function f(parameter a) {  }]',
  });

  test('a name declared again within is another binding', () => {
    const code = functionIn('const a = 1; function f() { { const a = 2; g(a) } g(a) }', 'f');
    const [block, after] = code.body.body;
    if (block?.op !== 'block' || after?.op !== 'evaluate' || after.value.op !== 'call') throw new Error('unexpected');
    const inner = block.bindings[0];
    const outer = after.value.arguments[0]?.value;
    expect(outer).toMatchObject({ op: 'load', binding: { name: 'a' } });
    expect(outer?.op === 'load' && outer.binding !== inner).toBe(true);
  });

  test('var rises to its function and stays there', () => {
    const code = functionIn('function f() { if (x) { var a = 1; for (var b of c) { var { d } = b } } function g() { var e } }', 'f');
    expect(names(code.vars)).toEqual(['var a', 'var b', 'var d']);
    expect(names(lower('{ var a } for (var b;;) {}').vars)).toEqual(['var a', 'var b']);
  });

  test('a var with the name of a parameter or function is that one', () => {
    const code = functionIn('function f(a) { var a = 1; function g() {} var g; return a }', 'f');
    expect(names(code.vars)).toEqual([]);
    expect(printFunction(code)).toBe('function f(parameter a) { [| g = function g() {  }]; parameter a = 1; return a }');
  });

  test('a catch parameter is seen in its handler only', () => {
    expect(printModule(lower('try {} catch (e) { e } e'))).toBe('try {  } catch catch e { e }; @e');
  });

  test('names of a namespace have no known value', () => {
    const code = functionIn('namespace N { const a = 1; export function f() { const b = 2; return a + b } }', 'f');
    const result = code.body.body[1];
    if (result?.op !== 'return' || result.value?.op !== 'operator') throw new Error('unexpected');
    expect(result.value.operands).toMatchObject([{ binding: { kind: 'opaque' } }, { binding: { kind: 'const' } }]);
  });

  test('functions and classes that merge with a namespace stay what they are', () => {
    expect(names([...namedBindings('function f() {} namespace f { export const a = 1 } namespace C {} class C {}')]))
      .toEqual(['function f', 'class C']);
  });
});

function* namedBindings(text: string): Generator<Binding> {
  const { body } = lower(text);
  for (const declared of body.functions) yield declared.binding;
  yield* body.bindings;
}
