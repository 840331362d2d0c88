/** Real TF.js, recorded. Its packages are CommonJS, so what is changed here is changed for whoever imports them later. */
import { createRequire } from 'node:module';

import type * as tfjs from '@tensorflow/tfjs';

import type { Frame } from '../observation.ts';
import { isConstructing } from './frames.ts';
import { type Recorder, fateIn } from './recorder.ts';
import type { Prepared } from './libraries.ts';
import { type Differentiators, recordOptimizer, recorded } from './scopes.ts';
import { hasEqualColumns, recordWarned } from './warned.ts';

interface Engine {
  makeVariable: (this: Engine, ...args: unknown[]) => object;
  gradients: (this: Engine, f: unknown, sources: readonly object[], ...rest: unknown[]) => { readonly grads: readonly (tfjs.Tensor | undefined)[] };
}

/** What TF.js throws when none of the sources is connected, or one of those that must be. */
const unconnected = 'Cannot compute gradient of y=f(x) with respect to x.';

const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs'));

export function recordTfjs(recorder: Recorder): Prepared {
  const core = require('@tensorflow/tfjs-core') as typeof tfjs & Differentiators;
  const { layers, LayersModel } = require('@tensorflow/tfjs-layers') as typeof tfjs;
  Object.assign(core, recorded(core, recorder));
  recordOptimizer(core.Optimizer.prototype, recorder);
  recordEngine(core.engine() as unknown as Engine, recorder);
  recordLayers(layers.Layer.prototype, recorder);
  recordTraining(LayersModel.prototype, recorder);
  recordWarned(core, recorder);
  return { disposeVariables: core.disposeVariables, areAlike: (variable) => hasEqualColumns(variable as tfjs.Variable) };
}

function recordEngine(engine: Engine, recorder: Recorder): void {
  const { makeVariable, gradients } = engine;
  const known = new Set<unknown>();
  engine.makeVariable = (...args) => {
    const variable = makeVariable.apply(engine, args);
    // Some optimizers have trainable variables of their own, which are nobody's sources.
    if (!isConstructing(/Optimizer$/u)) recorder.made(variable);
    return variable;
  };
  engine.gradients = (f, sources, ...rest) => {
    recorder.gradients(sources);
    try {
      const result = gradients.call(engine, f, sources, ...rest);
      recorder.gradients(sources, (index) => fateIn(result.grads[index]?.dataSync()));
      for (const [index, source] of sources.entries()) if (!isFinite(result.grads[index]?.dataSync())) recorder.notFinite(source);
      return result;
    } catch (error) {
      // Not when the function itself has thrown it, differentiating something else.
      if (error instanceof Error && error.message.startsWith(unconnected) && !known.has(error)) recorder.gradients(sources, () => fateIn(undefined));
      known.add(error);
      throw error;
    }
  };
}

function isFinite(values: ArrayLike<number> = []): boolean {
  return Array.prototype.every.call(values, Number.isFinite);
}

/** A weight is made when its layer is built, but the program speaks of it where it makes the layer. */
function recordLayers(prototype: tfjs.layers.Layer, recorder: Recorder): void {
  const made = new WeakMap<object, readonly Frame[]>();
  // The first thing that the constructor of a layer sets.
  Object.defineProperty(prototype, '_callHook', {
    configurable: true,
    set(this: object, value: unknown) {
      made.set(this, recorder.here());
      Object.defineProperty(this, '_callHook', { value, writable: true, enumerable: true, configurable: true });
    },
  });
  const add = prototype as unknown as { addWeight: (this: object, ...args: unknown[]) => { readonly val: object } };
  const { addWeight } = add;
  add.addWeight = function (...args) {
    const weight = addWeight.apply(this, args);
    recorder.made(weight.val, made.get(this));
    return weight;
  };
}

/** What a model does when it trains is done where the program says so, however much later. */
function recordTraining(prototype: tfjs.LayersModel, recorder: Recorder): void {
  const methods = prototype as unknown as Record<string, (this: object, ...args: unknown[]) => unknown>;
  for (const name of ['fit', 'fitDataset', 'trainOnBatch']) {
    const original = methods[name]!;
    methods[name] = function (...args) {
      return recorder.call(() => original.apply(this, args));
    };
  }
}
