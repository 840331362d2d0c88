/** Operations that take from places, put into them, or count them. */
import { certainNumbersOf } from '../numbers/argument.ts';
import { type Dimensions, type Length, lengthAt, productOf, sizeOfDimensions } from '../numbers/dimensions.ts';
import { isNamed, isSameType } from '../numbers/types.ts';
import type { Call } from '../numbers/results/call.ts';
import { type Contract, type Given, type Verdict, all, demanded, failure, fits, given, lengthText, listed, rankOf, shapeText, unknown } from './verdict.ts';

/** `gatherND(x, indices)`: the last axis of the indices is one place. */
const gatherND: Contract = (call) => {
  const [x, indices] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rank, depth] = [rankOf(x), lengthAt(indices, -1)];
  const holds = rank === undefined || typeof depth !== 'number' ? undefined : depth <= rank;
  return all([demanded(holds, () => failure('shape-mismatch', {
    error: `index innermost dimension length must be <= tensor rank; saw: ${lengthText(depth)} vs. ${String(rank)}`, given: [given(call, 0), given(call, 1)],
    why: `each place is ${lengthText(depth)} numbers, for ${String(rank)} ${rank === 1 ? 'axis' : 'axes'}`, advice: 'Give at most one number for each axis in the last axis of the indices.',
  })), unknown]);
};

/** What is scattered, and into what. */
interface Scattered {
  readonly indices: Dimensions;
  readonly updates: Dimensions;
  readonly shape: readonly number[];
  readonly shown: readonly Given[];
}

/** `scatterND(indices, updates, shape)`. */
const scatterND: Contract = (call) => {
  const shape = certainNumbersOf(call.argument(2));
  if (shape === undefined || call.argument(2).kind !== 'list') return unknown;
  return scattered({ indices: call.tensor(0).dimensions, updates: call.tensor(1).dimensions, shape, shown: [given(call, 0), given(call, 1), { text: shapeText({ open: false, lengths: shape }), argument: 2 }] });
};

/** `tensorScatterUpdate(x, indices, updates)`. */
const tensorScatterUpdate: Contract = (call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  if (open || lengths.length === 0 || !lengths.every((length) => typeof length === 'number')) return unknown;
  const [type, other] = [call.tensor(0).type, call.argument(2).kind === 'tensor' ? call.tensor(2).type : undefined];
  return all([
    scattered({ indices: call.tensor(1).dimensions, updates: call.tensor(2).dimensions, shape: lengths, shown: [given(call, 1), given(call, 2), given(call, 0)] }),
    demanded(isSameType(type, other), () => failure('element-type', {
      error: isNamed(type) && isNamed(other) ? `tensor and updates must have the same dtype, instead they are ${type} and ${other}.` : '', given: [given(call, 0), given(call, 2)], why: `one is ${String(type)}, the other ${String(other)}`, advice: 'Convert one of them (`toFloat`, `toInt`).',
    })),
    unknown,
  ]);
};

/** One row of updates for each place, as long as what is left of the shape behind it. */
function scattered({ indices, updates, shape, shown }: Scattered): Verdict {
  const [rank, updatesRank] = [rankOf(indices), rankOf(updates)];
  const depth = rank === undefined ? undefined : rank > 1 ? lengthAt(indices, -1) : 1;
  if (rank === undefined || updatesRank === undefined || typeof depth !== 'number' || rank === 0 || updatesRank === 0) return unknown;
  const batch = Math.max(1, rank - 1);
  const wanted: readonly Length[] = [...indices.lengths.slice(0, batch), ...shape.slice(depth)];
  const fail = (): Verdict => failure('shape-mismatch', {
    error: `Must have updates.shape = indices.shape[:batchDim] + shape[sliceDim:], got updates.shape: ${listed(updates)}, indices.shape: ${listed(indices)}, shape: ${shape.join(',')}, sliceDim: ${lengthText(depth)}, and batchDim: ${String(batch)}.`,
    given: shown, why: `the updates for these places are ${shapeText({ open: false, lengths: wanted })}`, advice: 'Give one update for each place: the leading axes of the indices, and then what is left of the shape.',
  });
  if (updatesRank !== wanted.length || depth > shape.length) return fail();
  if (wanted.some((length, axis) => typeof length === 'number' && typeof updates.lengths[axis] === 'number' && length !== updates.lengths[axis])) return fail();
  return wanted.every((length, axis) => typeof length === 'number' && length === updates.lengths[axis]) ? fits : unknown;
}

