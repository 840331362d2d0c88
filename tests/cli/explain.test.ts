import { describe, expect, it } from 'vitest';

import { correct, createProject, mistake, tsconfig } from './project.ts';
import { run } from './terminal.ts';

const drawing = `minimize train.ts:9

minimize line 9  target
└─ mean line 12 []
   └─ square line 12 [8, 1]
      └─ sub line 11 [8, 1]
         ├─ add line 11 [8, 1]
         │  ├┄ tensor line 11 [8, 1]
         │  │  └┄ dataSync line 11
         │  │     │ the values were read to the host, and no tape follows plain numbers
         │  │     └✂ matMul line 10 [8, 1]
         │  │        ├· xs line 3 [8, 4]  data
         │  │        └┄ w line 5 [4, 1]  source, gets no gradient
         │  └─ b line 6 [1]  source, gets a gradient
         └· ys line 4 [8, 1]  data

✗ w gets no gradient: the values were read to the host, and no tape follows plain numbers (train.ts:11)
✓ b gets a gradient

─ gradient   ✂ cut   ┄ severed   · data
`;

describe('explain', () => {
  it.each(['train.ts:9', 'train.ts:11', 'train.ts:13:2', 'train.ts'])('%s draws the scope there as a tree', async (place) => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'train.ts': mistake });
    expect(await run(project.root, 'explain', place)).toEqual({ code: 0, stdout: drawing, stderr: '' });
  });

  it('finds the scope from inside a function that is handed to it', async () => {
    const script = `import * as tf from '@tensorflow/tfjs';
const w = tf.variable(tf.ones([2]));
function loss() {
  return w.square().sum();
}
tf.variableGrads(loss);
tf.grad((x) => x.exp().sum())(tf.ones([2]));
`;
    using project = createProject({ 'train.js': script });
    expect((await run(project.root, 'explain', 'train.js:4')).stdout).toContain('variableGrads train.js:6\n');
    expect((await run(project.root, 'explain', 'train.js:7')).stdout).toMatch(/exp line 7 \[2\]\n +└─ .* source, gets a gradient\n/u);
    expect(await run(project.root, 'explain', 'train.js')).toMatchObject({ code: 2, stderr: 'train.js has several gradient scopes: name one by its line, 6 (variableGrads) and 7 (grad).\n' });
  });

  it('shows the shapes of tensors where no scope is', async () => {
    const script = `import * as tf from '@tensorflow/tfjs';

export function scores(image) {
  const batch = tf.browser.fromPixels(image).resizeBilinear([8, 8]).expandDims(0);
  return batch.mean([1, 2]);
}
`;
    using project = createProject({ 'predict.js': script });
    expect(await run(project.root, 'explain', 'predict.js:5')).toEqual({ code: 0, stdout: 'predict.js:5  batch.mean([1, 2])  [1, 3]\n', stderr: '' });
    expect((await run(project.root, 'explain', 'predict.js')).stdout.split('\n').map((line) => line.replace(/^.* {2}/u, ''))).toEqual(['[?, ?, 3]', '[8, 8, 3]', '[1, 8, 8, 3]', '[1, 3]', '']);
  });

  it('draws a value from before the scope as such', async () => {
    using project = createProject({ 'train.js': `import * as tf from '@tensorflow/tfjs';\nconst w = tf.variable(tf.ones([2]));\nconst loss = w.square().sum();\ntf.train.sgd(1).minimize(() => loss);\n` });
    const { stdout } = await run(project.root, 'explain', 'train.js:4');
    expect(stdout).toContain('│ the value was computed before the tape recorded\n└✂ sum line 3 []  before the scope\n   └┄ square line 3 [2]  before the scope\n      └┄ w line 2 [2]  source, gets no gradient\n');
  });

  it('comes to an end in loops, and draws what is used twice once', async () => {
    using project = createProject({ 'train.js': `import * as tf from '@tensorflow/tfjs';
const w = tf.variable(tf.ones([2]));
tf.variableGrads(() => {
  let h = w.square();
  for (let i = 0; i < steps(); i++) h = h.add(w).tanh();
  const y = h.exp();
  return y.mul(y.neg()).sum();
});
` });
    const { code, stdout } = await run(project.root, 'explain', 'train.js:3');
    expect(code).toBe(0);
    expect(stdout).toContain('(see above)');
    expect(stdout).toContain('✓ w gets a gradient');
  });

  it.each([
    ['svg', /^<svg [^]*✂ the values were read to the host[^]*<\/svg>\n$/u],
    ['html', /^<!doctype html>[^]*<tr class="severed"><td>✗<\/td><th>w<\/th><td>gets no gradient: the values were read[^]*<tr class="connected"><td>✓<\/td><th>b<\/th>[^]*<svg [^]*<\/html>\n$/u],
    ['mermaid', /^---\ntitle: "minimize train\.ts:9"\n---\nflowchart TB\n[^]*style n\d+ stroke:#d6453d[^]*-\.-x\|"✂ the values were read to the host[^]*linkStyle [\d,]+ stroke:#d6453d/u],
    ['dot', /^digraph gradient \{[^]*\[label="w\\nline 5 \[4, 1\]\\ngets no gradient", shape=ellipse, color="#d6453d", penwidth=2\][^]*color="#d6453d", style=dashed, arrowhead=tee[^]*✂ the values were read[^]*\}\n$/u],
  ])('--format %s', async (format, expected) => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'train.ts': mistake });
    const { code, stdout, stderr } = await run(project.root, 'explain', '--format', format, 'train.ts:9');
    expect(stderr).toBe('');
    expect(stdout).toMatch(expected);
    expect(code).toBe(0);
  });

  it('draws a picture whose parts all lie inside it, one edge for each dependence', async () => {
    using project = createProject({ 'train.js': correct });
    const { stdout } = await run(project.root, 'explain', '-f', 'svg', 'train.js:9');
    const [x, y, width, height] = /viewBox="([^"]+)"/u.exec(stdout)![1]!.split(' ').map(Number) as [number, number, number, number];
    for (const [, px, py] of stdout.matchAll(/<text [^>]*x="([-\d.]+)" y="([-\d.]+)"/gu)) {
      expect(Number(px)).toSatisfy((at: number) => x <= at && at <= x + width);
      expect(Number(py)).toSatisfy((at: number) => y <= at && at <= y + height);
    }
    // minimize, mean, square, sub, add, matMul; w, b; xs, ys.
    expect(stdout.match(/ data-node="/gu)).toHaveLength(10);
    const [drawn = '', legend = ''] = stdout.split('<g class="legend">');
    expect(drawn.match(/class="live-edge"/gu)).toHaveLength(7);
    expect(drawn.match(/class="data-edge"/gu)).toHaveLength(2);
    expect(stdout).not.toContain('class="cut-edge"');
    expect([...legend.matchAll(/<text [^>]*>([^<]*)</gu)].map(([, text]) => text)).toEqual(['the gradient comes back', 'data: no gradient is asked', 'what is differentiated', 'source: asked for its gradient']);
  });

  it('has arrows that go as the gradient goes: from the target to the sources, in every format', async () => {
    using project = createProject({ 'train.js': `import * as tf from '@tensorflow/tfjs';\nconst w = tf.variable(tf.ones([2]));\ntf.variableGrads(() => w.sum());\n` });
    const draw = async (format: string): Promise<string> => (await run(project.root, 'explain', '-f', format, 'train.js')).stdout;
    expect(await draw('mermaid')).toMatch(/n0\(\["w[^]*n1\["sum[^]*n2\[\["variableGrads[^]*n2 --> n1\n {2}n1 --> n0\n/u);
    expect(await draw('dot')).toMatch(/n2 -> n1 [^]*n1 -> n0 /u);
    const svg = await draw('svg');
    const top = (name: string): number => Number(new RegExp(`<text class="label" x="[^"]+" y="([^"]+)">${name}<`, 'u').exec(svg)?.[1]);
    expect([top('variableGrads'), top('sum'), top('w')]).toEqual([top('variableGrads'), top('sum'), top('w')].toSorted((a, b) => a - b));
    const [, start, end] = /class="live-edge" d="M[\d.]+ ([\d.]+)[^"]* ([\d.]+)" marker-end="url\(#live-head\)"/u.exec(svg) ?? [];
    expect(Number(start)).toBeLessThan(Number(end));
  });

  it('shows all of the scope in the page, and nothing around it', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'train.ts': mistake });
    const { stdout } = await run(project.root, 'explain', '-f', 'html', 'train.ts:9');
    const code = /<pre><code>([^]*)<\/code><\/pre>/u.exec(stdout)?.[1] ?? '';
    expect(code.split('\n')).toHaveLength(5);
    expect(code).toMatch(/^<i> 9 {2}<\/i>/u);
    expect(code).toMatch(/<i>13 {2}<\/i>\}\);?$/u);
  });
});
