import type ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { printClass, printFunction, printModule } from './support/print.ts';
import { lower, parse, required } from './support/programs.ts';
import { lowerSourceFile } from '../../src/program/lower/index.ts';

function classIn(text: string): string {
  return printClass(required(lower(text).classes[0], 'class'));
}

describe('functions', () => {
  test.each([
    ['function f(a, { b = 1 }, [c] = [], ...rest) {}',
      "function f(parameter a, {'b': parameter b = 1}, [parameter c] = [], ...parameter rest) {  }"],
    ['function f(this: Window, a?: number) { this; a }', 'function f(parameter a) { this; a }'],
    ['async function* f() { await 1 }', 'async *function f() { await 1 }'],
    ['const f = (a) => ({ a })', "=>(parameter a) { return {'a': a} }"],
    ['const f = function g() { g() }', 'function g() { g() }'],
    ['function f(g = () => f) { return g }', 'function f(parameter g = =>() { return f }) { return g }'],
  ])('%s', (text, printed) => {
    expect(printFunction(required(lower(text).functions[0], 'function'))).toBe(printed);
  });

  test('a function expression names itself, unless something within has that name', () => {
    const code = required(lower('const f = function f() { return f }; const g = function g(g) { return g }').functions, 'functions');
    expect(code[0]?.self).toMatchObject({ name: 'f', kind: 'self' });
    expect(code[0]?.body.body[0]).toMatchObject({ value: { binding: { kind: 'self' } } });
    expect(code[1]?.body.body[0]).toMatchObject({ value: { binding: { kind: 'parameter' } } });
  });

  test('are listed in source order, with the identity they have where they are used', () => {
    const module = lower('const f = () => { function g() {} return class { m() {} get a() { return 1 } x = () => 2 } }; [function h() {}]');
    expect(module.functions.map(({ name }) => name)).toEqual(['f', 'g', 'm', 'a', 'x', 'h']);
    const declared = module.body.body[0];
    expect(declared?.op === 'declare' && declared.init?.op === 'closure' && declared.init.function).toBe(module.functions[0]);
    const [f, g, m, a] = module.functions;
    expect(f?.body.functions[0]?.function).toBe(g);
    const [made] = module.classes;
    expect(made?.members.slice(0, 2).map((member) => member.function)).toEqual([m, a]);
    expect(m?.owner).toBe(made);
    expect(made?.members[2]?.function?.owner).toBe(made);
    expect(f?.owner).toBeUndefined();
  });

  test('signatures are no functions', () => {
    const text = 'function f(): void; function f() {} declare function g(): void; abstract class A { abstract m(): void; n?(): void; m2() {} }';
    expect(lower(text).functions.map(({ name }) => name)).toEqual(['f', 'm2']);
  });

  test('bodies are lowered once, the inner ones also before the outer', () => {
    const source = parse('function f() { return () => 1 }');
    const module = lowerSourceFile(source);
    const [f, arrow] = module.functions;
    expect(arrow?.body).toBe(arrow?.body);
    expect(f?.body).toBe(f?.body);
    expect(f?.parameters).toBe(f?.parameters);
    expect(module.body).toBe(module.body);
  });

  test('nothing in a body is looked at before it is asked for', () => {
    const source = parse('function f() { return deep }');
    const module = lowerSourceFile(source);
    let asked = 0;
    const body = required((source.statements[0] as ts.FunctionDeclaration).body, 'body');
    const { statements } = body;
    Object.defineProperty(body, 'statements', { get: () => (asked++, statements) });
    expect(module.functions).toHaveLength(1);
    expect(module.body.functions[0]?.function.name).toBe('f');
    expect(asked).toBe(0);
    expect(module.functions[0]?.body.body).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('the same source file gives the same module', () => {
    const source = parse('f()');
    expect(lowerSourceFile(source)).toBe(lowerSourceFile(source));
    expect(lowerSourceFile(parse('f()'))).not.toBe(lowerSourceFile(source));
  });
});

describe('classes', () => {
  test.each([
    ['class A { a; b = 1; static c = 2; #d = this.#e; accessor e = 3; "f"; [g] = 4 }',
      "class A { field 'a'; field 'b': function b() { return 1 }; static field 'c': function c() { return 2 }; "
      + "field '#d': function #d() { return this['#e'] }; field 'e': function e() { return 3 }; field 'f'; field @g: function () { return 4 } }"],
    ['class A { m() {} static async s() {} get g() { return 1 } set g(v) {} #p() {} *[Symbol.iterator]() {} }',
      "class A { method 'm': function m() {  }; static method 's': async function s() {  }; get 'g': function g() { return 1 }; "
      + "set 'g': function g(parameter v) {  }; method '#p': function #p() {  }; method @Symbol['iterator']: *function () {  } }"],
    ['class A { static { const a = 1; var b = a } static { f() } }',
      'class A { static block undefined: function () { var b; [a]; const a = 1; var b = a }; static block undefined: function () { @f() } }'],
    ['abstract class A extends B<T> implements I { abstract m(): void; abstract a: number; declare b: number; c!: number }',
      "abstract class A extends @B { field 'c' }"],
    ['@dec class A { @dec() a = 1; @dec m(@dec x) {} }',
      "class A { field 'a': function a() { return 1 }; method 'm': function m(parameter x) {  } }"],
    ['class A { constructor(); constructor(a?) { f(a) } }', 'class A { function constructor(parameter a) { @f(a) } }'],
    ['class A { constructor(private a, readonly b = 1, c) { f() } }',
      "class A { function constructor(parameter a, parameter b = 1, parameter c) { (this['a'] := a); (this['b'] := b); @f() } }"],
    ['class A extends B { constructor(private a) { f(); super(a); g() } }',
      "class A extends @B { function constructor(parameter a) { @f(); super(a); (this['a'] := a); @g() } }"],
    ['class A extends B { m() { return super.m(super["x"]) } }',
      "class A extends @B { method 'm': function m() { return super['m'](super['x']) } }"],
  ])('%s', (text, printed) => {
    expect(classIn(text)).toBe(printed);
  });

  test('the name within a class is its own', () => {
    const module = lower('class A { m() { return A } }');
    const [made] = module.classes;
    expect(made?.self).toMatchObject({ name: 'A', kind: 'self' });
    expect(module.functions[0]?.body.body[0]).toMatchObject({ value: { binding: { kind: 'self' } } });
    expect(module.body.bindings[0]).toMatchObject({ name: 'A', kind: 'class' });
  });

  test('anonymous ones take the name of what they initialise', () => {
    const { classes } = lower('const A = class {}; f(class {}); export default class {}');
    expect(classes.map(({ name }) => name)).toEqual(['A', '', 'default']);
  });

  test('static blocks and closures see each other', () => {
    expect(printModule(lower('class A { static { const t = () => t; t() } }'))).toContain('const t = =>() { return t }; t()');
  });
});
