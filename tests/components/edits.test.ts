/** Every kind of edit that is offered is written where it belongs in a component, and mends it. */
import type { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Project } from '../settings/project.ts';
import { componentsProject, eslintOf, lint, suggested } from './project.ts';

/** What is wrong, and what it becomes. Each line is a statement, so that it can be indented as a page wants it. */
interface Change {
  readonly title: string;
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

const changes: Readonly<Record<string, Change>> = {
  reduction: {
    title: 'Reduce it to one number: `.mean()`.',
    wrong: ['optimizer.minimize(() => xs.matMul(w).sub(ys).square());'],
    right: ['optimizer.minimize(() => xs.matMul(w).sub(ys).square().mean());'],
  },
  trainable: {
    title: 'Make it trainable.',
    wrong: ['const u = tf.variable(tf.ones([4, 1]), false);', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean());'],
    right: ['const u = tf.variable(tf.ones([4, 1]));', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean());'],
  },
  variable: {
    title: 'Make it a variable: tf.variable(…).',
    wrong: ['const u = tf.ones([4, 1]);', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean(), false, [u as tf.Variable]);'],
    right: ['const u = tf.variable(tf.ones([4, 1]));', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean(), false, [u as tf.Variable]);'],
  },
  inside: {
    title: 'Compute `loss` inside the function.',
    wrong: ['const loss = xs.matMul(w).sub(ys).square().mean();', 'optimizer.minimize(() => loss);'],
    right: ['optimizer.minimize(() => xs.matMul(w).sub(ys).square().mean());'],
  },
  block: {
    title: 'Compute `features` inside the function.',
    wrong: ['const features = xs.matMul(w).tanh();', 'optimizer.minimize(() => features.matMul(b).sub(ys).square().mean());'],
    right: ['optimizer.minimize(() => {', '  const features = xs.matMul(w).tanh();', '  return features.matMul(b).sub(ys).square().mean();', '});'],
  },
  declaration: {
    title: 'Make `lossOf` a function declaration.',
    wrong: ['optimizer.minimize(() => lossOf(xs.matMul(w)));', 'const lossOf = (pred: tf.Tensor): tf.Scalar => pred.sub(ys).square().mean();'],
    right: ['optimizer.minimize(() => lossOf(xs.matMul(w)));', 'function lossOf(pred: tf.Tensor): tf.Scalar {', '  return pred.sub(ys).square().mean();', '}'],
  },
  order: {
    title: 'Define `scale` before it is used.',
    wrong: ['optimizer.minimize(() => xs.matMul(w).mul(scale).square().mean());', 'const scale = 0.5;'],
    right: ['const scale = 0.5;', 'optimizer.minimize(() => xs.matMul(w).mul(scale).square().mean());'],
  },
  assignment: {
    title: 'Change the variable itself: `u.assign(…)`.',
    wrong: ['let u = tf.variable(tf.ones([4, 1]));', 'u = u.sub(0.1) as tf.Variable;', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean());'],
    right: ['let u = tf.variable(tf.ones([4, 1]));', 'u.assign(u.sub(0.1) as tf.Variable);', 'optimizer.minimize(() => xs.matMul(u).sub(ys).square().mean());'],
  },
};

const head = ["import * as tf from '@tensorflow/tfjs';", 'const xs = tf.randomNormal([8, 4]);', 'const ys = tf.randomNormal([8, 1]);', 'const w = tf.variable(tf.randomNormal([4, 1]));', 'const b = tf.variable(tf.randomNormal([1, 1]));', 'const optimizer = tf.train.sgd(0.1);'];
const inFunction = (statements: readonly string[]): readonly string[] => [...head, 'function train() {', ...statements.map((line) => `  ${line}`), '}'];
const atOnce = (statements: readonly string[]): readonly string[] => [...head, ...statements];
const lines = (all: readonly string[], indent = ''): string => all.map((line) => `${indent}${line}\n`).join('');

const pages: Readonly<Record<string, { readonly extension: string; readonly text: (statements: readonly string[]) => string }>> = {
  'Vue, a handler': { extension: 'vue', text: (own) => `<template>\n  <button @click="train">ä → 𝛻</button>\n</template>\n\n<script setup lang="ts">\n${lines(inFunction(own), '  ')}</script>\n` },
  'Vue, at once': { extension: 'vue', text: (own) => `<script setup lang="ts">\n${lines(atOnce(own))}</script>\n<template><p>𝛻</p></template>\n` },
  'Svelte, a handler': { extension: 'svelte', text: (own) => `<button onclick={train}>ä → 𝛻</button>\n<script lang="ts">\n  let count = $state(0);\n${lines(inFunction(own), '  ')}</script>\n<p>{count}</p>\n` },
  'Svelte, at once': { extension: 'svelte', text: (own) => `<p>ä → 𝛻</p>\n<script lang="ts">\n${lines(atOnce(own), '  ')}</script>\n` },
  'Svelte 4': { extension: 'svelte', text: (own) => `<script lang="ts">\n  export let n = 2;\n  $: twice = n * 2;\n${lines(inFunction(own), '  ')}</script>\n<p on:click={train}>{twice}</p>\n` },
  'Astro': { extension: 'astro', text: (own) => `\n---\n${lines(atOnce(own))}---\n<p>ä → 𝛻</p>\n` },
  'Vue, with the line ends of Windows': { extension: 'vue', text: (own) => `<template>\n  <button @click="train" />\n</template>\n<script setup lang="ts">\n${lines(inFunction(own))}</script>\n`.replaceAll('\n', '\r\n') },
};

const cases = Object.entries(pages).flatMap(([page, { extension, text }], at) => Object.entries(changes).map(([name, change]) => ({ title: `${name}: ${page}`, file: `${name}${at}.${extension}`, before: text(change.wrong), after: text(change.right), change })));

let project: Project;
let eslint: ESLint;

beforeAll(() => {
  project = componentsProject(Object.fromEntries(cases.map(({ file, before }) => [file, before])));
  eslint = eslintOf(project);
});
afterAll(() => { project.remove(); });

describe('an edit', () => {
  it.each(cases)('$title', async ({ file, before, after, change }) => {
    const messages = await lint(eslint, project, file);
    expect(messages.flatMap(({ suggestions = [], message }) => [suggestions[0]?.desc ?? message])).toEqual([change.title]);
    expect(suggested(before, messages)).toBe(after);
    const [result] = await eslint.lintText(after, { filePath: project.path(file) });
    expect(result!.messages).toEqual([]);
  });
});
