/** Settings as ESLint has them: one for each file, told once, believed everywhere. */
import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import tensor from '../../src/index.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { Project, told } from './project.ts';

const wrapper = `import * as tf from '@tensorflow/tfjs';
import { detach, train } from '@acme/ml';

const w = tf.variable(tf.ones([2, 2]));
train.step(() => detach(w.square()).mean());
`;

const script = `const kernel = tf.variable(tf.ones([2, 1]));
const features = tf.ones([4, 2]).matMul(kernel);
tf.train.sgd(0.1).minimize(() => features.mean());
`;

const local = `import * as tf from '@tensorflow/tfjs';
import { stop } from './ops/stop.js';
import * as ops from './ops/stop.js';

const w = tf.variable(tf.ones([2, 2]));
tf.train.sgd(0.1).minimize(() => stop(w.square()).mean());
const v = tf.variable(tf.ones([2, 2]));
tf.train.sgd(0.1).minimize(() => ops.double(ops.stop(v)).mean());
`;

const described = (form: object): Settings => ({ libraries: [{ name: 'acme', packages: ['@acme/ml'], extends: '@tensorflow/tfjs', members: { 'train.step': { opens: 'variables' }, detach: form as { readonly stops: 0 } } }] });

function config(settings: unknown, files = '**/*.{js,ts}'): Linter.Config {
  return { files: [files], ...tensor.configs.recommended, languageOptions: { parser, parserOptions: { projectService: true } }, settings: { tensor: settings } };
}

let project: Project;

beforeAll(() => {
  project = new Project({
    'one/wrapper.ts': wrapper,
    'two/wrapper.ts': wrapper,
    'three/wrapper.ts': wrapper,
    'script.js': script,
    'local.ts': local,
    // Too roundabout to follow, if nobody says what it does.
    'ops/stop.ts': `import * as tf from '@tensorflow/tfjs';\nexport const stop = (x: tf.Tensor): tf.Tensor => (JSON.parse('[]') as ((x: tf.Tensor) => tf.Tensor)[])[0]!(x);\nexport const double = (x: tf.Tensor): tf.Tensor => x.add(x);\n`,
    'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "noEmit": true, "strict": true, "module": "NodeNext", "types": [], "skipLibCheck": true } }',
  });
});

afterAll(() => { project.remove(); });

describe('settings that cannot be used', () => {
  const wrong = config({ libraries: [{ name: 'acme', packages: ['@acme/ml'], members: { detach: { stop: 0 } } }] });

  it.each(['one/wrapper.ts', 'script.js', 'ops/stop.ts'])('stop the run, whatever the file has: %s', async (file) => {
    await expect(project.lint([wrong], file)).rejects.toThrow('settings.tensor.libraries[0].members.detach: "stop" is no form; write one of');
  });

  it('stop it each time', async () => {
    const eslint = project.eslint([wrong]);
    for (const file of ['one/wrapper.ts', 'one/wrapper.ts', 'two/wrapper.ts']) await expect(eslint.lintFiles(file)).rejects.toThrow('cannot use its settings');
  });
});

describe('each file has its own', () => {
  it('in one run over one program', async () => {
    const messages = await project.lint([
      config(described({ stops: 0 }), 'one/*.ts'),
      config(described({ gives: 0 }), 'two/*.ts'),
      config(undefined, 'three/*.ts'),
    ], 'one/wrapper.ts', 'two/wrapper.ts', 'three/wrapper.ts');
    expect(Object.entries(messages).map(([file, list]) => [file, list.map(({ ruleId }) => ruleId)])).toEqual([
      ['one/wrapper.ts', ['tensor/no-stop-gradient-on-trainable']],
      ['two/wrapper.ts', []],
      ['three/wrapper.ts', []],
    ]);
  });

  it('and a file that was linted without is linted anew with them', async () => {
    const [before, after, again] = [config(undefined), config({ globals: { tf: '@tensorflow/tfjs' } }), config(undefined)];
    const rules = async (settings: Linter.Config): Promise<readonly (string | null)[]> => (await project.lint([settings], 'script.js'))['script.js']!.map(({ ruleId }) => ruleId);
    expect([await rules(before), await rules(after), await rules(again)]).toEqual([[], ['tensor/no-compute-outside-tape'], []]);
  });
});

