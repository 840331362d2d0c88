/** Small projects on disk, with the packages of this one. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const repository = path.join(import.meta.dirname, '..', '..');

export interface Project extends Disposable {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
}

export function createProject(files: Readonly<Record<string, string>>, { packages = true } = {}): Project {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'tensor-cli-')));
  if (packages) symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'dir');
  const write: Project['write'] = (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
  };
  write(files);
  return { root, write, [Symbol.dispose]: () => { rmSync(root, { recursive: true }); } };
}

export const tsconfig = '{ "compilerOptions": { "strict": true, "module": "NodeNext", "noEmit": true, "skipLibCheck": true, "types": [] } }';

/** A training step whose loss may be rebuilt from numbers. */
const script = (predictions: string): string => `import * as tf from '@tensorflow/tfjs';

const xs = tf.ones([8, 4]);
const ys = tf.ones([8, 1]);
const w = tf.variable(tf.zeros([4, 1]));
const b = tf.variable(tf.zeros([1]));
const optimizer = tf.train.sgd(0.1);

optimizer.minimize(() => {
  const pred = xs.matMul(w);
  const loss = ${predictions}.add(b).sub(ys);
  return loss.square().mean();
});
`;

export const correct = script('pred');
/** `w` gets no gradient, `b` does; the quick fix makes it \`correct\`. */
export const mistake = script('tf.tensor(pred.dataSync(), pred.shape)');
