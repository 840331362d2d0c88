import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expressionsOf } from '../../src/program/expressions.ts';
import type { Expression, ModuleCode } from '../../src/program/index.ts';
import { printClass, printFunction, printModule } from './support/print.ts';
import { lower, required } from './support/programs.ts';

/** Forces everything that is lazy. */
function force(module: ModuleCode): number {
  return [printModule(module), ...module.functions.map(printFunction), ...module.classes.map(printClass)].join('').length;
}

describe('files with syntax errors', () => {
  test.each([
    'const', 'const =', 'let { a: } = ', 'const [a, = 1', 'f(', 'f(,)', 'a.', 'a?.', 'a[', 'a[]', 'a +', 'a =', '= 1', 'new', 'new.', '`${', '`${a',
    'if', 'if (', 'else', 'for', 'for (', 'for (const', 'for (const of xs)', 'for (of xs) {}', 'for await', 'while', 'do', 'switch', 'switch (a) { case',
    'switch (a) { x }', 'try', 'try {', 'catch (e) {}', 'throw', 'return', 'break a', 'label:',
    'function', 'function (', 'function f(', 'function f(a, {', 'function f({ a: { b }, ...', '() =>', 'async', 'x => {', '(a, ...) => 1', 'function f(...{ a }, b) {}',
    'class', 'class {', 'class A extends', 'class A { m(', 'class A { #', 'class A { get', 'class A { static {', 'class A { constructor(private {a}) {} }', 'class A { [', 'super', 'super()', 'super.a', '#a', '#a in b',
    'import', 'import {', 'import a from', 'import a from 1', 'import { a as } from "x"', 'import a = ', 'import a = require', 'import a = require(1)', 'import("', 'import.',
    'export', 'export {', 'export { a', 'export { missing }', 'export *', 'export * as', 'export default', 'export =', 'export const', 'export default 1; export default 2',
    '({', '({ a', '({ a: })', '({ get })', '({ get a })', '({ m( })', '({ ...', '({ a = 1 })', '({ { a } } = b)', '[', '[...', '(a, b) = c', 'f() = 1', '1++', '++f()', 'a ? b', 'a ? b :',
    'enum', 'enum A {', 'namespace', 'namespace A.B.C { const x = 1 }', 'declare', 'declare module "x" { const a: 1 }', 'declare global { var x: 1 }', 'interface', 'type A', 'abstract',
    '@', '@dec', '@dec()', '<', '<T>', 'a as', 'a!', 'a satisfies', 'yield', 'await', 'let let = 1; let a; let a; const a = 2', 'var a; let a; function a() {}', 'class A {} class A {}', '\0', '"', '/', '...a', '/** @type {', 'delete', 'typeof', 'void', '0b', '0x', '1n2', '08n',
  ])('%s', (text) => {
    for (const file of ['test.ts', 'test.tsx', 'test.js', 'test.jsx']) expect(() => force(lower(text, file))).not.toThrow();
  });

  test('every beginning of a valid file', () => {
    const text = readFileSync(join(import.meta.dirname, 'support/programs.ts'), 'utf8');
    for (let end = 0; end < text.length; end += 23) expect(() => force(lower(text.slice(0, end)))).not.toThrow();
  });
});

describe('deep nesting', () => {
  function depthOf(value: Expression | 'super' | undefined): number {
    let depth = 0;
    for (let at = value; at !== undefined && at !== 'super'; depth++) {
      if (at.op === 'call') at = at.callee;
      else if (at.op === 'member') at = at.object;
      else if (at.op === 'operator') at = at.operands[0];
      else return depth;
    }
    return depth;
  }

  function valueIn(text: string): Expression {
    const [statement] = lower(text).body.body;
    if (statement?.op !== 'evaluate') throw new Error('unexpected');
    return statement.value;
  }

  test('chains of calls and of operators are followed to their end', () => {
    expect(depthOf(valueIn(`a${'.b()'.repeat(5000)}`))).toBe(10_000);
    expect(depthOf(valueIn(`a${' + b'.repeat(5000)}`))).toBe(5000);
  });

  test('long sequences are flat', () => {
    const value = valueIn(`a${', b'.repeat(5000)}`);
    expect(value.op === 'sequence' && value.expressions.length).toBe(5001);
  });

  // The compiler's own parser gives up soon after this.
  test('other nesting ends as opaque', () => {
    const nested = (open: string, close: string): string => `${open.repeat(500)}x${close.repeat(500)}`;
    for (const text of [nested('f(', ')'), nested('[', ']'), nested('- ', ''), nested('a ? b : ', ''), nested('a = ', '')]) {
      expect(() => force(lower(text))).not.toThrow();
    }
    expect(printModule(lower(nested('f(', ')')))).toContain('?()');
  });

  test('long else-if chains and nested blocks end as opaque', () => {
    expect(() => force(lower(`${'if (a) b; else '.repeat(900)}c`))).not.toThrow();
    expect(() => force(lower(`${'{'.repeat(900)}c${'}'.repeat(900)}`))).not.toThrow();
  });

  test('nesting of functions costs no depth, as each body begins anew', () => {
    const module = lower(`${'const f = () => { '.repeat(100)}g()${' }'.repeat(100)}`);
    expect(module.functions).toHaveLength(100);
    expect(printFunction(required(module.functions.at(-1), 'innermost'))).toBe('=>() { @g() }');
  });
});

describe('long files', () => {
  test('of thousands of lines are lowered quickly', () => {
    const text = Array.from({ length: 5000 }, (_, line) => `function f${line}(a) { const b = a.mul(${line}); return () => b.add(f${line}); }`).join('\n');
    const module = lower(text);
    expect(module.functions).toHaveLength(10_000);
    expect(force(module)).toBeGreaterThan(100_000);
  });
});

describe('this repository', () => {
  const root = join(import.meta.dirname, '../..');
  const files = ['src', 'rules', 'tests/program'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)));

  test('is lowered whole', () => {
    for (const file of files) {
      const module = lower(readFileSync(join(root, file), 'utf8'), file);
      expect(() => force(module), file).not.toThrow();
    }
  });
});

test('a list of more items than a call can have arguments', () => {
  const count = 300_000;
  const written = expressionsOf(lower(`const data = [${Array.from({ length: count }, () => '1').join()}];`, 'test.js'));
  expect([...written].length).toBeGreaterThan(count);
});
