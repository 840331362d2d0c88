/** Pages and the scripts that they load, with the configurations of docs/settings.md. */
import parser from '@typescript-eslint/parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { configurations } from './documented.ts';
import { Project, told } from './project.ts';

const [, untyped = [], typed = []] = configurations;

const page = `<!doctype html>
<html>
<head>
  <script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4"></script>
</head>
<body>
  <script>
    const xs = tf.tensor2d([[1, 2], [3, 4]]);
    const w = tf.variable(tf.randomNormal([2, 1]));
    const head = tf.variable(tf.randomNormal([1, 1]));

    tf.train.sgd(0.1).minimize(() => {
      const hidden = xs.matMul(w);
      return tf.tensor(hidden.dataSync(), [2, 1]).matMul(head).mean();
    });
  </script>
  <p>Trained.</p>
  <script>window.tf.grad((x) => tf.ones([2]).mean())(1);</script>
</body>
</html>
`;

const script = `const kernel = tf.variable(tf.ones([2, 1]));
const bias = tf.variable(tf.ones([1]));
const features = tf.ones([4, 2]).matMul(kernel);
tf.train.sgd(0.1).minimize(() => features.mean());
tf.train.sgd(0.1).minimize(() => features.add(bias).mean());
`;

const read = '14:24-14:41 tensor/no-host-read-in-tape `w` gets no gradient from this loss: `hidden.dataSync()` takes the values off the tape, and the loss is rebuilt from numbers. '
  + 'TF.js skips `w` without an error, so it never trains. Compute with tensors instead. Path: w → matMul (13) ✂ dataSync (14) → tensor (14) → matMul (14) → mean (14).';
const ignored = expect.stringMatching(/^18:26-18:52 tensor\/no-unwatched-constant The function does not use its argument/u) as string;
const alone = expect.stringMatching(/^4:34-4:42 tensor\/no-compute-outside-tape `kernel` gets no gradient here.* At run time TF\.js throws.* Path: kernel → matMul \(3\) ✂ mean \(4\)\./u) as string;
const beside = expect.stringMatching(/^5:34-5:42 tensor\/no-compute-outside-tape `kernel` gets no gradient here.* TF\.js skips `kernel`/u) as string;

const weights = `import * as tf from '@tensorflow/tfjs';
export const [weight, top] = [tf.variable(tf.randomNormal([2, 1])), tf.variable(tf.randomNormal([1, 1]))];
`;
const module = `import * as tf from '@tensorflow/tfjs';
const inputs = tf.tensor2d([[1, 2], [3, 4]]);
const other = tf.variable(tf.randomNormal([2, 1]));
import { top } from './weights.js';


tf.train.sgd(0.1).minimize(() => {
  const hidden = inputs.matMul(other);
  return tf.tensor(hidden.dataSync(), [2, 1]).matMul(top).mean();
});
`;

const tsconfig = '{ "compilerOptions": { "allowJs": true, "noEmit": true, "module": "NodeNext", "types": [] }, "include": ["*.js", "*.html"] }';
const files = { 'page.html': page, 'script.js': script, 'tsconfig.json': tsconfig };
let project: Project;

beforeAll(() => { project = new Project({ ...files, 'module.js': module, 'module.ts': module, 'weights.js': weights }); });
afterAll(() => { project.remove(); });

/** The reports for a script that is in a project with another one. */
async function besides(other: string): Promise<readonly string[] | undefined> {
  const both = new Project({ ...files, 'other.js': other });
  try {
    return (await both.lint(typed, 'script.js'))['script.js']?.map(told);
  } finally {
    both.remove();
  }
}

describe('without types', () => {
  it('a page is checked, on its own lines', async () => {
    const messages = await project.lint(untyped, 'page.html');
    expect(messages['page.html']?.map(told)).toEqual([read, ignored]);
  });

  it('a script is checked; of what other scripts may train, only what throws is said', async () => {
    const messages = await project.lint(untyped, 'script.js');
    expect(messages['script.js']?.map(told)).toEqual([alone]);
  });

  it('the lines of a path are left out where the page is not as it was saved', async () => {
    const text = page.replace('<body>', '<body>\n').replace('.matMul(head)', '');
    const [result] = await project.eslint(untyped).lintText(text, { filePath: project.path('page.html') });
    expect(result?.messages.map(({ line, message }) => [line, /Path: .*?\./u.exec(message)?.[0]])).toEqual([[15, 'Path: w → matMul ✂ dataSync → tensor → mean.'], [19, undefined]]);
  });

  it('a variable that the rest of the page names may be trained there', async () => {
    project.write({ 'shared.html': page.replace('Trained.', 'Trained: w.') });
    expect((await project.lint(untyped, 'shared.html'))['shared.html']?.map(told)).toEqual([ignored]);
  });

  it('a name of its own is not the library', async () => {
    const own = new Project({ 'own.html': `<script>\nconst tf = { variable: (x) => x, ones: (x) => x, minimize: (f) => f() };\n${script}</script>` });
    expect((await own.lint(untyped, 'own.html'))['own.html']).toEqual([]);
    own.remove();
  });

  it('a page without scopes costs no program, and is silent', async () => {
    project.write({ 'plain.html': '<script>const x = tf.ones([2]);\nx.print();</script>' });
    expect((await project.lint(untyped, 'plain.html'))['plain.html']).toEqual([]);
  });

  it('a module is read with what it imports', async () => {
    expect((await project.lint(untyped, 'module.js'))['module.js']?.map(told)).toEqual([read.replaceAll('`w`', '`other`').replace('w →', 'other →').replace('14:24-14:41', '9:20-9:37').replace(/\((\d+)\)/gu, (_, line: string) => `(${String(Number(line) - 5)})`)]);
  });

  it('TypeScript that is a module needs types, and says so, with the file and both ways out', async () => {
    const untypedScript = [{ ...untyped[0], files: ['**/*.ts'], languageOptions: { parser } }, ...untyped.slice(1)];
    await expect(project.lint(untypedScript, 'module.ts')).rejects.toThrow(/module\.ts is linted without.*projectService.*tensor\.configs\.disableTypeChecked/u);
  });

  it('a script is silent where no global is named', async () => {
    const without = untyped.map((each) => ({ ...each, settings: {} }));
    expect((await project.lint(without, 'script.js'))['script.js']).toEqual([]);
  });
});

describe('with types', () => {
  it('a page is checked, on its own lines', async () => {
    const messages = await project.lint(typed, 'page.html');
    expect(messages['page.html']?.map(told)).toEqual([read, ignored]);
  });

  it('a script is checked: no other one of the project uses its variables', async () => {
    const messages = await project.lint(typed, 'script.js');
    expect(messages['script.js']?.map(told)).toEqual([alone, beside]);
  });

  it('what another script of the project names may be trained there', async () => {
    expect(await besides('tf.train.sgd(0.1).minimize(() => kernel.mean());\n')).toEqual([alone]);
  });

  it('a module of the project shares no names', async () => {
    expect(await besides('const tf = 2;\nexport { tf };\n')).toEqual([alone, beside]);
    expect(await besides('const tf = require("@tensorflow/tfjs");\n')).toEqual([alone, beside]);
  });

  it('a global that a script of the project defines is not the library', async () => {
    expect(await besides('var tf = { variable: (x) => x, ones: (x) => x };\n')).toEqual([]);
  });
});
