/** Sets up the library on which the programs of this process run. */
import { createRequire, register } from 'node:module';

import type { LibraryName } from '../observation.ts';
import { recordCore } from './core.ts';
import type { Recorder } from './recorder.ts';
import type { StandIn } from './stand-in.ts';
import { recordTfjs } from './tfjs.ts';

/** TF.js, and the package of it that the core is a subset of. */
const replaced = ['@tensorflow/tfjs', '@tensorflow/tfjs-core'];
/** The core itself, which programs import from the package that is built of these sources. */
const own = 'eslint-plugin-tensor/autodiff';

const require = createRequire(import.meta.url);

export interface Prepared {
  /** Of the program that has run. */
  readonly disposeVariables: () => void;
  /** Whether the units whose weights a variable holds are alike; undefined where the library is not watched for warnings. */
  readonly areAlike?: (variable: object) => boolean;
}

export function prepare(library: LibraryName, recorder: Recorder): Prepared {
  const prepared = library === 'tfjs' ? recordTfjs(recorder) : { disposeVariables: standCoreIn(recorder) };
  // As a page has it that loads the library with a script tag.
  Object.assign(globalThis, { tf: require('@tensorflow/tfjs') as unknown });
  return prepared;
}

function standCoreIn(recorder: Recorder): () => void {
  const tfjs = require('@tensorflow/tfjs') as { readonly Tensor: { readonly prototype: object } };
  const exports = recordCore(recorder, Object.keys(tfjs), Object.getOwnPropertyNames(tfjs.Tensor.prototype));
  const key = 'truth: the core';
  Object.assign(globalThis, { [key]: exports });
  const names = Object.keys(exports).filter((name) => name !== 'default');
  register<StandIn>('./stand-in.ts', { parentURL: import.meta.url, data: { specifiers: [...replaced, own], key, names } });
  for (const specifier of replaced) require.cache[require.resolve(specifier)]!.exports = exports;
  return exports.disposeVariables as () => void;
}
