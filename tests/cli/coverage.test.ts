import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { obstacleKinds } from '../../src/judgements/coverage/obstacle.ts';
import { correct, createProject, mistake, repository, tsconfig } from './project.ts';
import { run } from './terminal.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Coverage {
  readonly files: number;
  readonly scopes: readonly (Place & {
    readonly form: string;
    readonly group: string;
    readonly ran: boolean;
    readonly decided: boolean;
    readonly throws?: string;
    readonly sources: readonly { readonly name: string; readonly fate: string; readonly breaks: readonly (Place & { readonly cause: string })[] }[];
    readonly obstacles: readonly (Place & { readonly reason: string; readonly code: string; readonly message: string; readonly help: string })[];
  })[];
  readonly overBudget: readonly string[];
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  readonly totals: Readonly<Record<'scopes' | 'steps', { readonly decided: number; readonly all: number; readonly share: number | null }>> & { readonly shapes: { readonly known: number; readonly all: number; readonly share: number | null }; readonly reasons: Readonly<Record<string, number>> };
}

async function coverage(root: string, ...paths: string[]): Promise<Coverage> {
  const { code, stdout, stderr } = await run(root, 'coverage', '--format', 'json', ...paths);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Coverage;
}

/** `reason code`, for each obstacle of each scope in a file. */
function reasons({ scopes }: Coverage, file: string): readonly string[] {
  return scopes.filter((scope) => scope.file === file).flatMap(({ obstacles }) => obstacles.map(({ reason, line, column, code }) => `${String(line)}:${String(column)} ${reason} ${code}`));
}

const lenient = '{ "compilerOptions": { "module": "NodeNext", "noEmit": true, "skipLibCheck": true, "types": [], "allowJs": true, "experimentalDecorators": true } }';
/** Three lines. */
const head = `import * as tf from '@tensorflow/tfjs';
const opt = tf.train.sgd(0.1);
const w = tf.variable(tf.scalar(1));
`;

/** One program for each reason, with the place and the code that it names. */
const hidden: Readonly<Record<string, readonly [code: string, told: string]>> = {
  'unknown-code.ts': [`${head}import { scale } from 'acme';\nopt.minimize(() => scale(w).mean());\n`, '5:20 unknown-code scale'],
  'untyped-value.js': [`${head}export function step(helper) { opt.minimize(() => helper.lossOf(w)); }\n`, '4:22 untyped-value helper'],
  'argument.ts': [`${head}export function step(loss: () => tf.Scalar): void { opt.minimize(() => loss()); }\n`, '4:22 argument loss'],
  'unknown-import.js': [`${head}import { build } from 'not-installed';\nopt.minimize(build());\n`, '4:23 unknown-import not-installed'],
  'unknown-global.js': [`${head}opt.minimize(() => lossOf(w));\n`, '4:20 unknown-global lossOf'],
  'address.js': [`import * as tf from 'https://cdn.skypack.dev/@tensorflow/tfjs';\nconst w = tf.variable(tf.scalar(1));\ntf.train.sgd(0.1).minimize(() => w.square());\n`, '1:21 unrecognised-import https://cdn.skypack.dev/@tensorflow/tfjs'],
  'deno.ts': [`import * as tf from 'npm:@tensorflow/tfjs@4';\nconst w = tf.variable(tf.scalar(1));\ntf.train.sgd(0.1).minimize(() => w.square());\n`, '1:21 unrecognised-import npm:@tensorflow/tfjs@4'],
  'page.js': [`const w = tf.variable(tf.scalar(1));\ntf.train.sgd(0.1).minimize(() => w.square());\n`, '2:1 unrecognised-global tf'],
  'unknown-list.js': [`${head}export function step(list) { opt.minimize(() => w.square(), false, list); }\n`, '4:68 unknown-list list'],
  'unknown-model.js': [`${head}export async function train(layers, xs) {\n  const model = tf.sequential({ layers });\n  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\n  await model.fit(xs, xs);\n}\n`, '7:9 unknown-model model'],
  'unknown-trainability.ts': [`${head}declare const frozen: boolean;\nw.trainable = frozen;\nopt.minimize(() => w.square());\n`, '3:11 unknown-trainability w'],
  'too-many-values.ts': [`${head}declare const i: number;\nconst all = [${Array.from({ length: 60 }, (_, index) => `tf.variable(tf.scalar(${String(index)}))`).join(', ')}];\nopt.minimize(() => all[i].square());\n`, '5:14 too-many-values tf.variable(tf.scalar(0))'],
  'unknown-result.ts': [`${head}declare const dry: boolean;\nopt.minimize(() => (dry ? undefined : w.square()));\n`, '5:21 unknown-result dry ? undefined : w.square()'],
  'unknown-syntax.ts': [`${head}opt.minimize(() => (import.meta as any).env.lossOf(w));\n`, '4:21 unknown-syntax import.meta'],
  'unknown-value.ts': [`${head}opt.minimize(() => eval('w.square()'));\n`, '4:20 unknown-value eval'],
  'unknown-base.js': [`${head}import { Emitter } from 'not-installed';\nexport class Trainer extends Emitter {\n  step() { opt.minimize(() => w.square()); }\n}\nclass Other extends Trainer {}\nexport const make = (Base) => class extends Base { step() { opt.minimize(() => w.exp()); } };\n`, '9:45 unknown-base Base'],
  'not-run.ts': [`${head}export const square = tf.grad((x) => x.square());\nif (false) opt.minimize(() => w.square());\n`, '5:12 not-run opt.minimize(() => w.square())'],
  'budget.js': [`${head}let n = 0;\n${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `for (let ${name} = 0; ${name} < 8; ${name}++)`).join(' ')} n += a * b * c * d * e * f;\nopt.minimize(() => w.square());\n`, '6:1 budget minimize'],
};

