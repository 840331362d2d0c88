/** Projects in the folder that tests/e2e/setup.ts installed, and the step they train with. */
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { inject } from 'vitest';

const repository = path.join(import.meta.dirname, '..', '..');

export const correct = `
import * as tf from '@tensorflow/tfjs';

const xs = tf.randomNormal([8, 4]);
const ys = tf.randomNormal([8, 1]);
const w = tf.variable(tf.randomNormal([4, 1]));
const optimizer = tf.train.sgd(0.1);

const cost = optimizer.minimize(() => {
  const pred = xs.matMul(w);
  const loss = pred.sub(ys).square().mean();
  return loss.asScalar();
}, true);
console.log(cost?.dataSync());
`;
export const mistake = correct.replace('pred.sub(ys)', 'tf.tensor(pred.dataSync(), pred.shape).sub(ys)');

/** The same step, the loss of which another file computes. */
export const trainStep = `
import * as tf from '@tensorflow/tfjs';

import { lossOf } from './loss.js';

const xs = tf.randomNormal([8, 4]);
const ys = tf.randomNormal([8, 1]);
const w = tf.variable(tf.randomNormal([4, 1]));

tf.train.sgd(0.1).minimize(() => lossOf(xs.matMul(w), ys));
`;
export const correctLoss = `
import type * as tf from '@tensorflow/tfjs';

export function lossOf(pred: tf.Tensor, ys: tf.Tensor): tf.Scalar {
  return pred.sub(ys).square().mean();
}
`;
export const mistakenLoss = correctLoss
  .replace('import type', 'import')
  .replace('pred.sub(ys)', 'tf.tensor(pred.dataSync(), pred.shape).sub(ys)');

export const tsconfig = '{ "compilerOptions": { "strict": true, "allowJs": true, "module": "NodeNext", "noEmit": true, "skipLibCheck": true, "types": [] } }';

/** The configuration that the README gives. */
export async function readmeConfig(): Promise<string> {
  const readme = await readFile(path.join(repository, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```js\n(\/\/ eslint\.config\.mjs\n.*?)^```$/gmsu)];
  if (blocks.length !== 1) throw new Error(`The README has ${blocks.length} code blocks for eslint.config.mjs.`);
  return blocks[0]![1]!;
}

export async function write(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(async ([name, text]) => {
    await mkdir(path.dirname(path.join(project, name)), { recursive: true });
    await writeFile(path.join(project, name), text);
  }));
}

/** A project that is configured as the README says. */
export async function createProject(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const project = await mkdtemp(path.join(inject('installed'), `${name}-`));
  await symlink(path.join('..', 'node_modules'), path.join(project, 'node_modules'), 'dir');
  await write(project, {
    'package.json': '{ "type": "module", "private": true }',
    'tsconfig.json': tsconfig,
    'eslint.config.mjs': await readmeConfig(),
    ...files,
  });
  return project;
}

/** The fenced blocks of a page in one of these languages, in their order. */
export async function blocksOf(page: string, ...languages: string[]): Promise<string[]> {
  const text = await readFile(path.join(repository, page), 'utf8');
  return [...text.matchAll(/^```(\S*)\n(.*?)^```$/gmsu)].filter(([, language]) => languages.includes(language!)).map(([, , block]) => block!);
}
