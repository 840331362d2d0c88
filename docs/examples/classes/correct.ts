// A two-layer classifier for points inside and outside a circle, built from classes.
import * as tf from '@tensorflow/tfjs';

abstract class Layer {
  abstract readonly weights: tf.Variable[];
  abstract call(input: tf.Tensor): tf.Tensor;
}

class Dense extends Layer {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;

  constructor(readonly inputs: number, readonly units: number, seed: number) {
    super();
    const scale = Math.sqrt(2 / inputs);
    this.kernel = tf.variable(tf.randomNormal([inputs, units], 0, scale, 'float32', seed));
    this.bias = tf.variable(tf.zeros([units]));
  }

  override get weights(): tf.Variable[] {
    return [this.kernel, this.bias];
  }

  override call(input: tf.Tensor): tf.Tensor {
    return this.activate(input.matMul(this.kernel).add(this.bias));
  }

  protected activate(preActivation: tf.Tensor): tf.Tensor {
    return preActivation;
  }
}

class DenseTanh extends Dense {
  protected override activate(preActivation: tf.Tensor): tf.Tensor {
    return preActivation.tanh();
  }
}

/** Scales every example to unit length, so that no example dominates the next layer. */
class UnitNorm extends Layer {
  override readonly weights: tf.Variable[] = [];

  override call(input: tf.Tensor): tf.Tensor {
    const length = input.square().sum(-1, true).add(1e-6).sqrt();
    return input.div(length);
  }
}

class Classifier {
  readonly hidden = new DenseTanh(2, 12, 21);
  readonly output = new Dense(12, 1, 22);
  readonly #layers: Layer[] = [this.hidden, new UnitNorm(), this.output];
  readonly #optimizer: tf.Optimizer;

  constructor(learningRate: number) {
    this.#optimizer = tf.train.adam(learningRate);
  }

  logits(points: tf.Tensor): tf.Tensor {
    let h = points;
    for (const layer of this.#layers) h = layer.call(h);
    return h;
  }

  loss(points: tf.Tensor, labels: tf.Tensor): tf.Scalar {
    return tf.losses.sigmoidCrossEntropy(labels, this.logits(points));
  }

  fit(points: tf.Tensor, labels: tf.Tensor, epochs: number): number[] {
    const varList = this.#layers.flatMap((layer) => layer.weights);
    const history: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      history.push(
        tf.tidy(() => {
          const cost = this.#optimizer.minimize(() => this.loss(points, labels), true, varList);
          return cost!.dataSync()[0];
        }),
      );
    }
    return history;
  }
}

const points = tf.randomUniform([96, 2], -1, 1, 'float32', 23);
const labels = points.square().sum(1, true).less(0.5).toFloat();

const classifier = new Classifier(0.05);
const initial = { hidden: classifier.hidden.kernel.clone(), output: classifier.output.kernel.clone() };
const history = classifier.fit(points, labels, 120);
history.forEach((loss, epoch) => {
  if (epoch % 30 === 0) console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`);
});

const distance = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().sum().dataSync()[0];
const moved = {
  'hidden.kernel': distance(classifier.hidden.kernel, initial.hidden),
  'output.kernel': distance(classifier.output.kernel, initial.output),
};
console.log('RESULT', JSON.stringify({ first: history[0], last: history.at(-1), moved }));
