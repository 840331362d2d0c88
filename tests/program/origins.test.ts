import path from 'node:path';

import { describe, expect, test } from 'vitest';
import type { Expression, ModuleCode, ModuleTarget, Origin, Site, Statement } from '../../src/program/index.ts';
import { at } from './support/print.ts';
import { programOf, required, type TestProgram } from './support/programs.ts';

/** The arguments of the call `show(...)` that is the last statement of a module, or of the named function. */
function shown(module: ModuleCode, within?: string): readonly Expression[] {
  const block = within === undefined ? module.body : required(module.functions.find(({ name }) => name === within), within).body;
  const last: Statement | undefined = block.body.at(-1);
  if (last?.op !== 'evaluate' || last.value.op !== 'call') throw new Error('the last statement is no call');
  return last.value.arguments.map(({ value }) => value);
}

function showOrigin(origin: Origin | undefined): string {
  if (origin === undefined) return 'none';
  return [origin.package, ...(origin.container === undefined ? [] : [origin.container]), origin.name].join(' ');
}

function keySite(value: Expression): Site {
  return value.op === 'member' ? value.keySite : value.site;
}

function originsIn(app: TestProgram, file: string, within?: string): Record<string, string> {
  const text = required(app.typescript.getSourceFile(app.path(file)), file).text;
  return Object.fromEntries(shown(app.module(file), within).map((value) =>
    [at(value.site, text), showOrigin(app.program.originOf(keySite(value)))]));
}

describe('origins of what TF.js declares', () => {
  const app = programOf({
    'main.ts': `
      import * as tf from '@tensorflow/tfjs';
      import def from '@tensorflow/tfjs';
      import { matMul as product, Tensor, train } from '@tensorflow/tfjs';
      import { tf as again, mean, losses } from './tensors';
      import legacy = require('@tensorflow/tfjs');
      import { alias } from '@lib/alias';
      declare const ambient: typeof import('@tensorflow/tfjs');
      declare const t: tf.Tensor, o: tf.Optimizer, s: tf.Sequential;
      class Mine { dataSync() { return [] } }
      declare function show(...all: unknown[]): void;
      show(tf.matMul, def.matMul, product, again.matMul, mean, legacy.matMul, ambient.matMul, alias.matMul, losses.absoluteDifference,
        tf.train.sgd, train.sgd, tf.losses.meanSquaredError, tf.layers.dense, tf.grad, tf.sequential, Tensor,
        t.dataSync, t['dataSync'], t.mean, t!.abs, (t as tf.Tensor2D).matMul, o.minimize, s.fit, new Mine().dataSync, Math.floor, [1].map);
    `,
    'tensors.ts': `
      import * as tf from '@tensorflow/tfjs';
      export { tf };
      export { mean, losses } from '@tensorflow/tfjs';
    `,
    'lib/alias.ts': `export * as alias from '@tensorflow/tfjs';`,
    'dynamic.ts': `
      export async function load(show: Function) { const tf = await import('@tensorflow/tfjs'); show(tf.matMul) }
    `,
    'required.js': `
      const tf = require('@tensorflow/tfjs');
      const { matMul } = require('@tensorflow/tfjs');
      function show(...all) {}
      show(tf.matMul, tf.train.sgd, tf.tensor([1]).dataSync);
    `,
  }, { module: 'preserve', allowJs: true, checkJs: true, esModuleInterop: true, types: ['node'], paths: { '@lib/*': ['./lib/*'] } });

  const core = '@tensorflow/tfjs-core';

  test('by every way to import it', () => {
    expect(originsIn(app, 'main.ts')).toEqual({
      'tf.matMul': `${core} matMul`,
      'def.matMul': `${core} matMul`,
      'product': `${core} matMul`,
      'again.matMul': `${core} matMul`,
      'mean': `${core} mean`,
      'legacy.matMul': `${core} matMul`,
      'ambient.matMul': `${core} matMul`,
      'alias.matMul': `${core} matMul`,
      'losses.absoluteDifference': `${core} absoluteDifference`,
      'tf.train.sgd': `${core} OptimizerConstructors sgd`,
      'train.sgd': `${core} OptimizerConstructors sgd`,
      'tf.losses.meanSquaredError': `${core} meanSquaredError`,
      'tf.layers.dense': '@tensorflow/tfjs-layers dense',
      'tf.grad': `${core} grad`,
      'tf.sequential': '@tensorflow/tfjs-layers sequential',
      'Tensor': `${core} Tensor`,
      't.dataSync': `${core} Tensor dataSync`,
      "t['dataSync']": `${core} Tensor dataSync`,
      't.mean': `${core} Tensor mean`,
      't!.abs': `${core} Tensor abs`,
      '(t as tf.Tensor2D).matMul': `${core} Tensor matMul`,
      'o.minimize': `${core} Optimizer minimize`,
      's.fit': '@tensorflow/tfjs-layers Sequential fit',
      'new Mine().dataSync': 'app Mine dataSync',
      'Math.floor': 'typescript Math floor',
      '[1].map': 'typescript Array map',
    });
  });

  test('by a dynamic import', () => {
    expect(originsIn(app, 'dynamic.ts', 'load')).toEqual({ 'tf.matMul': `${core} matMul` });
  });

  test('by require in JavaScript', () => {
    expect(originsIn(app, 'required.js')).toEqual({
      'tf.matMul': `${core} matMul`,
      'tf.train.sgd': `${core} OptimizerConstructors sgd`,
      'tf.tensor([1]).dataSync': `${core} Tensor dataSync`,
    });
  });

  test('a tensor stays one of the library when somebody adds to it', () => {
    const augmented = programOf({
      'augment.ts': `
        import '@tensorflow/tfjs-core';
        declare module '@tensorflow/tfjs-core/dist/tensor' { interface Tensor { mine(): number } }
        export {};
      `,
      'main.ts': `
        import * as tf from '@tensorflow/tfjs'; import './augment';
        declare const t: tf.Tensor; declare function show(...all: unknown[]): void;
        show(t, t.mine, t.dataSync);
      `,
    });
    const [tensor] = shown(augmented.module('main.ts'));
    expect(augmented.program.typeOf(required(tensor, 't').site)).toMatchObject({ kind: 'instance', package: core, name: 'Tensor' });
    expect(originsIn(augmented, 'main.ts')['t.mine']).toBe(`${core} Tensor mine`);
  });

  test('an ambient module is the package that it names', () => {
    const declared = programOf({
      'types.d.ts': `declare module 'other-tensors' { export class Tensor { read(): number } export function make(): Tensor }`,
      'main.ts': `
        import { make } from 'other-tensors';
        declare function show(...all: unknown[]): void;
        show(make, make().read);
      `,
    });
    expect(originsIn(declared, 'main.ts')).toEqual({ 'make': 'other-tensors make', 'make().read': 'other-tensors Tensor read' });
  });
});

