/** A part of TF.js, described as a stranger's library would be, is found to do what the built-in tables say of it. */
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { libraries as builtIn } from '../../src/libraries/index.ts';
import { librariesFor } from '../../src/settings/libraries.ts';
import type { LibraryDescription } from '../../src/settings/settings.ts';
import { Linter, folder } from '../fuzz/lint.ts';

const flowing = { operation: { this: 'flows' } } as const;
const both = { operation: { this: 'flows', other: 'flows' } } as const;

/** With tensors of its own: nothing of it is taken from the built-in tables. */
const inHouse: LibraryDescription = {
  name: 'TF.js',
  packages: ['tensors'],
  members: {
    tensor: { makes: 'tensor' },
    ones: { makes: 'tensor' },
    variable: { makes: 'variable', from: 0, trainable: 1 },
    matMul: { operation: { a: 'flows', b: 'flows' } },
    tidy: { runs: 0 },
    keep: { gives: 0 },
    memory: { gives: 'plain' },
    dispose: { gives: 'nothing' },
    variableGrads: { opens: 'variables', list: 1, result: 'value-and-grads' },
    grad: { opens: 'argument' },
    grads: { opens: 'arguments' },
    valueAndGrad: { opens: 'argument', result: 'value-and-gradients' },
    'train.sgd': { makes: 'Optimizer' },
  },
  classes: {
    Tensor: {
      kind: 'tensor',
      members: {
        matMul: both, mul: both, add: both, sub: both, square: flowing, mean: flowing, sum: flowing, tanh: flowing,
        floor: { operation: { this: 'zero' } },
        greater: { operation: { this: 'none', other: 'none' } },
        dataSync: { reads: 'this' },
        data: { reads: 'this', result: 'promise' },
        shape: { gives: 'plain' },
        print: { gives: 'nothing' },
        unstack: { ...flowing, result: 'tensors' },
      },
    },
    Variable: { kind: 'variable', extends: 'Tensor', members: { assign: { updates: 'this' } } },
    Optimizer: { members: { minimize: { opens: 'variables', callback: 0, list: 2 }, computeGradients: { opens: 'variables', list: 1, result: 'value-and-grads' } } },
  },
};

/** Where TF.js has no such function, as most wrappers do. */
const wrapper: LibraryDescription = { name: 'wrapper', packages: ['tensors'], extends: '@tensorflow/tfjs', members: { all: { like: '*' } } };

const start = `const x = tf.ones([2, 2]);
const w = tf.variable(tf.ones([2, 2]));
const head = tf.variable(tf.ones([2, 2]));
const optimizer = tf.train.sgd(0.1);
`;

const programs: Readonly<Record<string, string>> = {
  'all flows': 'optimizer.minimize(() => x.matMul(w).tanh().sub(x).square().mean());',
  'a read': 'optimizer.minimize(() => tf.tensor(x.matMul(w).dataSync()).mean());',
  'a read beside what trains': 'optimizer.minimize(() => tf.tensor(x.matMul(w).dataSync(), [2, 2]).mul(head).mean());',
  'a read for a log': 'optimizer.minimize(() => { const y = x.matMul(w); console.log(y.dataSync(), y.shape, tf.memory()); y.print(); return y.mean(); });',
  'an awaited read': 'optimizer.minimize(async () => { const y = await x.matMul(w).data(); return tf.tensor(y).mean(); });',
  'computed outside': 'const y = x.matMul(w).square(); optimizer.minimize(() => y.mul(head).mean());',
  'a zero derivative': 'optimizer.minimize(() => x.matMul(w).floor().mean(), false, [w]);',
  'one of two paths': 'optimizer.minimize(() => x.matMul(w).floor().add(w).mean(), false, [w]);',
  'no derivative': 'tf.variableGrads(() => x.matMul(w).greater(x).mean());',
  'a variable that is not used': 'tf.variableGrads(() => x.matMul(w).mean(), [w, head]);',
  'a plain tensor in the list': 'const plain = tf.ones([2, 2]); optimizer.minimize(() => plain.square().mean(), false, [plain]);',
  'a frozen variable': 'const frozen = tf.variable(tf.ones([2]), false); const other = () => frozen.square().mean(); tf.grads((a, b) => a.mul(other()).mean())([x, head]);',
  'an argument that is ignored': 'tf.grad((a) => x.square().mean())(x);',
  'an argument that is read': 'tf.valueAndGrad((a) => tf.tensor(a.dataSync()).mean())(x).grad.print();',
  'several arguments': 'tf.grads((a, b) => a.matMul(b).mean())([x, w]);',
  'in a region': 'optimizer.minimize(() => tf.tidy(() => tf.keep(tf.tensor(tf.matMul(x, w).dataSync()))).mean());',
  'parts': 'optimizer.minimize(() => { const [first] = x.matMul(w).unstack(); return tf.tensor(first.dataSync()).mean(); });',
  'a result that is none': 'optimizer.minimize(() => { x.matMul(w).mean(); });',
  'what is overwritten': 'w.assign(x); optimizer.minimize(() => x.matMul(head).add(w.floor()).mean());',
  'gradients of an optimizer': 'const y = w.square(); optimizer.computeGradients(() => y.mean(), [w]);',
};

/** Warnings that hang on what TF.js does: whether a read waits for a device, whether a call throws. */
const byRun: ReadonlySet<string> = new Set(['sync-read', 'unapplied-gradient']);

/** What is found, but for what TF.js does then, which only its own tables know. */
function findings(specifier: string, libraries: readonly (typeof builtIn)[number][], namespace = '*'): Readonly<Record<string, unknown>> {
  const named = namespace === '*' ? '* as tf' : `{ ${namespace} as tf }`;
  const files = new Map(Object.entries(programs).map(([name, text]) => [path.join(folder, `${name.replaceAll(' ', '-')}.js`), `import ${named} from '${specifier}';\n${start}${text}\n`]));
  const inspections = new Linter().lint(files, libraries);
  return Object.fromEntries([...inspections].map(([file, inspection]) => [path.basename(file), inspection.findings.filter(({ cause }) => !byRun.has(cause)).map(({ cause, variant, site, sources, before, after, scope }) =>
    [cause, variant, site.line, scope, sources.join(), [...before, ...after].map(({ label }) => label).join(' ')].join(' | ')).sort()]));
}

const expected = findings('@tensorflow/tfjs', builtIn);

describe('the same is found', () => {
  it('in a library with tensors of its own', () => {
    expect(findings('tensors', librariesFor({ libraries: [inHouse] }, '/'))).toEqual(expected);
  });

  it('in a wrapper that hands on all there is', () => {
    expect(findings('tensors', librariesFor({ libraries: [wrapper] }, '/'), 'all')).toEqual(expected);
  });

  it('and that is not nothing', () => {
    const found = Object.values(expected).filter((list) => (list as readonly unknown[]).length > 0);
    expect(found.length).toBeGreaterThan(10);
  });

  it('nothing without a description', () => {
    expect(Object.values(findings('tensors', builtIn)).flat()).toEqual([]);
  });
});
