import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { application } from './application-files.ts';
import { inferenceFiles } from './inference-files.ts';
import { ordinaryFile } from './ordinary-files.ts';
import { tensorLibrary } from './tensor-library-files.ts';
import { helperModules, scopeBlock, trainingScript } from './training-scripts.ts';

/** The text of each file by its path. */
export type Corpus = Readonly<Record<string, string>>;

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

const manyScopes = (count: number): Corpus => ({
  'experiments.ts': ["import * as tf from '@tensorflow/tfjs';\n\nconst optimizer = tf.train.sgd(0.1);\n", ...times(count, scopeBlock)].join('\n'),
});

export const corpora: Readonly<Record<string, () => Corpus>> = {
  ordinary: () => Object.fromEntries(times(300, (n) => [`file-${n}.ts`, ordinaryFile(n)])),
  training: () => ({ ...Object.fromEntries(times(300, (n) => [`script-${n}.ts`, trainingScript(n)])), ...helperModules }),
  inference: () => inferenceFiles(300),
  'application-50': () => application(50),
  application: () => application(150),
  'application-450': () => application(450),
  'tensor-library': () => tensorLibrary(600),
  'scopes-125': () => manyScopes(125),
  'scopes-250': () => manyScopes(250),
  'scopes-500': () => manyScopes(500),
};

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    module: 'preserve',
    moduleResolution: 'bundler',
    types: ['node'],
    strict: true,
    allowJs: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['**/*.ts', '**/*.js'],
  exclude: ['node_modules', '*.config.js'],
};

/** Writes a corpus as a project of its own, which finds its packages in `modules`. */
export async function writeCorpus(directory: string, corpus: Corpus, modules: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await symlink(modules, path.join(directory, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries({ ...corpus, 'tsconfig.json': JSON.stringify(tsconfig), 'package.json': '{ "type": "module" }' })) {
    await mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await writeFile(path.join(directory, file), text);
  }
}