describe('modules by their specifiers', () => {
  const app = programOf({
    'main.ts': `
      import tf from '@tensorflow/tfjs';
      import core from '@tensorflow/tfjs-core/dist/tensor';
      import own from './own';
      import alias from '@lib/alias';
      import missing from 'missing-package/sub';
      import scoped from '@missing/scoped/sub';
      import nowhere from './nowhere';
      import unmapped from '@/nowhere';
      import ambient from 'ambient';
      import script from './script';
      import json from './data.json';
      import types from './types-only';
      import inner from './packages/inner/code';
      import nameless from './packages/nameless/code';
      import url from 'https://example.org/tf.js';
      export async function load() { return [import('./own'), require('@tensorflow/tfjs')] }
      export { own } from './own';
      export * from './own';
    `,
    'own.ts': 'export const own = 1; export default 1',
    'script.ts': 'const script = 1',
    'data.json': '{}',
    'types-only.d.ts': 'declare const types: number; export default types',
    'ambient.d.ts': `declare module 'ambient' { const a: number; export default a }`,
    'lib/alias.ts': 'export default 1',
    'packages/inner/package.json': '{ "name": "@app/inner" }',
    'packages/inner/code.ts': 'export default 1',
    'packages/nameless/package.json': '{ "type": "module" }',
    'packages/nameless/code.ts': 'export default 1',
    'plain.js': `const tf = require('@tensorflow/tfjs'); const own = require('./own'); const missing = require('missing'); module.exports = tf`,
  }, { allowJs: true, resolveJsonModule: true, paths: { '@lib/*': ['./lib/*'] } });

  const installed = (file: string): string => path.join(import.meta.dirname, '..', '..', 'node_modules', file);

  function target(text: string): ModuleTarget {
    const imported = required(app.module('main.ts').imports.find((one) => one.text === text), text);
    return app.program.resolve(imported.specifier);
  }

  test.each<[string, () => ModuleTarget]>([
    ['@tensorflow/tfjs', () => ({ kind: 'package', package: '@tensorflow/tfjs', path: 'dist/index.d.ts', file: installed('@tensorflow/tfjs/dist/index.d.ts') })],
    ['@tensorflow/tfjs-core/dist/tensor', () => ({ kind: 'package', package: '@tensorflow/tfjs-core', path: 'dist/tensor.d.ts', file: installed('@tensorflow/tfjs-core/dist/tensor.d.ts') })],
    ['./own', () => ({ kind: 'source', file: app.path('own.ts'), package: 'app', path: 'own.ts' })],
    ['@lib/alias', () => ({ kind: 'source', file: app.path('lib/alias.ts'), package: 'app', path: 'lib/alias.ts' })],
    ['missing-package/sub', () => ({ kind: 'package', package: 'missing-package', path: 'sub' })],
    ['@missing/scoped/sub', () => ({ kind: 'package', package: '@missing/scoped', path: 'sub' })],
    ['./nowhere', () => ({ kind: 'unknown' })],
    ['@/nowhere', () => ({ kind: 'unknown' })],
    ['https://example.org/tf.js', () => ({ kind: 'unknown' })],
    ['ambient', () => ({ kind: 'package', package: 'ambient', path: '' })],
    ['./script', () => ({ kind: 'source', file: app.path('script.ts'), package: 'app', path: 'script.ts' })],
    ['./data.json', () => ({ kind: 'unknown' })],
    ['./types-only', () => ({ kind: 'package', package: 'app', path: 'types-only.d.ts', file: app.path('types-only.d.ts') })],
    ['./packages/inner/code', () => ({ kind: 'source', file: app.path('packages/inner/code.ts'), package: '@app/inner', path: 'code.ts' })],
    ['./packages/nameless/code', () => ({ kind: 'source', file: app.path('packages/nameless/code.ts'), package: 'app', path: 'packages/nameless/code.ts' })],
  ])('%s', (text, expected) => {
    expect(target(text)).toEqual(expected());
  });

  test('re-exports, dynamic imports and require', () => {
    const module = app.module('main.ts');
    const [star] = module.stars;
    expect(app.program.resolve(required(star, 'star').specifier)).toMatchObject({ kind: 'source' });
    const load = required(module.functions[0], 'load').body.body[0];
    if (load?.op !== 'return' || load.value?.op !== 'array') throw new Error('unexpected');
    const targets = load.value.elements.map((element) =>
      element?.value.op === 'module' ? app.program.resolve(element.value.specifier) : undefined);
    expect(targets).toMatchObject([{ kind: 'source' }, { kind: 'package', package: '@tensorflow/tfjs' }]);
  });

  test('require in plain JavaScript', () => {
    const targets = app.module('plain.js').body.body.flatMap((statement) =>
      statement.op === 'declare' && statement.init?.op === 'module' ? [app.program.resolve(statement.init.specifier)] : []);
    expect(targets).toMatchObject([
      { kind: 'package', package: '@tensorflow/tfjs' },
      { kind: 'source', file: app.path('own.ts'), package: 'app' },
      { kind: 'package', package: 'missing' },
    ]);
  });

  test('only code can be lowered', () => {
    expect(app.program.module(app.path('own.ts'))).toBeDefined();
    expect(app.program.module(app.path('plain.js'))).toBeDefined();
    expect(app.program.module(app.path('types-only.d.ts'))).toBeUndefined();
    expect(app.program.module(app.path('data.json'))).toBeUndefined();
    expect(app.program.module('/no/such/file.ts')).toBeUndefined();
  });

  test('the text at a site', () => {
    const [first] = app.module('main.ts').imports;
    expect(app.program.text(required(first, 'import').specifier)).toBe(`'@tensorflow/tfjs'`);
  });
});

