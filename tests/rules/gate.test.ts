import { expect, test } from 'vitest';
import { concerns } from '../../src/analysis/gate.ts';
import { tfjs } from '../../src/libraries/tfjs/index.ts';
import { programOf } from '../program/support/programs.ts';

/** The files that are analysed for lost gradients. */
function opened(files: Readonly<Record<string, string>>): readonly string[] {
  const { program, module } = programOf(files, { allowJs: true });
  return Object.keys(files).filter((name) => concerns(program, [tfjs], module(name).file, 'gradients'));
}

const library = "import * as tf from '@tensorflow/tfjs';\n";
const step = 'export const step = (optimizer, loss) => optimizer.minimize(loss);\n';

test('a file with the words of a scope is analysed, and what imports it', () => {
  expect(opened({
    'train.js': `${library}export const train = (loss) => tf.train.sgd(1).minimize(loss);\n`,
    'main.js': "import { train } from './train.js';\ntrain(() => 0);\n",
    'other.js': 'export const other = 1;\n',
  })).toEqual(['train.js', 'main.js']);
});

test('a word in a comment or in the middle of a text opens nothing', () => {
  expect(opened({ 'a.js': `${library}// to fit in\nexport const text = 'it should minimize that';\n` })).toEqual([]);
});

test('the name of a member as a text opens', () => {
  expect(opened({ 'a.js': `${library}const name = 'minimize';\nexport const step = (loss) => tf.train.sgd(1)[name](loss);\n` })).toEqual(['a.js']);
});

test('files that have nothing to do with the library are left alone, whatever their words', () => {
  expect(opened({ 'compare.js': `${library}export const one = tf.scalar(1);\n`, 'own.js': step, 'user.js': "import { step } from './own.js';\nstep({ minimize: () => 1 }, () => 0);\n" })).toEqual([]);
});

test('a helper that is handed what is of the library is analysed', () => {
  expect(opened({ 'helper.js': step, 'main.js': `${library}import { step } from './helper.js';\nstep(tf.train.sgd(1), () => tf.scalar(0));\n` })).toEqual(['helper.js', 'main.js']);
});

test('so are scripts, which nothing in the program ties together', () => {
  expect(opened({ 'page.js': 'const optimizer = tf.train.sgd(1);\n', 'step.js': 'optimizer.minimize(() => x.sum());\n', 'library.js': library })).toEqual(['step.js']);
});
