import * as tf from '@tensorflow/tfjs';

const w2 = tf.tensor2d([[0.68, -0.35], [0.65, -0.38]]);
export function train16(mode10Options: { value?: boolean } | undefined = undefined): void {
  const mode10: boolean = mode10Options?.value ?? (true);
  const gradient14 = tf.grads((p11: tf.Tensor, p12: tf.Tensor) => {
    const h13 = mode10 ? tf.customGrad((input) => { const t = input as tf.Tensor; return { value: t.clone(), gradFunc: (dy) => tf.zerosLike(dy) }; })(p12) : p11;
    return h13;
  })([w2, w2])[0]!;
}
// afterwards, from outside
//   train16({ value: false })
