/** Reports in a component stand where the user sees them, and what is suggested mends the component and nothing else. */
import type { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Project, told } from '../settings/project.ts';
import { componentsProject, eslintOf, lint, marked, suggested } from './project.ts';

const step = (read: string): string => `import * as tf from '@tensorflow/tfjs';

  const xs = tf.randomNormal([8, 4]);
  const ys = tf.randomNormal([8, 1]);
  const w = tf.variable(tf.randomNormal([4, 1]));
  const optimizer = tf.train.sgd(0.1);

  function train() {
    return optimizer.minimize(() => {
      const pred = xs.matMul(w);
      const loss = ${read}.sub(ys).square().mean();
      return loss.asScalar();
    }, true);
  }
`;
const read = 'tf.tensor(pred.dataSync(), pred.shape)';

interface Page {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

const pages: Readonly<Record<string, Page>> = {
  'Vue, the template first': { file: 'First.vue', before: '<template>\n  <button @click="train">ä → 𝛻</button>\n</template>\n\n<script setup lang="ts">\n  ', after: '</script>\n\n<style>\np { color: red }\n</style>\n' },
  'Vue, the script first': { file: 'Last.vue', before: '<script setup lang="ts">\n', after: '</script>\n<template><button @click="train()" /></template>\n' },
  'Vue, all on the line of the tag': { file: 'Line.vue', before: '<template><b/></template><script lang="ts">', after: 'export default { methods: { train } };\n</script>\n' },
  'Vue, two scripts': { file: 'Two.vue', before: '<script lang="ts">\nexport const version = 1;\n</script>\n<template><p/></template>\n<script setup lang="ts">\n', after: 'defineExpose({ train });\n</script>\n' },
  'Svelte 5': { file: 'Runes.svelte', before: '<button onclick={train}>ä → 𝛻</button>\n\n<script lang="ts">\n  let { n = 1 }: { n?: number } = $props();\n  let count = $state(0);\n  ', after: '  let twice = $derived(count * n);\n</script>\n<p>{twice}</p>\n' },
  'Svelte 4': { file: 'Reactive.svelte', before: '<script context="module" lang="ts">\nexport const version = 1;\n</script>\n<script lang="ts">\n  export let n = 2;\n  let on = false;\n  $: y = on ? n : 1;\n  ', after: '  $: { on = n > 1; }\n</script>\n<input bind:value={n} on:click={train}>\n{#each [1] as q}<p>{q + y}</p>{/each}\n' },
  'Astro': { file: 'page.astro', before: '---\n', after: 'const cost = train();\n---\n<p>{cost} ä → 𝛻</p>\n<style>p { color: red }</style>\n' },
  'Astro, with white space before': { file: 'space.astro', before: '\n\n---\n  ', after: 'const cost = train();\n---\n<ul>{[1, 2].map((n) => <li>{n}{cost}</li>)}</ul>\n' },
};
const textOf = ({ before, after }: Page, value = read): string => before + step(value) + after;

let project: Project;
let eslint: ESLint;

beforeAll(() => {
  project = componentsProject(Object.fromEntries(Object.values(pages).map((page) => [page.file, textOf(page)])));
  eslint = eslintOf(project);
});
afterAll(() => { project.remove(); });

describe.each(Object.entries(pages))('%s', (_, page) => {
  const text = textOf(page);
  const lineOf = (code: string): number => text.slice(0, text.indexOf(code)).split('\n').length;

  it('has its report at the read, and the lines of its path', async () => {
    const messages = await lint(eslint, project, page.file);
    expect(messages.map(told)).toEqual([expect.stringContaining(
      `tensor/no-host-read-in-tape \`w\` gets no gradient from this loss: \`pred.dataSync()\` takes the values off the tape, and the loss is rebuilt from numbers. At run time TF.js throws "Cannot find a connection between any variable and the result of the loss function". Compute with tensors instead. Path: w → matMul (${lineOf('xs.matMul')}) ✂ dataSync (${lineOf('pred.dataSync')}) → tensor (${lineOf('pred.dataSync')})`,
    )]);
    expect(messages[0]!.line).toBe(lineOf('pred.dataSync'));
    expect(marked(text, messages[0]!)).toBe('pred.dataSync()');
  });

  it('is mended by what is suggested', async () => {
    const mended = suggested(text, await lint(eslint, project, page.file));
    expect(mended).toBe(textOf(page, 'pred'));
    const [result] = await eslint.lintText(mended, { filePath: project.path(page.file) });
    expect(result!.messages).toEqual([]);
  });
});
