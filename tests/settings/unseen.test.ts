/** JavaScript without a project is read alone, with what it imports. What imports it is asked before something is said of all that becomes of its layers. */
import { afterAll, describe, expect, it } from 'vitest';

import plugin from '../../src/index.ts';
import { Project } from './project.ts';

const scale = `import * as tf from '@tensorflow/tfjs';
export class Scale extends tf.layers.Layer {
  static className = 'Scale';
  factor = tf.variable(tf.scalar(1));
  call(inputs) {
    return (Array.isArray(inputs) ? inputs[0] : inputs).mul(this.factor);
  }
}
`;
const norm = `import * as tf from '@tensorflow/tfjs';
export class Norm extends tf.layers.Layer {
  static className = 'Norm';
  build(shape) {
    this.gain = this.addWeight('gain', [shape[1]], 'float32', tf.initializers.ones());
    super.build(shape);
  }
  call(inputs) {
    return (Array.isArray(inputs) ? inputs[0] : inputs).tanh();
  }
}
`;
const ownStep = (specifier: string): string => `import * as tf from '@tensorflow/tfjs';
import { Scale } from '${specifier}';
const model = tf.sequential({ layers: [new Scale({ inputShape: [2] }), tf.layers.dense({ units: 1 })] });
tf.train.adam(0.05).minimize(() => model.apply(tf.ones([3, 2])).sub(1).square().mean());
`;
const fitted = `import * as tf from '@tensorflow/tfjs';
import { Scale } from './layers.js';
export const model = tf.sequential({ layers: [new Scale({ inputShape: [2] }), tf.layers.dense({ units: 1 })] });
`;
const scaled = `import { Norm } from './layers.js';
export class Scaled extends Norm {
  static className = 'Scaled';
  call(inputs) {
    return super.call(inputs).mul(this.gain.read());
  }
}
`;

const untracked = ['tensor/no-untracked-weight'];
const unused = ['tensor/no-unreached-variable'];

const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['nobody trains it in a step of its own', { 'layers.js': scale, 'main.js': fitted }, untracked],
  ['another file trains it in a step of its own', { 'layers.js': scale, 'main.js': ownStep('./layers.js') }, []],
  ['a file elsewhere in the package does, by way of a third', { 'layers.js': scale, 'index.js': 'export * from "./layers.js";', 'scripts/train.mjs': ownStep('../index.js') }, []],
  ['a file does that imports it by another name', { 'layers.js': scale, 'train.ts': ownStep('#app/layers.js') }, []],
  ['a file trains something else', { 'layers.js': scale, 'other/layers.js': scale, 'other/train.js': ownStep('./layers.js') }, untracked],
  ['a class of the file that imports it uses what it has', { 'layers.js': norm, 'scaled.js': scaled }, []],
  ['no class extends it', { 'layers.js': norm, 'names.js': 'import { Norm } from "./layers.js";\nexport const all = [Norm];' }, unused],
];

describe('a layer in a file that is read alone', () => {
  const made: Project[] = [];
  afterAll(() => { for (const project of made) project.remove(); });

  it.each(cases)('%s', async (_, files, expected) => {
    const project = new Project(files);
    made.push(project);
    const told = await project.lint([plugin.configs.recommended], 'layers.js');
    expect(told['layers.js']?.map(({ ruleId }) => ruleId)).toEqual(expected);
  });
});
