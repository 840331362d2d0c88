/** Operations that take from places, put into them, or count them: of what they give only the shape is followed. */
import { isAbsent, lengthsOf, numberOf } from '../argument.ts';
import { anyDimensions, closed, lengthAt, productOf, resized } from '../dimensions.ts';
import { rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import { floatsOf } from '../types.ts';
import { type Result, shaped } from './call.ts';

/** `gatherND(x, indices)`: each row of the indices becomes what is left of the shape behind it. */
const gatherND: Result = (call) => {
  const [x, indices] = [call.tensor(0), call.tensor(1).dimensions];
  const depth = lengthAt(indices, -1);
  if (x.dimensions.open || indices.open || typeof depth !== 'number') return rangeFacts(x.range, anyDimensions, x.type);
  return rangeFacts(x.range, closed([...indices.lengths.slice(0, -1), ...x.dimensions.lengths.slice(depth)]), x.type);
};

/** The shape is an argument; the elements are of the type of another one. */
const filled = (shape: number, like: number): Result => (call) => {
  const lengths = call.argument(shape).kind === 'list' ? lengthsOf(call.argument(shape)) : undefined;
  return rangeFacts(anyNumber, lengths === undefined ? anyDimensions : closed(lengths), call.tensor(like).type);
};

/** `tensorScatterUpdate(x, indices, updates)`. */
const updated: Result = (call) => rangeFacts(anyNumber, call.tensor(0).dimensions, call.tensor(0).type);

/** `bincount(x, weights, size)`. */
const counted = shaped((call) => closed([numberOf(call.argument(2))]));

/** `denseBincount(x, weights, size)`: of each row of a matrix. */
const countedByRow = shaped((call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  return open || lengths.length > 2 || lengths.length === 0 ? anyDimensions : closed([...lengths.slice(0, -1), numberOf(call.argument(2))]);
});

/** `searchSorted(sequences, values)`: a place for each value, in rows. */
const places = shaped((call) => {
  const { dimensions } = call.tensor(1);
  return closed([dimensions.open ? undefined : productOf(dimensions.lengths.slice(0, -1)), lengthAt(dimensions, -1)]);
}, 'int32');

/** `unsortedSegmentSum(x, ids, count)`. */
const segments: Result = (call) => {
  const { dimensions, type } = call.tensor(0);
  const ids = call.tensor(1).dimensions;
  return rangeFacts(anyNumber, dimensions.open || ids.open || ids.lengths.length !== 1 ? anyDimensions : resized(dimensions, 0, numberOf(call.argument(2))), floatsOf(type));
};

/** `math.confusionMatrix(labels, predictions, count)`. */
const confusion = shaped((call) => closed([numberOf(call.argument(2)), numberOf(call.argument(2))]), 'int32');

/** `image.nonMaxSuppression(boxes, scores, most)`: as many as are left. */
const suppressed = shaped(() => closed([undefined]), 'int32');

/** `stridedSlice(x, begin, end, strides)`, with every axis named and nothing masked. */
const stridedSlice: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const [begin, end, strides] = [1, 2, 3].map((at) => (call.argument(at).kind === 'list' ? lengthsOf(call.argument(at)) : undefined));
  const isPlain = [4, 5, 6, 7, 8].every((at) => isAbsent(call.argument(at)) || numberOf(call.argument(at)) === 0);
  if (open || !isPlain || ![begin, end, strides].every((each) => each?.length === lengths.length)) return rangeFacts(range, anyDimensions, type);
  return rangeFacts(range, closed(lengths.map((length, axis) => strided([length, begin?.[axis], end?.[axis], strides?.[axis]]))), type);
};

/** Only forwards; what is counted from the end, or lies behind it, is brought into the axis. */
function strided(numbers: readonly unknown[]): number | undefined {
  if (!numbers.every((each): each is number => typeof each === 'number')) return undefined;
  const [length = 0, begin = 0, end = 0, stride = 0] = numbers;
  if (stride <= 0) return undefined;
  const within = (place: number): number => Math.min(length, Math.max(0, place < 0 ? place + length : place));
  return Math.max(0, Math.ceil((within(end) - within(begin)) / stride));
}

export const indexedResults: Readonly<Record<string, Result>> = {
  gatherND, scatterND: filled(2, 1), sparseToDense: filled(2, 1), tensorScatterUpdate: updated, bincount: counted, denseBincount: countedByRow,
  searchSorted: places, lowerBound: places, upperBound: places, unsortedSegmentSum: segments, 'math.confusionMatrix': confusion, 'image.nonMaxSuppression': suppressed, stridedSlice,
};
