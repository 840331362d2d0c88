/** Calls that work forward, and whose gradient TF.js cannot bring back to an operand of that shape. */
import type { Argument } from '../numbers/argument.ts';
import { type Dimensions, broadcast, lengthAt } from '../numbers/dimensions.ts';
import type { Precision } from '../numbers/precision.ts';
import { Call } from '../numbers/results/call.ts';
import { sameVerdict } from './broadcasting.ts';
import { numeric } from './symbolic.ts';
import { type Given, beginning, given, lengthText, listed, rankOf, shapeText, stackOf } from './verdict.ts';

/** Why no gradient comes back to one of the operands. */
export interface Gap {
  /** The position of the operand. */
  readonly at: number;
  readonly given: readonly Given[];
  /** As the end of a sentence. */
  readonly why: string;
  /** The beginning of the error's text. */
  readonly error: string;
  /** What to do, as a sentence. */
  readonly advice: string;
}

type Backward = (call: Call, at: number) => Gap | undefined;

/** What an operation is called in the errors of its gradient. */
interface Named {
  readonly kernel: string;
  /** Those to which the gradient comes as large as the result. */
  readonly inputs: readonly string[];
}

const ordinals = ['first', 'second'] as const;

/** The gradient that comes to an operand is as large as the result, and nobody sums it. */
function stretched(call: Call, at: number, gradient: Dimensions, { kernel, inputs }: Named, advice: string): Gap | undefined {
  const own = call.tensor(at).dimensions;
  const input = inputs[at];
  if (input === undefined || sameVerdict(own, gradient) !== 'different') return undefined;
  return {
    at, given: [given(call, 0), given(call, 1)], advice,
    why: `the gradient of the ${ordinals[at] ?? 'last'} comes out as ${shapeText(gradient)}, and is not summed back to ${shapeText(own)}`,
    error: beginning(`Error in gradient for op ${kernel}. The gradient of input '${input}' has shape '${listed(gradient)}', which does not match the shape of the input '${listed(own)}'`),
  };
}

const elementwise = (named: Named, adviceOn: (result: Dimensions) => string): Backward => (call, at) => {
  const result = broadcast(call.tensor(0).dimensions, call.tensor(1).dimensions);
  return stretched(call, at, result, named, adviceOn(result));
};

function stretchFirst(result: Dimensions): string {
  return `Stretch it before, with \`broadcastTo(${shapeText(result).replaceAll('?', '…')})\`: that gradient is summed.`;
}

/** Each matrix of the larger stack gives a gradient of its own. */
const matMul: Backward = (call, at) => {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const own = call.tensor(at).dimensions;
  const stack = broadcast(stackOf(a), stackOf(b));
  const gradient = { open: stack.open, lengths: [...stack.lengths, lengthAt(own, -2), lengthAt(own, -1)] };
  const inner = lengthAt(b, -2);
  const isFlat = at === 1 && rankOf(b) === 2 && [2, 3].every((flag) => isOff(call.argument(flag)));
  return stretched(call, at, gradient, { kernel: 'BatchMatMul', inputs: ['a', 'b'] }, isFlat
    ? `Make one matrix of the first with \`reshape([-1, ${lengthText(inner).replace('?', '…')}])\`, multiply, and reshape the product back.`
    : stretchFirst(gradient));
};

function isOff(argument: Argument): boolean {
  return argument.kind === 'constant' && (argument.value === undefined || argument.value === false);
}

/** The gradient of `tile` is written out rank by rank. */
const tile: Backward = (call, at) => {
  const rank = rankOf(call.tensor(0).dimensions);
  if (rank === undefined || (rank >= 1 && rank <= 4)) return undefined;
  return {
    at, given: [given(call, 0)], why: 'the gradient of `tile` is there for one to four axes only',
    error: `Gradient for tile operation is not implemented for rank-${String(rank)} tensors yet`,
    advice: 'Bring it to at most four axes with `reshape` before, or multiply it by ones of the shape that is wanted.',
  };
};

const backward: Readonly<Record<string, Backward>> = {
  maximum: elementwise({ kernel: 'Maximum', inputs: ['a', 'b'] }, stretchFirst),
  minimum: elementwise({ kernel: 'Minimum', inputs: ['a', 'b'] }, stretchFirst),
  squaredDifference: elementwise({ kernel: 'SquaredDifference', inputs: ['a', 'b'] }, () => 'Write `a.sub(b).square()`: that gradient is summed.'),
  prelu: elementwise({ kernel: 'Prelu', inputs: ['x'] }, stretchFirst),
  matMul,
  tile,
};

/** What an operation of the program's own gives back for one of its inputs: only a gradient of the same shape is taken. */
export function gapOfDerivative(input: Argument, derivative: Argument, at: number): Gap | undefined {
  const [own, back] = [input, derivative].map((each) => (each.kind === 'tensor' ? numeric(each) : undefined));
  if (own?.kind !== 'tensor' || back?.kind !== 'tensor' || sameVerdict(own.facts.dimensions, back.facts.dimensions) !== 'different') return undefined;
  const [wanted, found] = [own.facts.dimensions, back.facts.dimensions].map(shapeText);
  return {
    at, given: [{ text: String(wanted), argument: at }], why: `the gradient comes out as ${String(found)}, and the input is ${String(wanted)}`, error: 'Error in gradient for op',
    advice: 'Give each input a gradient of its own shape: multiply by `dy`, and sum what was stretched.',
  };
}

/** Undefined where a gradient comes back, or where that is not known. */
export function gapOf(precision: Precision, operation: string, args: readonly Argument[], at: number): Gap | undefined {
  return Object.hasOwn(backward, operation) ? backward[operation]?.(new Call(operation, args.map(numeric), precision), at) : undefined;
}
