// REINFORCE with a learned baseline: an agent that walks along a corridor to its right end.
import {
  logSoftmax,
  losses,
  multinomial,
  oneHot,
  randomNormal,
  softmax,
  tensor1d,
  tidy,
  train,
  variable,
  zeros,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs';

const CELLS = 6;
const ACTIONS = 2;
const MAX_STEPS = 30;
const DISCOUNT = 0.9;

interface Episode {
  cells: number[];
  actions: number[];
  returns: number[];
}

const policyKernel = variable(randomNormal([CELLS, ACTIONS], 0, 0.1, 'float32', 61));
const policyBias = variable(zeros([ACTIONS]));
const baselineKernel = variable(zeros([CELLS, 1]));

const encode = (cells: number[]): Tensor => oneHot(tensor1d(cells, 'int32'), CELLS).toFloat();
const policyLogits = (cells: number[]): Tensor2D => encode(cells).matMul(policyKernel).add(policyBias);
const baseline = (cells: number[]): Tensor => encode(cells).matMul(baselineKernel).squeeze([1]);

let seed = 600;
function chooseAction(cell: number): number {
  return tidy(() => multinomial(policyLogits([cell]), 1, seed++).dataSync()[0]);
}

function discountedReturns(rewards: number[]): number[] {
  const returns: number[] = [];
  let following = 0;
  for (const reward of [...rewards].reverse()) {
    following = reward + DISCOUNT * following;
    returns.unshift(following);
  }
  return returns;
}

function playEpisode(): Episode {
  const cells: number[] = [];
  const actions: number[] = [];
  const rewards: number[] = [];
  let cell = 0;
  while (cell < CELLS - 1 && cells.length < MAX_STEPS) {
    const action = chooseAction(cell);
    cells.push(cell);
    actions.push(action);
    cell = Math.max(0, cell + (action === 1 ? 1 : -1));
    rewards.push(cell === CELLS - 1 ? 1 : -0.05);
  }
  return { cells, actions, returns: discountedReturns(rewards) };
}

const optimizer = train.adam(0.05);

function update(episodes: Episode[]): number {
  const cells = episodes.flatMap((episode) => episode.cells);
  const actions = episodes.flatMap((episode) => episode.actions);
  const returns = episodes.flatMap((episode) => episode.returns);

  // The advantage is a weight, not a path for gradients: reading the baseline is intended.
  const expected = tidy(() => baseline(cells).dataSync());
  const advantages = tensor1d(returns.map((value, i) => value - expected[i]));

  const cost = optimizer.minimize(() => {
    const taken = logSoftmax(policyLogits(cells)).mul(oneHot(tensor1d(actions, 'int32'), ACTIONS)).sum(1);
    const policyLoss = taken.mul(advantages).mean().neg();
    const baselineLoss: Scalar = losses.meanSquaredError(tensor1d(returns), baseline(cells));
    return policyLoss.add(baselineLoss);
  }, true);
  return cost!.dataSync()[0];
}

const initialPolicy = policyKernel.clone();
const initialBaseline = baselineKernel.clone();
const meanSteps: number[] = [];
for (let iteration = 0; iteration < 40; iteration++) {
  const episodes = Array.from({ length: 6 }, playEpisode);
  const loss = tidy(() => update(episodes));
  meanSteps.push(episodes.reduce((sum, { cells }) => sum + cells.length, 0) / episodes.length);
  if (iteration % 10 === 0) {
    const right = tidy(() => softmax(policyLogits([0])).dataSync()[1]);
    console.log(
      `iteration ${iteration}: loss ${loss.toFixed(3)}, steps ${meanSteps[iteration].toFixed(1)}, p(right) ${right.toFixed(2)}`,
    );
  }
}

const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const moved = {
  policyKernel: policyKernel.sub(initialPolicy).abs().sum().dataSync()[0],
  baselineKernel: baselineKernel.sub(initialBaseline).abs().sum().dataSync()[0],
};
console.log(
  'RESULT',
  JSON.stringify({ first: average(meanSteps.slice(0, 5)), last: average(meanSteps.slice(-5)), moved }),
);
