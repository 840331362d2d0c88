import { beforeAll, describe, expect, test } from 'vitest';
import type { Expression, ModuleCode, StaticType } from '../../src/program/index.ts';
import { programOf, required, type TestProgram } from './support/programs.ts';

const text = `
import * as tf from '@tensorflow/tfjs';
import def from '@tensorflow/tfjs';
import { Tensor, train, matMul as product } from '@tensorflow/tfjs';
import legacy = require('@tensorflow/tfjs');
import { Model } from './model';
import * as local from './model';
declare const ambient: typeof import('@tensorflow/tfjs');
declare const any: any, unknown: unknown, never: never, object: object, empty: {};
declare const promise: Promise<tf.Tensor2D>, list: readonly tf.Tensor[], pair: [tf.Tensor, number], open: [string, ...tf.Tensor[]];
declare const either: tf.Tensor | null | undefined, yes: true, flag: boolean, mode: 'a' | 'b', one: 1;
declare const map: Map<string, tf.Tensor>, floats: Float32Array, record: Record<string, tf.Tensor>;
declare const model: Model<number>, fn: (a: number) => tf.Scalar, overloaded: { (a: 1): string; (a: 2): tf.Tensor }, plain: { w: tf.Variable };
declare const branded: tf.Tensor & { brand: 1 }, mixed: { a: 1 } & { b: 2 };
enum Kind { A, B } declare const kind: Kind;
function generic<T extends tf.Tensor, U>(t: T, u: U, s: T['dtype']) { return [t, u, s]; }
async function dynamic() { const loaded = await import('@tensorflow/tfjs'); return [loaded]; }
class Own { w = tf.variable(tf.zeros([1])); self() { return [this]; } static make = 1 }
const values = {
  tf, def, Tensor, train, product, legacy, local, ambient, any, unknown, never, object, empty, promise, list, pair, open, either, yes, flag, mode, one,
  map, floats, record, model, fn, overloaded, plain, branded, mixed, kind, Kind, Own,
  asserted: any as tf.Tensor, nonNull: either!, satisfied: one satisfies number,
  loss: tf.zeros([2]).mean(), read: tf.zeros([2]).dataSync(), sgd: tf.train.sgd(0.1), anyOne: one as any, own: new Own(), missing: nowhere,
};
`;

const model = `
import { Sequential } from '@tensorflow/tfjs';
export class Base { base = 'b' }
export class Model<T> extends Base { value!: T; net!: Sequential; compute() { return 1 } }
`;

let app: TestProgram;
beforeAll(() => {
  app = programOf({ 'main.ts': text, 'model.ts': model }, { esModuleInterop: true, module: 'preserve' });
});

/** The type of a value in the list at the end of the file, or of the only element that a function returns. */
function typeOf(name: string): StaticType {
  const last = app.module('main.ts').body.body.at(-1);
  if (last?.op !== 'declare' || last.init?.op !== 'object') throw new Error('unexpected');
  const property = last.init.properties.find((one) => one.kind === 'value' && one.key.op === 'constant' && one.key.value === name);
  if (property?.kind !== 'value') throw new Error(`no value ${name}`);
  return app.program.typeOf(property.value.site);
}

function typesReturnedBy(name: string, module: ModuleCode = app.module('main.ts')): StaticType[] {
  const code = required(module.functions.find((one) => one.name === name), name);
  const last = code.body.body.at(-1);
  if (last?.op !== 'return' || last.value?.op !== 'array') throw new Error('unexpected');
  return last.value.elements.map((element) => app.program.typeOf(required(element, 'element').value.site));
}

function show(type: StaticType | undefined): string {
  if (type === undefined) return 'none';
  switch (type.kind) {
    case 'literal': return JSON.stringify(type.value);
    case 'union': return type.members.map(show).join(' | ');
    case 'array': return `${show(type.element())}[]`;
    case 'tuple': return `[${type.elements().map(show).join(', ')}]`;
    case 'promise': return `Promise<${show(type.value())}>`;
    case 'instance': return `${type.package ?? '?'}:${type.name}`;
    case 'module': return type.target.kind === 'package' ? `module ${type.target.package}` : `module ${type.target.kind}`;
    case 'function': return `=> ${show(type.result(app.module('main.ts').site))}`;
    default: return type.kind;
  }
}

