/** Operands that broadcast, and those that must have one shape. */
import { type Dimensions, type Length, broadcast } from '../numbers/dimensions.ts';
import { isAbsent, numberOf } from '../numbers/argument.ts';
import { isSameType } from '../numbers/types.ts';
import type { Call } from '../numbers/results/call.ts';
import { axisVerdict } from './axes.ts';
import { type Contract, type Given, type Verdict, all, demanded, failure, fits, given, lengthText, listed, unknown } from './verdict.ts';

/** Lengths that stand over one another, from the last axis on, as far as both have axes. */
function pairs(a: Dimensions, b: Dimensions): readonly (readonly [Length, Length])[] {
  const count = Math.min(a.lengths.length, b.lengths.length);
  return Array.from({ length: count }, (_, index) => [a.lengths.at(-index - 1), b.lengths.at(-index - 1)]);
}

/** Two lengths go together if they are the same, or one of them is 1. */
function clash([a, b]: readonly [Length, Length]): boolean {
  return a !== undefined && b !== undefined && a !== b && a !== 1 && b !== 1;
}

export function broadcastVerdict(a: Dimensions, b: Dimensions, shown: readonly Given[]): Verdict {
  const met = pairs(a, b);
  const axis = met.findIndex(clash);
  const [left, right] = met[axis] ?? [];
  if (left !== undefined && right !== undefined) {
    return failure('shape-mismatch', {
      error: `Operands could not be broadcast together with shapes ${listed(a)} and ${listed(b)}.`, given: shown,
      why: `from the last axis back, ${lengthText(left)} meets ${lengthText(right)}, and only a length of 1 stretches`,
      advice: 'Bring both to one shape, or give one of them axes of length 1 (`expandDims`, `reshape`) where it is meant to be repeated.',
    });
  }
  return isCovered(a, b) && met.every(([x, y]) => x === 1 || y === 1 || (x !== undefined && y !== undefined)) ? fits : unknown;
}

/** Axes that are not listed meet nothing. */
function isCovered(a: Dimensions, b: Dimensions): boolean {
  return a.open ? !b.open && b.lengths.length <= a.lengths.length : !b.open || a.lengths.length <= b.lengths.length;
}

/** Two arguments that broadcast. */
const both: Contract = (call) => broadcastVerdict(call.tensor(0).dimensions, call.tensor(1).dimensions, [given(call, 0), given(call, 1)]);

/** `where(condition, a, b)`: the condition with the first, and then both with the second. */
const where: Contract = (call) => {
  const [condition, a, b] = [0, 1, 2].map((at) => call.tensor(at).dimensions) as [Dimensions, Dimensions, Dimensions];
  const first = broadcastVerdict(condition, a, [given(call, 0), given(call, 1)]);
  return first.kind === 'fits' ? broadcastVerdict(broadcast(condition, a), b, [given(call, 0), given(call, 1), given(call, 2)]) : first;
};

/** Whether two shapes are the same for certain, or differ for certain. */
export function sameVerdict(a: Dimensions, b: Dimensions): 'same' | 'different' | 'unknown' {
  if (pairs(a, b).some(([x, y]) => x !== undefined && y !== undefined && x !== y)) return 'different';
  if (a.open ? !b.open && b.lengths.length < a.lengths.length : b.open ? a.lengths.length < b.lengths.length : a.lengths.length !== b.lengths.length) return 'different';
  return !a.open && !b.open && [...a.lengths, ...b.lengths].every((length) => length !== undefined) ? 'same' : 'unknown';
}

/** `losses.meanSquaredError(labels, predictions, weights)`: the labels have the shape of the predictions, and the weights broadcast to the losses. */
const loss = (name: string, per: 'element' | 'example'): Contract => (call) => all([matching(call, name), weighted(call, per)]);

/** `losses.cosineDistance(labels, predictions, axis, weights)`. */
const cosineDistance: Contract = (call) => {
  const axis = numberOf(call.argument(2));
  const verdict = all([matching(call, 'cosineDistance'), axisVerdict(call, axis === undefined ? undefined : [axis])]);
  return verdict.kind === 'fits' && !isAbsent(call.argument(3)) ? unknown : verdict;
};

function matching(call: Call, name: string): Verdict {
  const [labels, predictions] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  switch (sameVerdict(labels, predictions)) {
    case 'same': return fits;
    case 'unknown': return unknown;
    case 'different': return failure('shape-mismatch', {
      error: `Error in ${name}:  Shapes ${listed(labels)} and ${listed(predictions)} must match`, given: [given(call, 0), given(call, 1)],
      why: 'labels and predictions must have one shape', advice: 'Give the labels the shape of the predictions.',
    });
  }
}

function weighted(call: Call, per: 'element' | 'example'): Verdict {
  if (isAbsent(call.argument(2))) return fits;
  const { open, lengths } = call.tensor(1).dimensions;
  if (per === 'example' && open) return unknown;
  const losses = { open, lengths: per === 'element' ? lengths : lengths.slice(0, -1) };
  return broadcastVerdict(losses, call.tensor(2).dimensions, [given(call, 1), given(call, 2)]);
}

/** `grad(f)(x, dy)`: what `f` gives, and what it is weighed with. In which place it fails hangs on what `f` does. */
const dy: Contract = (call) => {
  if (isAbsent(call.argument(1))) return fits;
  const [result, weights] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  return sameVerdict(result, weights) !== 'different' ? unknown : failure('shape-mismatch', {
    error: '', given: [given(call, 0), given(call, 1)], why: '`dy` must have the shape of what the function gives', advice: 'Make it with `onesLike` of the result, or leave it out.',
  });
};

/** `complex(real, imag)`. */
const complex: Contract = (call) => alike(call, ([real, imag]) => `real and imag shapes, ${real} and ${imag}, must match in call to tf.complex().`);

/** `movingAverage(v, x, decay, …)`: the types are looked at first. */
const movingAverage: Contract = (call) => {
  const [v, x] = [call.tensor(0).type, call.tensor(1).type];
  return all([isSameType(v, x) === true ? fits : unknown, alike(call, () => 'Shape mismatch in v and x'), unknown]);
};

/** Two arguments of one shape. */
function alike(call: Call, error: (shapes: readonly [string, string]) => string): Verdict {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const same = sameVerdict(a, b);
  return demanded(same === 'unknown' ? undefined : same === 'same', () => failure('shape-mismatch', {
    error: error([listed(a), listed(b)]), given: [given(call, 0), given(call, 1)], why: 'they must have one shape: nothing is stretched', advice: 'Bring them to one shape.',
  }));
}

const binary = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow', 'squaredDifference', 'greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'logicalAnd', 'logicalOr', 'logicalXor', 'mod', 'floorDiv', 'divNoNan', 'atan2', 'prelu'];
const losses = ['absoluteDifference', 'hingeLoss', 'huberLoss', 'logLoss', 'meanSquaredError', 'sigmoidCrossEntropy'];

export const broadcastingContracts: Readonly<Record<string, Contract>> = {
  ...Object.fromEntries(binary.map((name) => [name, both])),
  where, dy, complex, movingAverage,
  ...Object.fromEntries(losses.map((name) => [`losses.${name}`, loss(name, 'element')])),
  'losses.cosineDistance': cosineDistance,
  'losses.softmaxCrossEntropy': loss('softmaxCrossEntropy', 'example'),
};
