/** Operations of whose results only the shape is followed. */
import { absent, certainNumbersOf, isAbsent, lengthsOf, numberOf } from '../argument.ts';
import { type Length, anyDimensions, broadcast, closed, lengthAt, reduced } from '../dimensions.ts';
import { rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import { dividedBy, times } from '../length.ts';
import { floatsOf, promoted } from '../types.ts';
import { type Result, shaped } from './call.ts';

/** `dot(a, b)`: of vectors and matrices. */
const dot: Result = (call) => {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  const type = promoted([a.type, b.type]);
  if (a.dimensions.open || b.dimensions.open) return rangeFacts(anyNumber, anyDimensions, type);
  return rangeFacts(anyNumber, closed([...a.dimensions.lengths.slice(0, -1), ...b.dimensions.lengths.slice(1)]), type);
};

/** `tile(x, reps)`. */
const tile: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const reps = lengthsOf(call.argument(1));
  if (open || reps?.length !== lengths.length) return rangeFacts(range, anyDimensions, type);
  return rangeFacts(range, closed(lengths.map((length, axis) => times(length, reps[axis]))), type);
};

/** `addN(tensors)`: all have one shape. */
const addN: Result = (call) => {
  const list = call.argument(0);
  const [first] = list.kind === 'list' ? list.items : [];
  return first === undefined ? rangeFacts(anyNumber, anyDimensions, undefined) : rangeFacts(anyNumber, call.with([first]).tensor(0).dimensions, undefined);
};

/** `einsum('bi,ij->bj', a, b)`. */
const einsum = shaped((call) => {
  const equation = call.argument(0);
  if (equation.kind !== 'constant' || typeof equation.value !== 'string') return anyDimensions;
  const [from = '', to] = equation.value.replaceAll(' ', '').split('->');
  if (to === undefined || equation.value.includes('.')) return anyDimensions;
  const lengths = new Map<string, Length>();
  for (const [index, letters] of from.split(',').entries()) {
    const { open, lengths: known } = call.tensor(index + 1).dimensions;
    if (open || known.length !== letters.length) return anyDimensions;
    for (const [axis, letter] of letters.split('').entries()) lengths.set(letter, lengths.get(letter) ?? known[axis]);
  }
  return closed(to.split('').map((letter) => lengths.get(letter)));
});

/** `norm(x, order, axis, keepDims)`. */
const norm: Result = (call) => {
  const { dimensions } = call.tensor(0);
  const axes = isAbsent(call.argument(2)) ? 'all' : certainNumbersOf(call.argument(2));
  const keep = call.argument(3);
  const isKept = isAbsent(keep) ? false : keep.kind === 'constant' && typeof keep.value === 'boolean' ? keep.value : undefined;
  return rangeFacts({ low: 0, high: Infinity }, axes === undefined || isKept === undefined ? anyDimensions : reduced(dimensions, axes, isKept), undefined);
};

/** `euclideanNorm(x, axis, keepDims)`. */
const euclideanNorm: Result = (call) => norm(call.with([call.argument(0), absent, call.argument(1), call.argument(2)]));

/** The axes of a tensor, twice. */
const diag = shaped((call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  return open ? anyDimensions : closed([...lengths, ...lengths]);
});

const outerProduct = shaped((call) => closed([lengthAt(call.tensor(0).dimensions, 0), lengthAt(call.tensor(1).dimensions, 0)]));

/** `multinomial(logits, count)`. */
const drawn = shaped((call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  return open ? anyDimensions : closed([...lengths.slice(0, -1), numberOf(call.argument(1))]);
}, 'int32');

/** A loss that is reduced to one number, as it is unless that is asked for otherwise: 0 stands for no reduction. */
const loss = (at: number): Result => (call) => {
  const reduction = call.argument(at);
  const isReduced = isAbsent(reduction) || [1, 2, 3].includes(numberOf(reduction) ?? 0);
  return rangeFacts(anyNumber, isReduced ? closed([]) : anyDimensions, isAbsent(reduction) ? 'float32' : floatsOf(call.tensor(1).type));
};

/** A metric of Keras: one number for each example. */
const metric = shaped((call) => {
  const [truth, prediction] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const { open, lengths } = broadcast(truth, prediction);
  return open || lengths.length === 0 || truth.lengths.length !== prediction.lengths.length ? anyDimensions : closed(lengths.slice(0, -1));
});

/** `depthToSpace(x, blockSize)`, with the channels last. */
const depthToSpace = shaped((call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  const block = numberOf(call.argument(1));
  if (open || lengths.length !== 4 || block === undefined || !isAbsent(call.argument(2))) return anyDimensions;
  const [batch, height, width, depth] = lengths;
  return closed([batch, times(height, block), times(width, block), dividedBy(depth, block ** 2)]);
});

const like = shaped((call) => call.tensor(0).dimensions);

export const shapedResults: Readonly<Record<string, Result>> = {
  dot, tile, addN, einsum, norm, euclideanNorm, diag, outerProduct, multinomial: drawn,
  'losses.absoluteDifference': loss(3), 'losses.computeWeightedLoss': loss(2), 'losses.cosineDistance': loss(4), 'losses.hingeLoss': loss(3), 'losses.huberLoss': loss(4), 'losses.logLoss': loss(4),
  'losses.meanSquaredError': loss(3), 'losses.sigmoidCrossEntropy': loss(4), 'losses.softmaxCrossEntropy': loss(4),
  ...Object.fromEntries(['MAPE', 'MSE', 'binaryAccuracy', 'binaryCrossentropy', 'categoricalAccuracy', 'categoricalCrossentropy', 'cosineProximity', 'mape', 'meanAbsoluteError', 'meanAbsolutePercentageError', 'meanSquaredError', 'mse'].map((name) => [`metrics.${name}`, metric])),
  ...Object.fromEntries(['precision', 'recall', 'r2Score'].map((name) => [`metrics.${name}`, shaped(() => closed([]))])),
  depthToSpace, 'linalg.gramSchmidt': like, 'linalg.bandPart': like,
};
