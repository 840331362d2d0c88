/** Metrics of models: labels, and what is predicted for them. */
import { type Dimensions, closed } from '../numbers/dimensions.ts';
import type { Call } from '../numbers/results/call.ts';
import { broadcastVerdict, sameVerdict } from './broadcasting.ts';
import { type Contract, type Given, type Verdict, all, failure, fits, given, listed, rankOf, unknown } from './verdict.ts';

const labelsAndPredictions = (call: Call): readonly Given[] => [given(call, 0), given(call, 1)];

/** What else they may fail of, a scalar's last axis for one, is not looked at. */
function failing(verdict: Verdict): Verdict {
  return verdict.kind === 'fits' ? unknown : verdict;
}

/** They broadcast. */
const broadcasting: Contract = (call) => failing(broadcastVerdict(call.tensor(0).dimensions, call.tensor(1).dimensions, labelsAndPredictions(call)));

/** The same, of the predictions and the labels. */
const turned: Contract = (call) => failing(broadcastVerdict(call.tensor(1).dimensions, call.tensor(0).dimensions, labelsAndPredictions(call)));

/** The predictions are taken the logarithm of first. */
const logarithmic: Contract = (call) => all([call.tensor(1).type === 'float32' ? fits : unknown, broadcasting(call)]);

/** Without the last axis, along which the largest is looked for. */
function withoutLast({ open, lengths }: Dimensions): Dimensions | undefined {
  return lengths.length === 0 ? undefined : { open, lengths: lengths.slice(0, -1) };
}

/** `categoricalAccuracy(labels, predictions)`: the place of the largest in each row of both. */
const largest: Contract = (call) => {
  const [labels, predictions] = [0, 1].map((at) => withoutLast(call.tensor(at).dimensions));
  return labels === undefined || predictions === undefined ? unknown : failing(broadcastVerdict(labels, predictions, labelsAndPredictions(call)));
};

/** `sparseCategoricalAccuracy(labels, predictions)`: the labels may be a column. */
const sparse: Contract = (call) => {
  const [labels, predictions] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rank, other, rows] = [rankOf(labels), rankOf(predictions), withoutLast(predictions)];
  if (rank === undefined || other === undefined || rows === undefined) return unknown;
  if (rank !== other) return failing(broadcastVerdict(labels, rows, labelsAndPredictions(call)));
  return labels.lengths.at(-1) === 1 ? failing(broadcastVerdict(closed(labels.lengths.slice(0, -1)), rows, labelsAndPredictions(call))) : unknown;
};

/** `binaryCrossentropy(labels, predictions)`. */
const crossentropy: Contract = (call) => {
  const [labels, predictions] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  return sameVerdict(labels, predictions) !== 'different' ? unknown : failure('shape-mismatch', {
    error: `logits and labels must have the same shape, but got shapes [${listed(labels)}] and [${listed(predictions)}]`, given: labelsAndPredictions(call),
    why: 'labels and predictions must have one shape', advice: 'Give the labels the shape of the predictions.',
  });
};

/** One number is made along the last axis, and of scalars there is none. */
const along = (contract: Contract): Contract => (call) => (![0, 1].every((at) => rankOf(call.tensor(at).dimensions) === 0) ? contract(call) : failure('invalid-axis', {
  error: 'All values in axis param must be in range [-0, 0) but got axis -1', given: labelsAndPredictions(call), why: 'it is computed along the last axis, and scalars have none', advice: 'Give it a row of labels and one of predictions.',
}));

/** `math.confusionMatrix(labels, predictions, count)`. */
const confusion: Contract = (call) => {
  const [labels, predictions] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  return sameVerdict(labels, predictions) !== 'different' ? unknown : failure('shape-mismatch', {
    error: `Mismatch in the number of examples: ${listed(labels)} vs. ${listed(predictions)}.`, given: labelsAndPredictions(call), why: 'each label needs its prediction', advice: 'Give as many predictions as there are labels.',
  });
};

const of = (contract: Contract, names: readonly string[]): Readonly<Record<string, Contract>> => Object.fromEntries(names.map((name) => [`metrics.${name}`, contract]));

export const metricContracts: Readonly<Record<string, Contract>> = {
  'math.confusionMatrix': confusion,
  ...of(along(broadcasting), ['MAPE', 'mape', 'meanAbsolutePercentageError', 'binaryAccuracy', 'cosineProximity']), ...of(along(logarithmic), ['categoricalCrossentropy']), ...of(broadcasting, ['precision', 'recall', 'r2Score']),
  ...of(along(turned), ['MSE', 'mse', 'meanSquaredError', 'meanAbsoluteError']),
  ...of(along(largest), ['categoricalAccuracy']), ...of(sparse, ['sparseCategoricalAccuracy']), ...of(along(crossentropy), ['binaryCrossentropy']),
};
