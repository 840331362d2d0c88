/** Sample calls of the core's operations: TF.js's where it has the same operation, for the core takes them as they are. */
import * as core from '../../../src/autodiff/index.ts';
import { type Sample, of } from '../measure/sample.ts';
import { methodSamples as tfjsMethodSamples, samples as tfjsSamples } from '../tfjs/samples.ts';
import { otherNames } from './accounted.ts';

/** The functions that the core exports, by path. */
export function exportedFunctions(): readonly string[] {
  const callables = (space: object): string[] => Object.entries(space).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  return [...callables(core), ...callables(core.losses).map((name) => `losses.${name}`), ...callables(core.train).map((name) => `train.${name}`)];
}

const own: Readonly<Record<string, Sample>> = {
  // A cast to fewer values is an exception.
  cast: [of('x'), 'float32'],
};

/** The samples by export path. */
export const samples: Readonly<Record<string, Sample>> = Object.fromEntries(
  exportedFunctions().filter((path) => !otherNames.includes(path)).sort().map((path) => [path, own[path] ?? sampleOf(path)]),
);

function sampleOf(path: string): Sample {
  const sample = tfjsSamples[path];
  if (sample === undefined) throw new Error(`neither a sample nor a reason why '${path}' is no operation`);
  return sample;
}

/** Calls that the row of the operation does not describe. */
export const narrowingCasts = ['int32', 'bool'] as const;

const absent = ['as5D'];

/** Methods that no exported function stands for; the first argument is the receiver. */
export const methodSamples: Readonly<Record<string, Sample>> = {
  ...Object.fromEntries(Object.entries(tfjsMethodSamples).filter(([name]) => !absent.includes(name))),
  asType: [of('receiver'), 'float32'],
  reshapeAs: [of('receiver'), core.zeros([3, 2])],
};

/** Methods that are no operations, and why. */
export const otherMethods: Readonly<Record<string, string>> = {
  array: 'reads to the host',
  arraySync: 'reads to the host',
  buffer: 'reads to the host',
  bufferSync: 'reads to the host',
  constructor: 'makes tensors',
  data: 'reads to the host',
  dataSync: 'reads to the host',
  describe: 'says what the tensor is',
  dispose: 'ends its life',
  print: 'prints',
  throwIfDisposed: 'checks its life',
  toString: 'reads to the host',
  variable: 'makes a variable',
};
