// Deep Q-learning with a target network, in plain JavaScript: a cart has to stop on the middle cell.
const tf = require('@tensorflow/tfjs');

const CELLS = 7;
const GOAL = 3;
const ACTIONS = 3; // left, stay, right
const GAMMA = 0.8;
const BATCH_SIZE = 32;

function createNetwork(seed) {
  const network = tf.sequential();
  network.add(tf.layers.dense({
    inputShape: [CELLS],
    units: 16,
    activation: 'relu',
    kernelInitializer: tf.initializers.heNormal({ seed }),
  }));
  network.add(tf.layers.dense({
    units: ACTIONS,
    kernelInitializer: tf.initializers.glorotNormal({ seed: seed + 1 }),
  }));
  return network;
}

// A small linear congruential generator keeps the run reproducible.
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const random = createRandom(90);
const randomInt = (limit) => Math.floor(random() * limit);

const environment = {
  cell: 0,
  reset() {
    this.cell = randomInt(CELLS);
    return this.cell;
  },
  step(action) {
    this.cell = Math.min(CELLS - 1, Math.max(0, this.cell + action - 1));
    return { next: this.cell, reward: this.cell === GOAL ? 1 : 0 };
  },
};

class Agent {
  constructor() {
    this.online = createNetwork(91);
    this.target = createNetwork(93);
    this.optimizer = tf.train.adam(0.01);
    this.memory = [];
    this.syncTarget();
  }

  syncTarget() {
    this.target.setWeights(this.online.getWeights());
  }

  encode(cells) {
    return tf.oneHot(tf.tensor1d(cells, 'int32'), CELLS).toFloat();
  }

  act(cell, epsilon) {
    if (random() < epsilon) return randomInt(ACTIONS);
    return tf.tidy(() => this.online.predict(this.encode([cell])).argMax(1).dataSync()[0]);
  }

  remember(transition) {
    this.memory.push(transition);
    if (this.memory.length > 500) this.memory.shift();
  }

  // The bootstrapped values are labels: they leave the graph as plain numbers on purpose.
  targetValues(batch) {
    return tf.tidy(() => {
      const best = this.target.predict(this.encode(batch.map((sample) => sample.next))).max(1).dataSync();
      return batch.map((sample, i) => sample.reward + GAMMA * best[i]);
    });
  }

  learn() {
    const batch = Array.from({ length: BATCH_SIZE }, () => this.memory[randomInt(this.memory.length)]);
    const labels = tf.tensor1d(this.targetValues(batch));
    const cells = this.encode(batch.map((sample) => sample.cell));
    const actions = batch.map((sample) => sample.action);

    const loss = this.optimizer.minimize(() => {
      const chosen = tf.oneHot(tf.tensor1d(actions, 'int32'), ACTIONS);
      const values = this.online.predict(cells).mul(chosen).sum(1);
      return tf.losses.meanSquaredError(labels, values);
    }, true);
    return loss.dataSync()[0];
  }
}

/** The mean distance between what the online network predicts and what is true for this corridor. */
function valueError(agent) {
  return tf.tidy(() => {
    const cells = Array.from({ length: CELLS }, (_, cell) => cell);
    const best = agent.online.predict(agent.encode(cells)).max(1).dataSync();
    const truth = cells.map((cell) => GAMMA ** Math.max(0, Math.abs(cell - GOAL) - 1) / (1 - GAMMA));
    return truth.reduce((sum, value, i) => sum + Math.abs(value - best[i]), 0) / CELLS;
  });
}

const agent = new Agent();
const initial = agent.online.getWeights().map((weight) => weight.clone());
const first = valueError(agent);

let cell = environment.reset();
for (let step = 0; step < 500; step++) {
  const action = agent.act(cell, Math.max(0.2, 1 - step / 300));
  const { next, reward } = environment.step(action);
  agent.remember({ cell, action, reward, next });
  cell = step % 10 === 9 ? environment.reset() : next;

  if (step >= BATCH_SIZE) {
    const loss = tf.tidy(() => agent.learn());
    if (step % 100 === 0) console.log(`step ${step}: loss ${loss.toFixed(4)}, value error ${valueError(agent).toFixed(3)}`);
  }
  if (step % 20 === 0) agent.syncTarget();
}

const moved = { kernel: agent.online.getWeights()[0].sub(initial[0]).abs().sum().dataSync()[0] };
console.log('RESULT', JSON.stringify({ first, last: valueError(agent), moved }));
