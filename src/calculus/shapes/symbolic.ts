/** What does not fit however long the axes are that nobody has counted: contracts that look at lengths that are no numbers. */
import { type Argument, amountOf, isAbsent, lengthsOf } from '../numbers/argument.ts';
import { type Dimensions, type Length, lengthAt, productOf, sizeOfDimensions } from '../numbers/dimensions.ts';
import { differ } from '../numbers/length.ts';
import type { Call } from '../numbers/results/call.ts';
import { type Contract, type Verdict, failure, given, lengthText, shapeText, unknown } from './verdict.ts';

/** With numbers alone: a length that is none counts as not known. */
export function numeric(argument: Argument): Argument {
  switch (argument.kind) {
    case 'tensor': {
      const { open, lengths } = argument.facts.dimensions;
      return lengths.every((length) => typeof length !== 'object') ? argument : { kind: 'tensor', facts: { ...argument.facts, dimensions: { open, lengths: lengths.map((length) => (typeof length === 'number' ? length : undefined)) } } };
    }
    case 'number': return argument.is === undefined ? argument : { kind: 'number' };
    case 'list': {
      const { count, ...rest } = argument;
      return { ...rest, items: argument.items.map(numeric), ...typeof count === 'number' ? { count } : {} };
    }
    case 'record': return { kind: 'record', fields: Object.fromEntries(Object.entries(argument.fields).map(([name, field]) => [name, numeric(field)])) };
    default: return argument;
  }
}

/** `reshape(x, shape)`: as many elements as the shape has room for. */
const reshape: Contract = (call) => (call.argument(1).kind === 'list' ? refilled(call, lengthsOf(call.argument(1))) : unknown);

const asRank = (rank: number): Contract => (call) => refilled(call, Array.from({ length: rank }, (_, axis) => amountOf(call.argument(axis + 1))));

function refilled(call: Call, lengths: readonly Length[] | undefined): Verdict {
  const size = sizeOfDimensions(call.tensor(0).dimensions);
  const room = lengths === undefined || lengths.includes(-1) ? undefined : productOf(lengths);
  if (lengths === undefined || size === undefined || room === undefined || !differ(size, room)) return unknown;
  return failure('shape-mismatch', {
    error: 'Size(', given: [given(call, 0), { text: shapeText({ open: false, lengths }), argument: 1 }],
    why: `${lengthText(size)} elements do not fill a shape of ${lengthText(room)}`, advice: 'A shape with as many elements is wanted; `-1` stands for the length that is left over.',
  });
}

/** `matMul(a, b)`, not transposed. Stacks of matrices are looked at first: with which error it fails hangs on what is not known of them. */
const matMul: Contract = (call) => {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  if (![2, 3].every((at) => isAbsent(call.argument(at)))) return unknown;
  return met(call, [lengthAt(a, -1), lengthAt(b, -2)], isMatrix(a) && isMatrix(b) ? 'Error in matMul: inner shapes (' : '');
};

const dot: Contract = (call) => {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  return isMatrix(a) && isMatrix(b) ? met(call, [lengthAt(a, -1), lengthAt(b, -2)], 'Error in dot: inner dimensions of inputs must match, but got ') : unknown;
};

function isMatrix({ open, lengths }: Dimensions): boolean {
  return !open && lengths.length === 2;
}

function met(call: Call, [inner, outer]: readonly [Length, Length], error: string): Verdict {
  if (!differ(inner, outer)) return unknown;
  return failure('shape-mismatch', {
    error, given: [given(call, 0), given(call, 1)], why: `an inner length of ${lengthText(inner)} meets one of ${lengthText(outer)}`,
    advice: 'The last axis of the first must be as long as the last but one of the second.',
  });
}

/** Losses whose labels have the shape of the predictions. */
const matching: Contract = (call) => {
  const [labels, predictions] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  if (labels.open || predictions.open || labels.lengths.length !== predictions.lengths.length) return unknown;
  return !labels.lengths.some((length, axis) => differ(length, predictions.lengths[axis])) ? unknown : failure('shape-mismatch', {
    error: `Error in ${call.operation.replace('losses.', '')}:  Shapes `, given: [given(call, 0), given(call, 1)], why: 'labels and predictions must have one shape', advice: 'Give the labels the shape of the predictions.',
  });
};

const contracts: Readonly<Record<string, Contract>> = {
  reshape, ...Object.fromEntries([1, 2, 3, 4, 5].map((rank) => [`as${String(rank)}D`, asRank(rank)])),
  matMul, dot,
  ...Object.fromEntries(['absoluteDifference', 'hingeLoss', 'huberLoss', 'logLoss', 'meanSquaredError', 'sigmoidCrossEntropy', 'softmaxCrossEntropy'].map((name) => [`losses.${name}`, matching])),
};

export function symbolicVerdict(call: Call): Verdict {
  return (Object.hasOwn(contracts, call.operation) ? contracts[call.operation]?.(call) : undefined) ?? unknown;
}
