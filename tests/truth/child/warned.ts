/** What warnings speak of, recorded on TF.js: reads on a tape, what becomes of gradients, whose moments optimizers use, what losses are given, how units differ. */
import type * as tfjs from '@tensorflow/tfjs';

import type { Recorder } from './recorder.ts';

export interface Engine {
  runKernel: (this: Engine, name: string, inputs: Readonly<Record<string, unknown>>, ...rest: unknown[]) => unknown;
  readonly state: { readonly gradientDepth: number };
}

type Method = (this: tfjs.Tensor, ...args: unknown[]) => unknown;

export function recordWarned(core: typeof tfjs, recorder: Recorder): void {
  const engine = core.engine() as unknown as Engine;
  recordReads(core.Tensor.prototype as unknown as Record<string, Method>, engine, recorder);
  const { runKernel } = engine;
  engine.runKernel = function (name, inputs, ...rest) {
    for (const input of Object.values(inputs).flat()) recorder.used(input);
    if ((name === 'Log' || name === 'Sqrt') && engine.state.gradientDepth > 0) recorder.taken(core.engine().readSync((inputs as { readonly x: tfjs.TensorInfo }).x.dataId) as Float32Array);
    if (name === 'Sub' && engine.state.gradientDepth > 0 && isPaired(inputs as Readonly<Record<'a' | 'b', tfjs.TensorInfo>>)) recorder.paired();
    const result = runKernel.call(this, name, inputs, ...rest);
    if (mayGiveNone.has(name) && hasNaN(core, result)) recorder.notANumber();
    return result;
  };
  recordLosses(core.losses, recorder);
  for (const optimizer of [core.MomentumOptimizer, core.AdagradOptimizer, core.AdadeltaOptimizer, core.AdamOptimizer, core.AdamaxOptimizer, core.RMSPropOptimizer]) recordSteps(optimizer.prototype, recorder);
}

/** Kernels that give no number for some numbers. */
const mayGiveNone: ReadonlySet<string> = new Set(['RealDiv', 'Log', 'Log1p', 'Sqrt', 'Rsqrt', 'Acos', 'Acosh', 'Asin', 'Atanh']);

function hasNaN(core: typeof tfjs, result: unknown): boolean {
  return (core.engine().readSync((result as tfjs.TensorInfo).dataId) as Float32Array).some(Number.isNaN);
}

/** `[n, 1]` and `[n]`, in either order. */
function isPaired({ a, b }: Readonly<Record<'a' | 'b', tfjs.TensorInfo>>): boolean {
  const [column, vector] = a.shape.length === 2 ? [a.shape, b.shape] : [b.shape, a.shape];
  return column.length === 2 && column[1] === 1 && vector.length === 1 && column[0] === vector[0] && column[0] !== 1;
}

/** Layers that do something in training alone. */
export function recordAwake(layers: typeof tfjs.layers, engine: Engine, recorder: Recorder): void {
  const made = [layers.dropout({ rate: 0.5 }), layers.alphaDropout({ rate: 0.5 }), layers.gaussianDropout({ rate: 0.5 }), layers.gaussianNoise({ stddev: 1 }), layers.batchNormalization()];
  for (const layer of made) {
    const prototype = Object.getPrototypeOf(layer) as { call: (inputs: unknown, options?: { readonly training?: boolean }) => unknown };
    const { call } = prototype;
    prototype.call = function (this: tfjs.layers.Layer, inputs, options) {
      if (engine.state.gradientDepth > 0) recorder.layerRun(this.getClassName(), options?.training === true);
      return call.call(this, inputs, options);
    };
  }
}

/** Steps of optimizers that keep moments: whose they are, by position. */
function recordSteps(optimizer: { applyGradients: (...args: never[]) => void }, recorder: Recorder): void {
  const original = optimizer.applyGradients as (this: object, gradients: object) => void;
  const owners = new WeakMap<object, string[]>();
  optimizer.applyGradients = function (this: object, gradients: object) {
    const known = owners.get(this) ?? [];
    owners.set(this, known);
    const names = Array.isArray(gradients) ? (gradients as readonly { readonly name: string }[]).map(({ name }) => name) : Object.keys(gradients);
    for (const [index, name] of names.entries()) {
      known[index] ??= name;
      if (known[index] !== name) recorder.mixed();
    }
    original.call(this, gradients);
  };
}

function recordReads(tensor: Record<string, Method>, engine: Engine, recorder: Recorder): void {
  for (const name of ['dataSync', 'arraySync', 'bufferSync', 'data', 'array', 'buffer', 'print']) {
    const read = tensor[name]!;
    tensor[name] = function (...args) {
      recorder.used(this);
      if (name.endsWith('Sync') && engine.state.gradientDepth > 0) recorder.read();
      return read.apply(this, args);
    };
  }
}

/** Losses that take logits, and whether they are given probabilities. */
function recordLosses(losses: Record<string, (...args: never[]) => unknown>, recorder: Recorder): void {
  for (const name of ['softmaxCrossEntropy', 'sigmoidCrossEntropy']) {
    const loss = losses[name] as unknown as (labels: tfjs.Tensor, logits: tfjs.Tensor, ...rest: unknown[]) => unknown;
    losses[name] = ((labels: tfjs.Tensor, logits: tfjs.Tensor, ...rest: unknown[]) => {
      recorder.lossGiven(Array.prototype.every.call(logits.dataSync(), (value: number) => value >= 0 && value <= 1));
      return loss(labels, logits, ...rest);
    });
  }
}

/** Whether all columns of a matrix, the weights of its units, are the same. */
export function hasEqualColumns(variable: tfjs.Variable): boolean {
  const columns = variable.shape.at(-1) ?? 1;
  return !variable.isDisposed && variable.shape.length > 1 && variable.dataSync().every((value, index, all) => Math.abs(value - all[index - index % columns]!) < 1e-6);
}
