/** What a component's page does with its variables is in no program, so nothing that hangs on it is reported. */
import type { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Project } from '../settings/project.ts';
import { componentsProject, eslintOf } from './project.ts';

const head = `import * as tf from '@tensorflow/tfjs';
const xs = tf.ones([2, 2]);
const w = tf.variable(tf.ones([2, 1]));
const b = tf.variable(tf.ones([2, 1]));
`;
/** The gradient of `w` is lost unless `exact` is set. */
const step = `function train() {
  tf.train.sgd(0.1).minimize(() => {
    const y = xs.matMul(w);
    return (exact ? y : tf.tensor(y.dataSync(), [2, 1])).mul(b).mean();
  });
}
`;
/** Nothing else is reported. */
const lost = ['tensor/no-host-read-in-tape'];

const silent: Readonly<Record<string, string>> = {
  'a Vue handler sets it: Handler.vue': `<template><button @click="exact = true; train()" /></template>\n<script setup lang="ts">\n${head}let exact = false;\n${step}</script>\n`,
  'a Vue model sets it: Model.vue': `<script setup lang="ts">\n${head}let exact = false;\n${step}</script>\n<template><input v-model="exact" @change="train"></template>\n`,
  'the other script sets it: Scripts.vue': `<script lang="ts">\nlet exact = false;\n</script>\n<script setup lang="ts">\n${head}${step}exact = true;\n</script>\n<template><p @click="train"/></template>\n`,
  'a Svelte input is bound to it: Bound.svelte': `<script lang="ts">\n${head}let exact = $state(false);\n${step}</script>\n<input type="checkbox" bind:checked={exact} onclick={train}>\n`,
  'a Svelte 4 input is bound to it: Bound4.svelte': `<script lang="ts">\n${head}let exact = false;\n${step}</script>\n<input type="checkbox" bind:checked={exact} on:click={train}>\n`,
  'a property that the parent sets: Property.svelte': `<script lang="ts">\n${head}export let exact = false;\n${step}</script>\n<p on:click={train} />\n`,
  'a property under another name: Renamed.svelte': `<script lang="ts">\n${head}let exact = false;\nexport { exact as precise };\n${step}</script>\n<p on:click={train} />\n`,
  'a reactive statement: Statement.svelte': `<script lang="ts">\n${head}let n = 0;\nlet exact = false;\n$: exact = n > 2;\n${step}</script>\n<p on:click={() => { n++; train(); }} />\n`,
  'a reactive variable: Variable.svelte': `<script lang="ts">\n${head}let n = 0;\n$: exact = n > 2;\n${step}</script>\n<p on:click={() => { n++; train(); }} />\n`,
  'a store: Store.svelte': `<script lang="ts">\n${head}import { writable } from 'svelte/store';\nconst chosen = writable(false);\n${step.replace('exact', '$chosen')}</script>\n<p on:click={() => { $chosen = true; train(); }} />\n`,
  'nothing is there: Empty.vue': '<template><p>minimize</p></template>\n',
  'nothing is there: Empty.svelte': '<p>minimize</p>\n',
  'nothing is there: empty.astro': '<p>minimize</p>\n',
  'no tensors: Typed.svelte': '<script lang="ts">\n  let count: number = $state(0);\n</script>\n<button onclick={() => count++}>{count}</button>\n',
};

const reported: Readonly<Record<string, string>> = {
  'the page only shows it: Shown.vue': `<template><p>{{ shown }}</p></template>\n<script setup lang="ts">\n${head}const exact = false, shown = 1;\n${step}train();\n</script>\n`,
  'nothing sets it: Fixed.vue': `<template><p @click="train">exactly</p></template>\n<script setup lang="ts">\n${head}let exact = false;\n${step}</script>\n`,
  'nothing sets it: Fixed.svelte': `<script lang="ts">\n${head}let exact = false;\n${step}</script>\n<p onclick={train}>exactly</p>\n`,
  'a handler in the page: Inside.svelte': `<script lang="ts">\n${head}const exact = false;\n</script>\n<p onclick={() => tf.train.sgd(0.1).minimize(() => { const y = xs.matMul(w); return (exact ? y : tf.tensor(y.dataSync(), [2, 1])).mul(b).mean(); })}>train</p>\n`,
};

const nameOf = (title: string): string => title.slice(title.lastIndexOf(' ') + 1);
let project: Project;
let eslint: ESLint;

beforeAll(() => {
  project = componentsProject(Object.fromEntries(Object.entries({ ...silent, ...reported }).map(([title, text]) => [nameOf(title), text])));
  eslint = eslintOf(project);
});
afterAll(() => { project.remove(); });

async function rulesOf(title: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintFiles([project.path(nameOf(title))]);
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe('is silent where', () => {
  it.each(Object.keys(silent))('%s', async (title) => {
    expect(await rulesOf(title)).toEqual([]);
  });
});

describe('reports where', () => {
  it.each(Object.keys(reported))('%s', async (title) => {
    expect(await rulesOf(title)).toEqual(lost);
  });
});
