// A GAN that learns to draw numbers from a normal distribution around 3.
import * as tf from '@tensorflow/tfjs';

const LATENT = 4;
const BATCH = 64;
const STEPS = 150;
const REAL_MEAN = 3;

let seed = 50;
const sampleNoise = () => tf.randomNormal([BATCH, LATENT], 0, 1, 'float32', seed++);
const sampleReal = () => tf.randomNormal([BATCH, 1], REAL_MEAN, 0.5, 'float32', seed++);

function buildGenerator(): tf.LayersModel {
  const noise = tf.input({ shape: [LATENT] });
  const hidden = tf.layers
    .dense({ units: 8, activation: 'tanh', kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) })
    .apply(noise) as tf.SymbolicTensor;
  const sample = tf.layers
    .dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) })
    .apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs: noise, outputs: sample, name: 'generator' });
}

function buildDiscriminator(): tf.LayersModel {
  return tf.sequential({
    name: 'discriminator',
    layers: [
      tf.layers.dense({
        inputShape: [1],
        units: 12,
        activation: 'tanh',
        kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }),
    ],
  });
}

const generator = buildGenerator();
const discriminator = buildDiscriminator();

// The variables behind the layers' weights: each optimizer may only touch its own network.
const variablesOf = (model: tf.LayersModel) =>
  model.trainableWeights.map((weight) => weight.read() as tf.Variable);
const generatorVariables = variablesOf(generator);
const discriminatorVariables = variablesOf(discriminator);

const generatorOptimizer = tf.train.adam(0.02, 0.5);
const discriminatorOptimizer = tf.train.adam(0.02, 0.5);

const logitsOf = (samples: tf.Tensor) => discriminator.apply(samples, { training: true }) as tf.Tensor;

function trainDiscriminator(): tf.Scalar {
  const real = sampleReal();
  // Made outside the scope on purpose: this step must not train the generator.
  const fake = generator.predict(sampleNoise()) as tf.Tensor;
  return discriminatorOptimizer.minimize(
    () => {
      const realLoss = tf.losses.sigmoidCrossEntropy(tf.onesLike(real), logitsOf(real));
      const fakeLoss = tf.losses.sigmoidCrossEntropy(tf.zerosLike(fake), logitsOf(fake));
      return realLoss.add(fakeLoss);
    },
    true,
    discriminatorVariables,
  )!;
}

function trainGenerator(): tf.Scalar {
  const fake = generator.predict(sampleNoise()) as tf.Tensor;
  return generatorOptimizer.minimize(
    () => tf.losses.sigmoidCrossEntropy(tf.onesLike(fake), logitsOf(fake)),
    true,
    generatorVariables,
  )!;
}

/** How far the mean of the drawn numbers is from the mean of the real ones. */
const meanGap = () =>
  tf.tidy(() => {
    const drawn = generator.predict(tf.randomNormal([256, LATENT], 0, 1, 'float32', 7)) as tf.Tensor;
    return Math.abs(drawn.mean().dataSync()[0] - REAL_MEAN);
  });

const before = [...generatorVariables, ...discriminatorVariables].map((variable) => variable.clone());
const first = meanGap();
for (let step = 0; step < STEPS; step++) {
  const [dLoss, gLoss] = tf.tidy(() => [trainDiscriminator().dataSync()[0], trainGenerator().dataSync()[0]]);
  if (step % 50 === 0) {
    console.log(`step ${step}: discriminator ${dLoss.toFixed(3)}, generator ${gLoss.toFixed(3)}, gap ${meanGap().toFixed(3)}`);
  }
}

const shift = (variable: tf.Variable, i: number) => variable.sub(before[i]).abs().sum().dataSync()[0];
const shifts = [...generatorVariables, ...discriminatorVariables].map(shift);
const moved = { generator: shifts[0], discriminator: shifts[generatorVariables.length] };
console.log('RESULT', JSON.stringify({ first, last: meanGap(), moved }));