describe('extended classes', () => {
  function extendedIn(files: Readonly<Record<string, string>>): string[] {
    const app = programOf(files);
    const classes = Object.keys(files).filter((name) => name.endsWith('s')).flatMap((name) => app.program.module(app.path(name))?.classes ?? []);
    return classes.filter((code) => app.program.isExtended(code)).map(({ name }) => name);
  }

  test.each<[string, Record<string, string>, string[]]>([
    ['none', { 'a.ts': 'export class A {} new A(); export class B {}; const b: { a: A } = { a: new A() };' }, []],
    ['in the same file', { 'a.ts': 'export class A {} class B extends A {}' }, ['A']],
    ['through an import', { 'a.ts': 'export class A {} export class B {}', 'b.ts': `import { A } from './a'; class C extends A {}` }, ['A']],
    ['through a renamed import', { 'a.ts': 'export class A {}', 'b.ts': `import { A as X } from './a'; class C extends X {}` }, ['A']],
    ['through a renamed export', { 'a.ts': 'class A {} export { A as Y }', 'b.ts': `import { Y } from './a'; class C extends Y {}` }, ['A']],
    ['through a default export', { 'a.ts': 'export default class {}', 'b.ts': `import Base from './a'; class C extends Base {}` }, ['default']],
    ['through a namespace', { 'a.ts': 'export class A {}', 'b.ts': `import * as ns from './a'; class C extends ns.A {}` }, ['A']],
    ['through a constant', { 'a.ts': 'export class A {} const X = A; class C extends X {}' }, ['A']],
    ['by one of the same name only', { 'a.ts': 'export class A {}', 'b.ts': 'class A {} class C extends A {}; export {}' }, ['A']],
    ['through a mixin', { 'a.ts': 'export class A {} class D {} type Ctor = new (...a: any[]) => object; function Mix<T extends Ctor>(Base: T) { return class M extends Base {} } class C extends Mix(A) {}' }, ['A', 'M']],
    ['by a mixin alone', { 'a.ts': 'export class A {} class D {} new D(); type Ctor = new (...a: any[]) => object; function Mix<T extends Ctor>(Base: T) { return class M extends Base {} } const C = Mix(A);' }, ['A']],
    ['a library class', { 'a.ts': 'class A extends Map {} class B extends Error {} class C {}' }, []],
    ['by what a package that is not there gives', { 'a.ts': 'export default class A {} declare function use(c: unknown): void; use(A);', 'b.ts': `import React, { Base } from 'absent'; import * as all from '@absent/base'; class C extends React.Component {} class D extends Base {} class E extends all.mixin(Base) {}` }, []],
    ['by what a package gives that is named with where it comes from', { 'a.ts': 'export default class A {} declare function use(c: unknown): void; use(A);', 'b.ts': `import { EventEmitter } from 'node:events'; import { Base } from 'npm:@absent/base@1'; import * as std from 'jsr:@std/absent'; class C extends EventEmitter {} class D extends Base {} class E extends std.Base {}` }, []],
    ['a class that a mixin of such a package takes', { 'a.ts': `import { mixin } from 'absent'; export class A {} class C extends mixin(A) {}` }, ['A']],
    ['perhaps, by what an alias gives that is not resolved', { 'a.ts': 'export default class A {}', 'b.ts': `import Base from '@/a'; class C extends Base {}` }, ['A']],
    ['perhaps, by what an address or the alias of some other resolver gives', { 'a.ts': 'export class A {} declare function use(c: unknown): void; use(A);', 'b.ts': `import { Base } from 'virtual:base'; class C extends Base {}` }, ['A']],
    ['perhaps, by what a missing file gives', { 'a.ts': 'export class A {} declare function use(c: unknown): void; use(A);', 'b.ts': `import { Base } from './absent'; class C extends Base {}` }, ['A']],
    ['interfaces do not count', { 'a.ts': 'export class A {} interface I extends A {}' }, []],
  ])('%s', (_, files, names) => {
    expect(extendedIn(files)).toEqual(names);
  });
});

describe('an edit', () => {
  test('leaves the code of other files alone', async () => {
    const { default: ts } = await import('typescript');
    const { createProgram } = await import('../../src/program/index.ts');
    const app = programOf({ 'a.ts': `import { b } from './b'; b();`, 'b.ts': 'export function b() {}' });
    const changed = ts.createSourceFile(app.path('a.ts'), `import { b } from './b'; b(); b();`, ts.ScriptTarget.ES2022, true);
    const host = ts.createCompilerHost(app.typescript.getCompilerOptions());
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (file, ...rest) => file === changed.fileName ? changed : app.typescript.getSourceFile(file) ?? read(file, ...rest);
    const edited = createProgram(ts.createProgram([app.path('a.ts')], app.typescript.getCompilerOptions(), host, app.typescript));
    expect(edited).not.toBe(app.program);
    expect(edited.module(app.path('b.ts'))).toBe(app.module('b.ts'));
    expect(edited.module(app.path('a.ts'))).not.toBe(app.module('a.ts'));
    expect(createProgram(app.typescript)).toBe(app.program);
    const imported = edited.module(app.path('a.ts'))?.imports[0];
    expect(edited.resolve(required(imported, 'import').specifier)).toMatchObject({ file: app.path('b.ts') });
  });
});
