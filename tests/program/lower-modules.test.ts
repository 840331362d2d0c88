import { describe, expect, test } from 'vitest';
import type { Export, ModuleCode } from '../../src/program/index.ts';
import { at, printModule } from './support/print.ts';
import { lower, required } from './support/programs.ts';

function showExport(value: Export): string {
  return value.kind === 'binding' ? `${value.binding.kind} ${value.binding.name}` : `${value.name} from ${value.text}`;
}

function exportsOf(module: ModuleCode): Record<string, string> {
  return Object.fromEntries([...module.exports].map(([name, value]) => [name, showExport(value)]));
}

describe('exports', () => {
  test.each<[string, Record<string, string>]>([
    ['export const a = 1, { b, c: [d] } = o', { a: 'const a', b: 'const b', d: 'const d' }],
    ['export let a; export var b', { a: 'let a', b: 'var b' }],
    ['export function f() {} export class C {}', { f: 'function f', C: 'class C' }],
    ['export enum E {} export namespace N {}', { E: 'opaque E', N: 'opaque N' }],
    ['export declare const a: 1; export interface I {} export type T = 1', {}],
    ['const a = 1; export { a, a as b, a as default }', { a: 'const a', b: 'const a', default: 'const a' }],
    ['export default function f() {}', { default: 'function f' }],
    ['export default function () {}', { default: 'function default' }],
    ['export default class C {}', { default: 'class C' }],
    ['export default class {}', { default: 'class default' }],
    ['export default f()', { default: 'const default' }],
    ['export = f()', { 'export=': 'const export=' }],
    ['export { a, b as c, default } from "x"', { a: 'a from x', c: 'b from x', default: 'default from x' }],
    ['export * as ns from "x"', { ns: '* from x' }],
    ['export * from "x"', {}],
    ['import a from "x"; export { a }', { a: 'import a' }],
    ['export import a = require("x")', { a: 'import a' }],
    ['export { a } from "x"; export type { b } from "x"; export { type c } from "x"', { a: 'a from x' }],
  ])('%s', (text, exported) => {
    expect(exportsOf(lower(text))).toEqual(exported);
  });

  test('a default expression is stored where it stands', () => {
    expect(printModule(lower('const a = 1; export default a + 1; f()'))).toBe('[a default]; const a = 1; const default = (+ a 1); @f()');
    expect(printModule(lower('export = f()'))).toBe('[export=]; const export= = @f()');
    expect(printModule(lower('f(); export default function () {}'))).toBe('[| default = function default() {  }]; @f()');
    expect(printModule(lower('export default class {}'))).toBe('[default]; default = class default {  }');
  });

  test('bindings know that they are exported', () => {
    const { body } = lower('export const a = 1; const b = 2, c = 3; export { b as x }');
    expect(body.bindings.map(({ name, exported }) => [name, exported])).toEqual([['a', true], ['b', true], ['c', false]]);
  });

  test('stars', () => {
    expect(lower('export * from "x"; export * from "y"; export type * from "z"').stars.map(({ text }) => text)).toEqual(['x', 'y']);
  });
});

describe('imports', () => {
  test.each([
    ['import a from "x"', 'a', 'default'],
    ['import * as a from "x"', 'a', '*'],
    ['import { a } from "x"', 'a', 'a'],
    ['import { b as a } from "x"', 'a', 'b'],
    ['import { default as a } from "x"', 'a', 'default'],
    ['import { "b c" as a } from "x"', 'a', 'b c'],
    ['import a = require("x")', 'a', 'export='],
  ])('%s', (text, name, imported) => {
    const module = lower(`${text}; f(${name})`);
    const call = module.body.body.at(-1);
    if (call?.op !== 'evaluate' || call.value.op !== 'call') throw new Error('unexpected');
    const argument = call.value.arguments[0]?.value;
    if (argument?.op !== 'load') throw new Error('unexpected');
    expect(argument.binding).toMatchObject({ name, kind: 'import', imported: { text: 'x', name: imported } });
    expect(at(required(argument.binding.imported, 'import').specifier, text)).toBe('"x"');
    expect(module.imports.map(({ text: specifier }) => specifier)).toEqual(['x']);
  });

  test('of types are none', () => {
    const module = lower('import type a from "x"; import { type b } from "y"; import type c = require("z"); f(a, b, c)');
    expect(printModule(module)).toBe('@f(@a, @b, @c)');
    expect(module.imports.map(({ text }) => text)).toEqual(['y']);
  });

  test('modules are listed with re-exports and bare imports', () => {
    expect(lower('import "a"; export * from "b"; export { c } from "c"; import d = require("d")').imports.map(({ text }) => text))
      .toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('CommonJS', () => {
  test.each([
    ['module.exports = f', '(module.exports := @f)'],
    ['exports.a = 1; f(exports.a)', "(module.exports['a'] := 1); @f(module.exports['a'])"],
    ['module.exports.a = 1', "(module.exports['a'] := 1)"],
    ['exports = module.exports = f', '(module.exports := (module.exports := @f))'],
    ['const { a } = require("x"); exports.b = a', "[a]; {'a': const a} = require<x>; (module.exports['b'] := a)"],
  ])('%s', (text, printed) => {
    const module = lower(text, 'test.js');
    expect(printModule(module)).toBe(printed);
    expect(module.commonjs).toMatchObject({ name: 'module.exports', exported: true });
    expect(module.vars).toEqual([]);
  });

  test.each([
    ['module.exports = f', 'test.ts'],
    ['import a from "x"; exports.a = a', 'test.js'],
    ['export const a = exports', 'test.js'],
    ['const exports = {}; exports.a = 1', 'test.js'],
    ['f(module.other)', 'test.js'],
  ])('%s in %s is not', (text, file) => {
    expect(lower(text, file).commonjs).toBeUndefined();
  });

  test('a shadowed exports is not', () => {
    expect(printModule(lower('module.exports = function (exports) { exports.a = 1 }', 'test.js')))
      .toBe("(module.exports := function exports(parameter exports) { (exports['a'] := 1) })");
  });
});

describe('occurrences', () => {
  test('count names in values, declarations included', () => {
    const { occurrences } = lower('const a: T = b.a; function f(a) { a; return { a, b: o["minimize"] } } class C { #p = this.#p } // a');
    expect(Object.fromEntries(occurrences)).toEqual({ a: 5, b: 2, f: 1, o: 1, minimize: 1, C: 1, '#p': 2 });
  });

  test('leave types out', () => {
    expect([...lower('type A = B; let c: D<typeof e>; f<G>(h as I); interface J { k: L }').occurrences.keys()]).toEqual(['c', 'f', 'h']);
  });
});

describe('sites', () => {
  const text = '/* head */\n\nconst a = 1;\n  // note\n  f(a);\n';

  test('leave out what is no code', () => {
    const [declared, call] = lower(text).body.body;
    expect(at(required(declared, 'declaration').site, text)).toBe('a = 1');
    expect(call?.site).toMatchObject({ file: 'test.ts', line: 5, start: text.indexOf('f(a)'), end: text.indexOf('f(a)') + 'f(a);'.length });
  });
});