describe('coverage', () => {
  it('says what hides a scope, for each reason, with its place, the code and what helps', async () => {
    using project = createProject({
      'tsconfig.json': lenient,
      'acme.d.ts': "declare module 'acme' { export function scale(x: import('@tensorflow/tfjs').Tensor): import('@tensorflow/tfjs').Tensor; }\n",
      ...Object.fromEntries(Object.entries(hidden).map(([file, [code]]) => [file, code])),
    });
    const found = await coverage(project.root);
    const told = Object.fromEntries(Object.keys(hidden).map((file) => [file, reasons(found, file)]));
    expect(told).toEqual(Object.fromEntries(Object.entries(hidden).map(([file, [, reason]]) => [file, expect.arrayContaining([reason])])));
    expect(found.scopes.filter(({ decided, obstacles }) => decided !== (obstacles.length === 0))).toEqual([]);
    expect(found.scopes.filter(({ obstacles }) => obstacles.some(({ message, help }) => message === '' || help === ''))).toEqual([]);
    expect(found.overBudget).toEqual(['budget.js']);
    // Nothing but a defect of ours makes an analysis fail.
    const kinds = new Set(found.scopes.flatMap(({ obstacles }) => obstacles.map(({ reason }) => reason)));
    expect(obstacleKinds.filter((kind) => !kinds.has(kind))).toEqual(['failed']);
    expect(Object.values(found.totals.reasons).reduce((sum, count) => sum + count)).toBe(found.totals.scopes.all - found.totals.scopes.decided);
  });

  it('has help that works', async () => {
    const { 'address.js': [address], 'deno.ts': [deno], 'page.js': [page] } = hidden as Record<'address.js' | 'deno.ts' | 'page.js', readonly [string, string]>;
    using project = createProject({
      'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "noEmit": true, "skipLibCheck": true, "types": [], "allowJs": true, "paths": { "npm:@tensorflow/tfjs@4": ["./node_modules/@tensorflow/tfjs"], "https://cdn.skypack.dev/@tensorflow/tfjs": ["./node_modules/@tensorflow/tfjs"] } } }',
      'globals.d.ts': "declare const tf: typeof import('@tensorflow/tfjs');\n",
      'address.js': address, 'deno.ts': deno, 'page.js': page,
      'step.js': `${head}/** @param {tf.Tensor} batch */\nexport function step(batch) { opt.minimize(() => batch.mul(w).mean()); }\n`,
    });
    const { scopes, totals } = await coverage(project.root);
    expect(scopes.map(({ file, sources }) => [file, sources.map(({ name, fate }) => `${name} ${fate}`)])).toEqual(['address.js', 'deno.ts', 'page.js', 'step.js'].map((file) => [file, ['w connected']]));
    expect(totals).toMatchObject({ scopes: { decided: 4, all: 4, share: 1 }, steps: { decided: 4, all: 4, share: 1 }, reasons: {} });
  });

  it('lists the fates of the sources, and tells models that the library trains from steps', async () => {
    using project = createProject({
      'tsconfig.json': tsconfig, 'mistake.ts': mistake,
      'model.ts': `import * as tf from '@tensorflow/tfjs';
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] });
model.compile({ optimizer: 'sgd', loss: (y: tf.Tensor, p: tf.Tensor) => y.sub(p).square().mean() });
await model.fit(tf.ones([8, 4]), tf.ones([8, 1]));
class Scaler { fit(data: number[]): number[] { return data; } }
new Scaler().fit([1]);
export const slope = tf.grad((x: tf.Tensor) => tf.tensor(x.dataSync()))(tf.scalar(1));
`,
    });
    const { scopes, totals, files } = await coverage(project.root);
    expect(files).toBe(2);
    expect(scopes.map(({ file, line, column, form, group, ran, decided }) => `${file}:${String(line)}:${String(column)} ${form} ${group} ${String(ran)} ${String(decided)}`)).toEqual([
      'mistake.ts:9:1 minimize step true true', 'model.ts:3:15 loss model true true', 'model.ts:4:7 fit model true true', 'model.ts:7:22 grad step true true',
    ]);
    expect(scopes[0]?.sources).toEqual([{ name: 'w', fate: 'severed', breaks: [{ cause: 'host-read', file: 'mistake.ts', line: 11, column: 26 }] }, { name: 'b', fate: 'connected', breaks: [] }]);
    expect(totals).toMatchObject({ scopes: { decided: 4, all: 4, share: 1 }, steps: { decided: 2, all: 2, share: 1 }, reasons: {} });
  });

  it('follows models whose layers depend on the configuration, where every weight gets a gradient that the model may have', async () => {
    using project = createProject({
      'tsconfig.json': tsconfig,
      'chosen.ts': `import * as tf from '@tensorflow/tfjs';
export async function train(kind: string): Promise<void> {
  const model = tf.sequential();
  if (kind === 'gru') model.add(tf.layers.gru({ units: 2, inputShape: [4, 1] }));
  else model.add(tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 2 }), inputShape: [4, 1] } as Parameters<typeof tf.layers.bidirectional>[0]));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model.fit(tf.ones([8, 4, 1]), tf.ones([8, 1]));
}
export async function thaw(kind: string, head: tf.layers.Layer): Promise<void> {
  const model = tf.sequential();
  model.add(tf.layers.gru({ units: 2, inputShape: [4, 1] }));
  if (kind === 'head') model.add(head);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model.fit(tf.ones([8, 4, 1]), tf.ones([8, 1]));
}
`,
    });
    const { scopes } = await coverage(project.root);
    expect(scopes.map(({ line, decided }) => [line, decided])).toEqual([[8, true], [15, false]]);
  });

  it('follows what makes no difference to the sources: rows of blocks, a frozen target network, numbers put into buffers', async () => {
    using project = createProject({
      'tsconfig.json': tsconfig,
      'blocks.ts': `import * as tf from '@tensorflow/tfjs';
class Feed {
  w: tf.Variable<tf.Rank.R2>;
  constructor(size: number) { this.w = tf.variable(tf.ones<tf.Rank.R2>([size, size])); }
  forward(x: tf.Tensor2D): tf.Tensor2D { return x.matMul(this.w); }
}
export class Stack {
  blocks: Feed[] = [];
  constructor(depth: number, size: number) { for (let i = 0; i < depth; i++) this.blocks.push(new Feed(size)); }
  forward(x: tf.Tensor2D): tf.Tensor2D { for (const block of this.blocks) x = block.forward(x); return x; }
}
export function train(stack: Stack, x: tf.Tensor2D): void {
  tf.train.sgd(0.1).minimize(() => stack.forward(x).mean());
}
`,
      'agent.ts': `import * as tf from '@tensorflow/tfjs';
const network = (): tf.Sequential => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
interface Example { readonly cells: readonly (readonly [number, number])[] }
export class Agent {
  readonly online = network();
  readonly target = network();
  constructor() { this.target.trainable = false; }
  thaw(): void { this.target.trainable = true; this.target.setWeights(this.online.getWeights()); this.target.trainable = false; }
  step(examples: readonly Example[], mark: (index: number) => number): void {
    tf.variableGrads(() => {
      const state = tf.buffer([examples.length, 3]);
      examples.forEach(({ cells }, row) => { cells.forEach(([at], index) => { state.set(index === 0 ? 2 : mark(index), row, at); }); });
      const x = state.toTensor();
      return tf.losses.meanSquaredError(this.target.predict(x) as tf.Tensor, this.online.apply(x, { training: true }) as tf.Tensor);
    });
  }
}
`,
    });
    const { scopes } = await coverage(project.root);
    expect(scopes.map(({ file, decided, obstacles }) => [file, decided, obstacles.map(({ code }) => code)])).toEqual([['agent.ts', true, []], ['blocks.ts', true, []]]);
  });

  it('follows models from elsewhere, of which parts are trained further, and layers that take a tensor or several', async () => {
    using project = createProject({
      'tsconfig.json': tsconfig,
      'log.ts': `import * as tf from '@tensorflow/tfjs';
export class Log extends tf.layers.Layer {
  static readonly className = 'Log';
  override call(input: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      if (Array.isArray(input)) input = input[0]!;
      return input;
    });
  }
}
`,
      'transfer.ts': `import * as tf from '@tensorflow/tfjs';
export async function transfer(url: string, xs: tf.Tensor, ys: tf.Tensor): Promise<void> {
  const base = await tf.loadLayersModel(url);
  const features = tf.model({ inputs: base.inputs, outputs: base.getLayer('features').output });
  const kept: tf.layers.Layer[] = [];
  for (const layer of features.layers) {
    layer.trainable = false;
    if (layer.name.startsWith('last')) kept.push(layer);
  }
  const head = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [4] })] });
  const model = tf.model({ inputs: features.inputs, outputs: head.apply(features.outputs[0]!) as tf.SymbolicTensor });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model.fit(xs, ys);
  for (const layer of kept) layer.trainable = true;
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model.fit(xs, ys);
}
`,
    });
    const { scopes } = await coverage(project.root);
    expect(scopes.map(({ file, line, decided }) => [file, line, decided])).toEqual([['log.ts', 4, true], ['transfer.ts', 13, true], ['transfer.ts', 16, true]]);
  });

  it('asks the callers in other files what a function cannot know alone', async () => {
    const library = "import * as tf from '@tensorflow/tfjs';\nexport function step(loss: () => tf.Scalar): void {\n  tf.train.sgd(0.1).minimize(loss);\n}\n";
    using project = createProject({ 'tsconfig.json': tsconfig, 'step.ts': library, 'main.ts': `${head}import { step } from './step.js';\nstep(() => w.square());\nopt.minimize(() => w.exp());\n` });
    expect((await coverage(project.root, 'step.ts')).totals.scopes).toMatchObject({ decided: 0, all: 1 });
    expect((await coverage(project.root)).scopes.map(({ file, sources, decided }) => ({ file, sources: sources.map(({ name }) => name), decided }))).toEqual([
      { file: 'main.ts', sources: ['w'], decided: true }, { file: 'step.ts', sources: ['w'], decided: true },
    ]);
  });

  it('is a list for people, with totals', async () => {
    using project = createProject({ 'tsconfig.json': lenient, 'train.ts': mistake, 'src/step.js': hidden['untyped-value.js']![0] });
    const { code, stdout, stderr } = await run(project.root, 'coverage', '*.ts', 'src/*.{js,ts}');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`✓ train.ts:9:1  minimize  severed: w (the values were read to the host, and no tape follows plain numbers); connected: b
? src/step.js:4:32  minimize  unknown: w
    src/step.js:4:22  nothing says what \`helper\` is
    helps: give it a type (an annotation, or in JavaScript a JSDoc \`@type\` or \`@param\`), or check the files that hand it over together with this one

1 of 2 (50 %) gradient scopes followed to the end, in 2 files; of the custom training steps 1 of 2 (50 %).
  1  uses a value without a type (untyped-value)
14 of 14 (100 %) tensors whose shape is known, the batch axis left aside.
`);
  });

  it('counts the tensors whose shape is known, in scopes and outside, one for each place that makes them', async () => {
    using project = createProject({ 'infer.js': `import * as tf from '@tensorflow/tfjs';
export function classify(pixels, image) {
  const known = tf.tensor(pixels, [pixels.length / 784, 784]);
  return known.matMul(tf.ones([784, 10])).add(image.relu());
}
for (let round = 0; round < 3; round++) tf.ones([round, 2]).print();
` });
    expect((await coverage(project.root)).totals).toMatchObject({ shapes: { known: 4, all: 5, share: 0.8 } });
  });

  it('says that there are none', async () => {
    using project = createProject({ 'one.js': 'export const one = 1;\n' });
    expect(await run(project.root, 'coverage')).toEqual({ code: 0, stdout: 'No gradient scopes in 1 file.\n', stderr: '' });
    expect((await coverage(project.root)).totals).toEqual({ scopes: { decided: 0, all: 0, share: null }, steps: { decided: 0, all: 0, share: null }, shapes: { known: 0, all: 0, share: null }, reasons: {} });
  });

  it('writes into a file', async () => {
    using project = createProject({ 'train.js': correct });
    expect(await run(project.root, '-f', 'json', 'coverage', '-o', 'out/coverage.json')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((JSON.parse(readFileSync(path.join(project.root, 'out/coverage.json'), 'utf8')) as Coverage).totals.scopes.decided).toBe(1);
  });

  it('that cannot run says why and ends with 2', async () => {
    using project = createProject({ 'train.js': correct, 'broken.js': 'const = 1;\n' });
    expect(await run(project.root, 'coverage', 'nowhere')).toEqual({ code: 2, stdout: '', stderr: "There is no file or folder 'nowhere'.\n" });
    expect(await run(project.root, 'coverage', '--format', 'svg')).toEqual({ code: 2, stdout: '', stderr: "There is no format 'svg' here: use text or json.\n" });
    expect(await run(project.root, 'coverage', '--strict')).toMatchObject({ code: 2, stderr: "Unknown option '--strict'. See `eslint-plugin-tensor --help`.\n" });
    const { code, stdout, stderr } = await run(project.root, 'coverage');
    expect(code).toBe(2);
    expect(stderr).toBe('Nothing is known of broken.js: it cannot be parsed. Run the lint on it, which says more.\n');
    expect(stdout).toContain('1 of 1 (100 %) gradient scopes followed to the end, in 2 files');
    expect(await run(project.root, 'coverage', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is written down with all its reasons', () => {
    const page = readFileSync(path.join(repository, 'docs/command-line.md'), 'utf8');
    expect(obstacleKinds.filter((kind) => !page.includes(`| \`${kind}\` |`))).toEqual([]);
  });
});

describe('explain', () => {
  it('says the same of one scope, and of one that was not run', async () => {
    using project = createProject({ 'step.js': hidden['untyped-value.js']![0], 'not-run.ts': hidden['not-run.ts']![0] });
    const { stdout } = await run(project.root, 'explain', 'step.js:4');
    expect(stdout).toContain('It could not be followed to its end:\n  step.js:4  nothing says what `helper` is\n  helps: give it a type');
    expect((await run(project.root, 'explain', '-f', 'html', 'step.js:4')).stdout).toContain('<li><code>step.js:4</code>: nothing says what `helper` is; what helps: give it a type');
    expect(await run(project.root, 'explain', 'not-run.ts:5')).toEqual({
      code: 2, stdout: '',
      stderr: '`minimize` at line 5 of not-run.ts cannot be followed.\nnot-run.ts:5:12: nothing is known that runs `opt.minimize(() => w.square())`. What helps: call it in the checked files, export it, or remove it.\n',
    });
  });
});

describe('the last line of a lint', () => {
  it('counts the scopes that were followed, and says what was not', async () => {
    using project = createProject({ 'tsconfig.json': lenient, 'a.ts': correct, 'b.js': hidden['untyped-value.js']![0], 'c.js': hidden['page.js']![0], 'd.js': hidden['budget.js']![0] });
    expect((await run(project.root, 'a.ts')).stdout).toBe('✓ No findings. 1 file checked, 1 of 1 gradient scope followed to the end.\n');
    expect((await run(project.root, 'a.ts', 'b.js', 'c.js')).stdout).toContain('3 files checked, 1 of 2 gradient scopes followed to the end; 1 call looks like more and was not run; `npx eslint-plugin-tensor coverage` says why.\n');
    expect((await run(project.root, 'd.js')).stdout).toContain('1 file checked, no gradient scopes; 1 call looks like more and was not run; 1 file takes more steps than the analysis may; `npx eslint-plugin-tensor coverage` says why.\n');
  });
});
