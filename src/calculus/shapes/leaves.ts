/** Tensors that are made of values: as many as the shape has room for. */
import { type Argument, isAbsent, lengthOf, numbersOf } from '../numbers/argument.ts';
import type { Call } from '../numbers/results/call.ts';
import { sizeOf } from '../shape.ts';
import { type Contract, type Verdict, demanded, failure, fits, shapeText, unknown } from './verdict.ts';

/** As the library reads nested arrays: the first item of each tells the length of the next. */
function lengthsOf(data: Argument): readonly number[] | undefined {
  const lengths: number[] = [];
  for (let level: Argument | undefined = data; level?.kind === 'list'; [level] = level.items) {
    const length = lengthOf(level);
    if (typeof length !== 'number') return undefined;
    lengths.push(length);
    if (level.items.length > 0 && level.items[0]?.kind === 'unknown') return undefined;
  }
  return lengths;
}

/** All numbers in nested arrays that are known item by item, or in one array of so many. */
function countOf(data: Argument): number | undefined {
  if (data.kind === 'number') return 1;
  if (data.kind === 'list' && !data.complete && data.items.every(isNumber)) return typeof data.count === 'number' ? data.count : undefined;
  if (data.kind === 'constant') return typeof data.value === 'number' || typeof data.value === 'boolean' ? 1 : undefined;
  // A number that is not known stands for itself in an array of which the first item is a number.
  if (data.kind !== 'list' || !data.complete) return undefined;
  const [first] = data.items;
  if (first === undefined) return 0;
  if (isNumber(first)) return data.items.every((item) => isNumber(item) || item.kind === 'unknown') ? data.items.length : undefined;
  const counts = data.items.map(countOf);
  return counts.every((count) => count !== undefined) ? counts.reduce((sum, count) => sum + count, 0) : undefined;
}

function isNumber(data: Argument): boolean {
  return data.kind === 'number' || (data.kind === 'constant' && (typeof data.value === 'number' || typeof data.value === 'boolean'));
}

/** `tensor2d(values, shape, dtype)`; `rank`: how many axes the function's name says. */
export const leafContract = (at: { readonly data: number; readonly shape: number | undefined; readonly rank: number | undefined }): Contract => (call) => {
  const data = call.argument(at.data);
  const long = at.shape === undefined || at.rank === undefined ? fits : ofRank(call.argument(at.shape), at.shape, at.rank);
  if (long.kind === 'fails') return long;
  const lengths = lengthsOf(data);
  if (data.kind !== 'list' || lengths === undefined) return unknown;
  const shape = at.shape === undefined || isAbsent(call.argument(at.shape)) ? undefined : numbersOf(call.argument(at.shape));
  if (at.shape !== undefined && !isAbsent(call.argument(at.shape)) && (shape === undefined || call.argument(at.shape).kind !== 'list')) return unknown;
  if (at.rank !== undefined && lengths.length > 1 && lengths.length !== at.rank) return lengths.includes(0) ? unknown : wronglyNested(at.data, lengths, at.rank);
  return shape === undefined ? unshaped(at.data, lengths, at.rank) : filled(call, at.data, shape);
};

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** What is looked at first. */
function ofRank(shape: Argument, at: number, rank: number): Verdict {
  const lengths = shape.kind === 'list' ? numbersOf(shape) : undefined;
  return demanded(isAbsent(shape) ? true : lengths === undefined ? undefined : lengths.length === rank, () => failure('shape-mismatch', {
    error: `tensor${String(rank)}d() requires shape to have ${String(counts[rank])} numbers`, given: [{ text: shapeText({ open: false, lengths: lengths ?? [] }), argument: at }],
    why: `the shape has ${String(lengths?.length)} lengths, and the function's name says ${String(rank)}`, advice: `Give ${String(rank)} lengths, or call \`tensor\`.`,
  }));
}

/** `scalar(value)`. */
export const scalar: Contract = (call) => {
  const value = call.argument(0);
  return demanded(value.kind === 'unknown' || value.kind === 'record' ? undefined : value.kind !== 'list', () => failure('shape-mismatch', {
    error: 'Error creating a new Scalar: value must be a primitive (number|boolean|string)', given: [{ text: 'an array', argument: 0 }], why: 'a scalar is made of one number', advice: 'Give the number alone, or call `tensor`.',
  }));
};

function wronglyNested(argument: number, lengths: readonly number[], rank: number): Verdict {
  return failure('shape-mismatch', {
    error: `tensor${String(rank)}d() requires values to be `, given: [{ text: shapeText({ open: false, lengths }), argument }],
    why: `the arrays are nested ${String(lengths.length)} deep`, advice: `Nest them ${String(rank)} deep, or call \`tensor${String(lengths.length)}d\`.`,
  });
}

/** A flat array needs a shape, or a function for one axis. */
function unshaped(argument: number, lengths: readonly number[], rank: number | undefined): Verdict {
  if (rank === undefined || lengths.length === rank) return fits;
  return failure('shape-mismatch', {
    error: `tensor${String(rank)}d() requires shape to be provided when \`values\` are a flat`, given: [{ text: shapeText({ open: false, lengths }), argument }],
    why: `${String(lengths[0])} values in a row do not say the lengths of ${String(rank)} axes`, advice: `Give the shape as the second argument, or nest the arrays ${String(rank)} deep.`,
  });
}

function filled(call: Call, argument: number, shape: readonly (number | undefined)[]): Verdict {
  const count = countOf(call.argument(argument));
  if (count === undefined || !shape.every((length) => length !== undefined) || shape.some((length) => length < 0)) return unknown;
  const size = sizeOf(shape);
  if (count !== size) {
    return failure('shape-mismatch', {
      error: `Based on the provided shape, [${shape.join(',')}], the tensor should have ${String(size)} values but has ${String(count)}`,
      given: [{ text: `${String(count)} ${count === 1 ? 'value' : 'values'}`, argument }, { text: shapeText({ open: false, lengths: shape }), argument: argument === 0 ? 1 : 0 }],
      why: `the shape has room for ${String(size)}`, advice: 'Make the lengths of the shape multiply to the number of values.',
    });
  }
  const lengths = lengthsOf(call.argument(argument)) ?? [];
  return lengths.length <= 1 || (lengths.length === shape.length && lengths.every((length, axis) => length === shape[axis])) ? fits : unknown;
}
