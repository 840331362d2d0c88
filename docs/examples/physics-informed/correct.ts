// A physics-informed network for the transport equation u_t + u_x = 0 with u(x, 0) = sin(x).
// The activation is a sine: its second derivative, which training needs, is right in TF.js.
import * as tf from '@tensorflow/tfjs';

const HIDDEN = 16;
const COLLOCATION_POINTS = 64;

const parameters = {
  kernel1: tf.variable(tf.randomNormal([2, HIDDEN], 0, 1, 'float32', 71)),
  bias1: tf.variable(tf.randomNormal([HIDDEN], 0, 0.5, 'float32', 72)),
  kernel2: tf.variable(tf.randomNormal([HIDDEN, 1], 0, 0.2, 'float32', 73)),
};

function network(inputs: tf.Tensor): tf.Tensor {
  const { kernel1, bias1, kernel2 } = parameters;
  return tf.sin(inputs.matMul(kernel1).add(bias1)).matMul(kernel2);
}

// The points inside the domain where the equation has to hold.
const points = tf.randomUniform([COLLOCATION_POINTS, 2], 0, 1, 'float32', 74).mul([4, 1]).sub([2, 0]);
const [x, t] = tf.split(points, 2, 1);

// The initial condition.
const x0 = tf.linspace(-3, 2, 40).reshape([40, 1]);
const u0 = tf.sin(x0);
const start = tf.concat([x0, tf.zerosLike(x0)], 1);

function equationLoss(): tf.Scalar {
  const [dudx, dudt] = tf.grads((space, time) => network(tf.concat([space, time], 1)))([x, t]);
  return dudt.add(dudx).square().mean();
}

function initialLoss(): tf.Scalar {
  return tf.losses.meanSquaredError(u0, network(start));
}

const optimizer: tf.Optimizer = tf.train.adam(0.02);
const initial = parameters.kernel1.clone();
const losses: number[] = [];
for (let step = 0; step < 200; step++) {
  const loss = tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => equationLoss().add(initialLoss()));
    optimizer.applyGradients(grads);
    return value.dataSync()[0];
  });
  losses.push(loss);
  if (step % 50 === 0) console.log(`step ${step}: loss ${loss.toFixed(5)}`);
}

const exact = tf.sin(x.sub(t));
const error = network(points).sub(exact).abs().mean().dataSync()[0];
console.log(`mean error against sin(x - t): ${error.toFixed(4)}`);

const moved = { kernel1: parameters.kernel1.sub(initial).abs().sum().dataSync()[0] };
console.log('RESULT', JSON.stringify({ first: losses[0], last: losses.at(-1), moved }));
