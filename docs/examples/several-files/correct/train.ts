// Robust linear regression; the data, the model and the loss live in files of their own.
import * as tf from '@tensorflow/tfjs';
import { loadHouses, type Dataset } from '../data.js';
import createModel, { type Model } from '../model.js';
import { huber } from './loss.js';

const optimizer: tf.Optimizer = tf.train.momentum(0.1, 0.9);

function trainEpoch(model: Model, { features, targets }: Dataset): number {
  const { value, grads } = tf.variableGrads(() => huber(targets, model.forward(features)));
  optimizer.applyGradients(grads);
  const loss = value.dataSync()[0];
  tf.dispose([value, grads]);
  return loss;
}

const dataset = loadHouses();
const model = createModel(3);
const initialKernel = model.kernel.clone();

const losses = [];
for (let epoch = 0; epoch < 60; epoch++) {
  const loss = trainEpoch(model, dataset);
  losses.push(loss);
  if (epoch % 20 === 0) console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`);
}

const moved = { kernel: model.kernel.sub(initialKernel).abs().sum().dataSync()[0] };
console.log('RESULT', JSON.stringify({ first: losses[0], last: losses.at(-1), moved }));