describe('types', () => {
  test.each([
    ['tf', 'module @tensorflow/tfjs'],
    ['def', 'module @tensorflow/tfjs'],
    ['legacy', 'module @tensorflow/tfjs'],
    ['ambient', 'module @tensorflow/tfjs'],
    ['local', 'module source'],
    ['any', 'unknown'],
    ['unknown', 'unknown'],
    ['never', 'unknown'],
    ['object', 'unknown'],
    ['empty', 'unknown'],
    ['missing', 'unknown'],
    ['promise', 'Promise<@tensorflow/tfjs-core:Tensor>'],
    ['list', '@tensorflow/tfjs-core:Tensor[]'],
    ['pair', '[@tensorflow/tfjs-core:Tensor, primitive]'],
    ['open', 'primitive | @tensorflow/tfjs-core:Tensor[]'],
    ['either', 'nullish | nullish | @tensorflow/tfjs-core:Tensor'],
    ['yes', 'true'],
    ['flag', 'primitive'],
    ['mode', '"a" | "b"'],
    ['one', '1'],
    ['map', 'typescript:Map'],
    ['floats', 'typescript:Float32Array'],
    ['model', 'app:Model'],
    ['fn', '=> @tensorflow/tfjs-core:Tensor'],
    ['overloaded', '=> primitive | @tensorflow/tfjs-core:Tensor'],
    ['product', '=> @tensorflow/tfjs-core:Tensor'],
    ['plain', 'object'],
    ['record', 'object'],
    ['branded', '@tensorflow/tfjs-core:Tensor'],
    ['mixed', 'object'],
    ['kind', 'primitive'],
    ['Kind', 'object'],
    ['Tensor', 'object'],
    ['Own', 'object'],
    ['train', 'object'],
    ['asserted', '@tensorflow/tfjs-core:Tensor'],
    ['nonNull', '@tensorflow/tfjs-core:Tensor'],
    ['satisfied', '1'],
    ['anyOne', '1'],
    ['loss', '@tensorflow/tfjs-core:Tensor'],
    ['sgd', '@tensorflow/tfjs-core:SGDOptimizer'],
    ['own', 'app:Own'],
  ])('%s is %s', (name, shown) => {
    expect(show(typeOf(name))).toBe(shown);
  });

  test('a host read is one of the typed arrays', () => {
    const type = typeOf('read');
    expect(type.kind === 'union' && type.members.map(show)).toContain('typescript:Float32Array');
  });

  test('type parameters are what they extend', () => {
    expect(typesReturnedBy('generic').map(show)).toEqual(['@tensorflow/tfjs-core:Tensor', 'unknown', '"string" | "float32" | "int32" | "bool" | "complex64"']);
  });

  test('this is an instance of its class', () => {
    expect(typesReturnedBy('self').map(show)).toEqual(['app:Own']);
  });

  test('a dynamic import gives the module', () => {
    expect(typesReturnedBy('dynamic').map(show)).toEqual(['module @tensorflow/tfjs']);
  });

  test('members', () => {
    const member = (of: string, name: string): string => {
      const type = typeOf(of);
      return type.kind === 'instance' || type.kind === 'object' ? show(type.member(name)) : 'no members';
    };
    expect(member('plain', 'w')).toBe('@tensorflow/tfjs-core:Variable');
    expect(member('plain', 'x')).toBe('none');
    expect(member('record', 'anything')).toBe('@tensorflow/tfjs-core:Tensor | nullish');
    expect(member('own', 'w')).toBe('@tensorflow/tfjs-core:Variable');
    expect(member('model', 'base')).toBe('primitive');
    expect(member('model', 'net')).toBe('@tensorflow/tfjs-layers:Sequential');
    expect(member('model', 'value')).toBe('primitive');
    expect(member('branded', 'brand')).toBe('1');
    expect(member('Own', 'make')).toBe('primitive');
    expect(member('train', 'sgd')).toBe('=> @tensorflow/tfjs-core:SGDOptimizer');
  });

  test('instances of own classes lead to their code, and to their bases', () => {
    const type = typeOf('model');
    if (type.kind !== 'instance') throw new Error('unexpected');
    expect(type.class).toMatchObject({ module: app.path('model.ts') });
    expect(type.class?.code).toBe(app.module('model.ts').classes[1]);
    expect(type.bases().map(show)).toEqual(['app:Base']);
    const tensor = typeOf('loss');
    expect(tensor.kind === 'instance' && tensor.class).toBeUndefined();
    const optimizer = typeOf('sgd');
    expect(optimizer.kind === 'instance' && optimizer.bases().map(show)).toEqual(['@tensorflow/tfjs-core:Optimizer']);
  });

  test('a declared name has the type of its value', () => {
    const code = required(app.module('main.ts').functions.find(({ name }) => name === 'generic'), 'generic');
    const [parameter] = code.parameters;
    expect(show(app.program.typeOf(required(parameter, 'parameter').pattern.site))).toBe('@tensorflow/tfjs-core:Tensor');
    const own = required(app.module('main.ts').body.bindings.find(({ name }) => name === 'Own'), 'Own');
    expect(show(app.program.typeOf(own.site))).toBe('object');
  });

  test('a site that this folder did not make is unknown', () => {
    expect(app.program.typeOf({ file: 'x', start: 0, end: 0, line: 1 })).toEqual({ kind: 'unknown' });
  });

  test('a checker that throws gives what is unknown', () => {
    const broken = programOf({ 'a.ts': 'export const a = [1];' });
    const module = broken.module('a.ts');
    const checker = broken.typescript.getTypeChecker();
    const site = (module.body.body[0] as { init: Expression }).init.site;
    checker.getTypeAtLocation = () => { throw new Error('not implemented'); };
    checker.getSymbolAtLocation = () => { throw new Error('not implemented'); };
    expect(broken.program.typeOf(site)).toEqual({ kind: 'unknown' });
    expect(broken.program.originOf(site)).toBeUndefined();
  });
});