describe('a description', () => {
  const settings: Settings = {
    globals: { tf: '@tensorflow/tfjs', acme: '@acme/ml' },
    libraries: [{
      name: 'acme', packages: ['@acme/ml'], extends: '@tensorflow/tfjs',
      members: { detach: { stops: 0 }, 'nn.core': { like: '*' }, adam: { like: 'train.adam' }, loss: { like: 'losses.meanSquaredError' }, moments: { operation: { x: 'flows', axis: 'zero' }, result: ['mean', 'variance'] } },
      classes: { Sgd: { extends: 'Optimizer', members: { step: { opens: 'variables' } } }, Momentum: { extends: 'Sgd' } },
    }],
  };
  const head = 'const w = tf.variable(tf.ones([2]));\nconst y = w.square();\n';

  it.each([
    ['a global of its own', 'tf.train.sgd(0.1).minimize(() => acme.detach(w).mean());', 'stop-gradient'],
    ['a class that extends one of the library', 'new acme.Sgd().minimize(() => y.mean());', 'outside'],
    ['a method of its own', 'new acme.Sgd().step(() => y.mean());', 'outside'],
    ['a class that extends a described one', 'new acme.Momentum().step(() => y.mean());', 'outside'],
    ['a class of the program that extends a described one', 'class Mine extends acme.Momentum {}\nnew Mine().minimize(() => y.mean());', 'outside'],
    ['a function of the library under its own name', 'acme.adam(0.1).minimize(() => acme.loss(y, tf.ones([2])));', 'outside'],
    ['all of the library', 'acme.nn.core.train.sgd(1).minimize(() => acme.nn.core.tensor(w.dataSync()).mean());', 'host-read'],
    ['an operation with several results', 'acme.adam(0.1).minimize(() => { const { mean } = acme.moments(w.floor(), 0); return mean; });', 'zero'],
    ['what it does not speak of', 'acme.adam(0.1).minimize(() => acme.other(w).mean());', undefined],
    ['what stands above a described name, called', 'acme.adam(0.1).minimize(() => acme.nn(w).mean());', undefined],
  ])('knows %s', async (_, text, cause) => {
    const eslint = project.eslint([{ ...tensor.configs.recommended, settings: { tensor: settings } }]);
    const [result] = await eslint.lintText(head + text, { filePath: project.path('text.js') });
    expect(result!.messages.map(({ ruleId }) => ruleId)).toEqual(cause === undefined ? [] : [expect.stringContaining(cause)]);
  });
});

describe('a file of the project', () => {
  const settings: Settings = { libraries: [{ name: 'ops', paths: ['ops/*.ts'], extends: '@tensorflow/tfjs', members: { stop: { stops: 0 } } }] };

  it('is described in place of its code; the rest of it is followed', async () => {
    const messages = await project.lint([config(settings)], 'local.ts');
    expect(messages['local.ts']!.map(told)).toEqual([
      expect.stringMatching(/^6:34-6:50 tensor\/no-stop-gradient-on-trainable `w` gets no gradient.* Path: w → square \(6\) ✂ stop \(6\) → mean \(6\)/u),
      expect.stringMatching(/^8:45-8:56 tensor\/no-stop-gradient-on-trainable `v` gets no gradient.* Path: v ✂ stop \(8\) → add \(ops\/stop\.ts:3\) → mean \(8\)/u),
    ]);
  });

  it('is unknown without, and so silent', async () => {
    expect((await project.lint([config(undefined)], 'local.ts'))['local.ts']).toEqual([]);
  });

  it('is another one elsewhere', async () => {
    expect((await project.lint([config({ libraries: [{ ...settings.libraries![0]!, paths: ['src/ops/*.ts'] }] })], 'local.ts'))['local.ts']).toEqual([]);
  });
});