/** `sparseToDense(indices, values, shape, otherwise)`. */
const sparseToDense: Contract = (call) => {
  const [indices, values] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rank, valuesRank, shape] = [rankOf(indices), rankOf(values), call.argument(2).kind === 'list' ? certainNumbersOf(call.argument(2)) : undefined];
  if (rank === undefined) return unknown;
  const [count, depth] = [rank > 0 ? lengthAt(indices, 0) : 1, rank > 1 ? lengthAt(indices, 1) : 1];
  return all([
    sameTypes(call, 1, 3),
    demanded(rank <= 2, () => failure('shape-mismatch', { error: `sparseIndices should be a scalar, vector, or matrix, but got shape ${listed(indices)}.`, given: [given(call, 0)], why: 'the places are one number, or one row for each', advice: 'Give a row of numbers for each value.' })),
    demanded(shape === undefined || typeof depth !== 'number' ? undefined : shape.length === depth, () => failure('shape-mismatch', {
      error: `outputShape has incorrect number of elements:, ${String(shape?.length)}, should be: ${lengthText(depth)}.`, given: [given(call, 0), { text: shapeText({ open: false, lengths: shape ?? [] }), argument: 2 }],
      why: `each place is ${lengthText(depth)} numbers, for ${String(shape?.length)} axes`, advice: 'Give one number for each axis of the result.',
    })),
    demanded(valuesRank === undefined ? undefined : valuesRank === 0 || (valuesRank > 1 ? false : sameNumbers(lengthAt(values, 0), count)), () => failure('shape-mismatch', {
      error: `sparseValues has incorrect shape ${listed(values)}, should be [] or [${lengthText(count)}]`, given: [given(call, 0), given(call, 1)], why: 'there is one value for each place, or one for all', advice: 'Give as many values as places, in one row.',
    })),
    unknown,
  ]);
};

/** A number is made into a tensor of the type of the other. */
function sameTypes(call: Call, at: number, other: number): Verdict {
  const [a, b] = [call.tensor(at).type, call.argument(other)];
  return b.kind === 'constant' || (b.kind === 'tensor' && isSameType(a, b.facts.type) === true) ? fits : unknown;
}

function sameNumbers(a: Length, b: Length): boolean | undefined {
  return typeof a === 'number' && typeof b === 'number' ? a === b : undefined;
}

/** `bincount(x, weights, size)`: the weights may be empty. */
const counting = (name: string, size: 'size as input' | 'shape as x', shown: 'input' | 'x'): Contract => (call) => {
  const [x, weights] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [many, heavy] = [sizeOfDimensions(x), sizeOfDimensions(weights)];
  const holds = heavy === 0 ? true : sameNumbers(many, heavy);
  return all([unlessCounted(call), demanded(holds, () => failure('shape-mismatch', {
    error: `Error in ${name}: weights must have the same ${size} or${size === 'size as input' ? '' : ' '}0-length, but got ${shown} shape: ${listed(x)}, weights shape: ${listed(weights)}.`, given: [given(call, 0), given(call, 1)],
    why: 'each number that is counted has its weight', advice: 'Give as many weights as numbers, or an empty tensor of weights.',
  })), unknown]);
};

/** How many there are to be is looked at first. */
function unlessCounted(call: Call): Verdict {
  const size = call.argument(2);
  return size.kind === 'constant' && typeof size.value === 'number' && size.value >= 0 ? fits : unknown;
}

/** `searchSorted(sequences, values)`: rows of values for as many rows. */
const searched: Contract = (call) => {
  const [sequences, values] = [call.tensor(0).dimensions, call.tensor(1).dimensions].map(rowsOf);
  return all([demanded(sameNumbers(sequences, values), () => failure('shape-mismatch', {
    error: 'Leading dimension of \'sortedSequence\' and \'values\' must match.', given: [given(call, 0), given(call, 1)], why: 'each row of values is looked up in a row of its own', advice: 'Give one row of values for each sorted row.',
  })), unknown]);
};

function rowsOf(dimensions: Dimensions): Length {
  const last = lengthAt(dimensions, -1);
  return dimensions.open || last === undefined || last === 0 ? undefined : productOf(dimensions.lengths.slice(0, -1));
}

export const indexedContracts: Readonly<Record<string, Contract>> = {
  gatherND, scatterND, tensorScatterUpdate, sparseToDense,
  bincount: counting('bincount', 'size as input', 'input'), denseBincount: counting('denseBincount', 'shape as x', 'x'),
  searchSorted: searched, lowerBound: searched, upperBound: searched,
};
