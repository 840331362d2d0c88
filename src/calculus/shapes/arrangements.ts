/** Operations that put elements into another shape. */
import { type Argument, certainNumbersOf, isAbsent, numberOf, numbersOf } from '../numbers/argument.ts';
import { type Dimensions, type Length, lengthAt, shapeOf } from '../numbers/dimensions.ts';
import type { ElementType } from '../numbers/facts.ts';
import { isSameType } from '../numbers/types.ts';
import type { Call } from '../numbers/results/call.ts';
import { sizeOf } from '../shape.ts';
import { axisVerdict, newAxisVerdict } from './axes.ts';
import { sameVerdict } from './broadcasting.ts';
import { type Contract, type Given, type Verdict, all, demanded, failure, fits, given, listed, rankOf, shapeText, unknown } from './verdict.ts';

function known(lengths: readonly Length[]): lengths is readonly number[] {
  return lengths.every((length) => length !== undefined);
}

/** A shape that is given as one of the arguments. */
const asGiven = (argument: number, lengths: readonly Length[]): Given => ({ text: shapeText({ open: false, lengths }), argument });

/** `reshape(x, shape)`. */
const reshape: Contract = (call) => {
  const lengths = call.argument(1).kind === 'list' ? numbersOf(call.argument(1)) : undefined;
  return lengths === undefined ? unknown : reshaped(call, lengths, 1);
};

/** `x.as2D(rows, columns)`: the lengths stand one by one. */
const asRank = (rank: number): Contract => (call) => reshaped(call, Array.from({ length: rank }, (_, axis) => numberOf(call.argument(axis + 1))), 1);

function reshaped(call: Call, lengths: readonly Length[], argument: number): Verdict {
  const { dimensions } = call.tensor(0);
  const shape = shapeOf(dimensions);
  if (shape === undefined || !known(lengths)) return unknown;
  const size = sizeOf(shape);
  const free = lengths.filter((length) => length === -1).length;
  const product = sizeOf(lengths.filter((length) => length !== -1));
  if (free > 1 || lengths.some((length) => !Number.isInteger(length) || length < -1)) return unknown;
  const shown = [given(call, 0), asGiven(argument, lengths)];
  const advice = 'A shape with as many elements is wanted; `-1` stands for the length that is left over.';
  if (free === 0) {
    return size === product ? fits : failure('shape-mismatch', { error: size === 0 ? `The new shape (${lengths.join(',')}) has ` : `Size(${String(size)}) must match the product of shape ${lengths.join(',')}`, given: shown, why: `${String(size)} elements do not fill a shape of ${String(product)}`, advice });
  }
  if (product === 0) return unknown;
  return size % product === 0 ? fits : failure('shape-mismatch', { error: `The implicit shape can't be a fractional number. Got ${String(size)} / ${String(product)}`, given: shown, why: `${String(size)} elements cannot be divided into ${String(product)}`, advice });
}

const reshapeAs: Contract = (call) => {
  const shape = shapeOf(call.tensor(1).dimensions);
  return shape === undefined || call.argument(1).kind !== 'tensor' ? unknown : reshaped(call, shape, 1);
};

const asScalar: Contract = (call) => {
  const shape = shapeOf(call.tensor(0).dimensions);
  if (shape === undefined) return unknown;
  return sizeOf(shape) === 1 ? fits : failure('shape-mismatch', { error: 'The array must have only 1 element.', given: [given(call, 0)], why: `${String(sizeOf(shape))} elements are no scalar`, advice: 'Reduce it first (`mean`, `sum`).' });
};

/** `slice(x, begin, size)`: what is left out goes from the start, to the end. */
const slice: Contract = (call) => {
  const { dimensions } = call.tensor(0);
  const { open, lengths } = dimensions;
  const [begin, size] = [numbersOf(call.argument(1)), isAbsent(call.argument(2)) ? [] : numbersOf(call.argument(2))];
  if (open || begin === undefined || size === undefined) return unknown;
  const rank = lengths.length;
  if (rank === 0) return failure('shape-mismatch', { error: 'Slicing scalar is not possible', given: [given(call, 0)], why: 'a scalar has nothing to slice', advice: 'Use it as it is.' });
  const long = begin.length > rank ? begin : size.length > rank ? size : undefined;
  if (long !== undefined) return known(begin) && known(size) ? tooLong(call, begin.length > rank ? 'begin' : 'size', long) : unknown;
  if ([...begin, ...size].some((each) => each !== undefined && each < -1)) return unknown;
  const verdicts = lengths.map((length, axis) => part(call, { axis, length, start: axis < begin.length ? begin[axis] : 0, wanted: axis < size.length ? size[axis] : -1 }));
  return all(verdicts);
};

function tooLong(call: Call, what: 'begin' | 'size', list: readonly Length[]): Verdict {
  const rank = String(call.tensor(0).dimensions.lengths.length);
  return failure('shape-mismatch', {
    error: `Error in slice${rank}D: Length of ${what} `, given: [given(call, 0)],
    why: `\`${what}\` has ${String(list.length)} axes`, advice: 'Give one number for each axis.',
  });
}

interface Part {
  readonly axis: number;
  readonly length: Length;
  readonly start: number | undefined;
  readonly wanted: number | undefined;
}

/** TF.js lets a slice begin behind the end where no size is given, and takes a negative start for a mistake. */
function part(call: Call, { axis, length, start, wanted }: Part): Verdict {
  if (start === undefined || wanted === undefined || start < 0) return unknown;
  if (wanted === -1) return typeof length === 'number' && start <= length ? fits : unknown;
  if (typeof length !== 'number' || typeof wanted !== 'number') return unknown;
  const end = start + wanted;
  return end <= length ? fits : failure('shape-mismatch', {
    error: `Error in slice${String(call.tensor(0).dimensions.lengths.length)}D: begin[${String(axis)}] + size[${String(axis)}] (${String(end)}) would overflow input.shape[${String(axis)}] (${String(length)})`,
    given: [given(call, 0)], why: `on axis ${String(axis)} the slice begins at ${String(start)} and is ${String(wanted)} long, and there ${length === 1 ? 'is' : 'are'} ${String(length)}`,
    advice: 'The second list is how long the slice is, not where it ends; -1 goes to the end.',
  });
}

/** `split(x, numOrSizeSplits, axis)`. */
const split: Contract = (call) => {
  const axis = isAbsent(call.argument(2)) ? 0 : numberOf(call.argument(2));
  const { dimensions } = call.tensor(0);
  const range = axisVerdict(call, axis === undefined ? undefined : [axis]);
  if (range.kind !== 'fits' || axis === undefined) return range;
  const length = lengthAt(dimensions, axis);
  const wanted = call.argument(1);
  return typeof length !== 'number' ? unknown : wanted.kind === 'constant' ? intoEqual(call, numberOf(wanted), axis, length) : intoSizes(call, wanted, axis, length);
};

function intoEqual(call: Call, count: number | undefined, axis: number, length: number): Verdict {
  if (count === undefined || !Number.isInteger(count) || count <= 0) return unknown;
  return length % count === 0 ? fits : failure('shape-mismatch', {
    error: 'Number of splits must evenly divide the axis.', given: [given(call, 0)], why: `an axis of ${String(length)} cannot be divided into ${String(count)} of one length`,
    advice: `Split axis ${String(axis)} into a number that divides ${String(length)}, or say how long each part is: an array of lengths.`,
  });
}

function intoSizes(call: Call, list: Argument, axis: number, length: number): Verdict {
  const sizes = list.kind === 'list' ? certainNumbersOf(list) : undefined;
  if (sizes === undefined) return unknown;
  const rest = sizes.filter((size) => size < 0).length;
  const sum = sizes.filter((size) => size >= 0).reduce((all, size) => all + size, 0);
  if (rest > 1) return unknown;
  return (rest === 0 ? sum === length : sum <= length) ? fits : failure('shape-mismatch', {
    error: rest === 0 ? 'The sum of sizes must match the size of the axis dimension.' : '', given: [given(call, 0)], why: `the parts of axis ${String(axis)} are ${String(sum)} long together, and it is ${String(length)}`,
    advice: 'Make the lengths add up to that of the axis; -1 stands for what is left.',
  });
}

/** The tensors of `concat([a, b], axis)`, or of the method `a.concat(b, axis)`, and where each of them stands among the arguments. */
function partsOf(call: Call): { readonly shapes: readonly Dimensions[]; readonly types: readonly (ElementType | undefined)[]; readonly shown: (index: number) => Given; readonly axis: Argument } | undefined {
  const [first, second] = [call.argument(0), call.argument(1)];
  const isMethod = first.kind === 'tensor';
  const others = second.kind === 'list' ? second : { kind: 'list' as const, items: [second], complete: second.kind === 'tensor' };
  const list: Argument = isMethod ? { kind: 'list', items: [first, ...others.items], complete: others.complete } : first;
  if (list.kind !== 'list' || !list.complete || !list.items.every(({ kind }) => kind === 'tensor')) return undefined;
  const tensors = list.items.map((item) => call.with([item]).tensor(0));
  const shapes = tensors.map(({ dimensions }) => dimensions);
  const place = (index: number): Omit<Given, 'text'> => (!isMethod ? { argument: 0, item: index } : index === 0 ? { argument: 0 } : second.kind === 'list' ? { argument: 1, item: index - 1 } : { argument: 1 });
  return { shapes, types: tensors.map(({ type }) => type), shown: (index) => ({ text: shapeText(shapes[index] ?? { open: true, lengths: [] }), ...place(index) }), axis: call.argument(isMethod ? 2 : 1) };
}

/** `concat(tensors, axis)`: one tensor alone is handed on, whatever the axis. */
const concat: Contract = (call) => {
  const parts = partsOf(call);
  const [first, ...others] = parts?.shapes ?? [];
  const axis = parts === undefined ? undefined : isAbsent(parts.axis) ? 0 : numberOf(parts.axis);
  if (parts === undefined || first === undefined || axis === undefined) return unknown;
  if (others.length === 0) return fits;
  const rank = rankOf(first);
  if (rank === undefined) return unknown;
  const range = axisVerdict(call, [axis], first, parts.shown(0));
  if (range.kind !== 'fits') return range;
  const along = axis < 0 ? axis + rank : axis;
  const pairs = others.map((other, index): Pair => ({ first, other, index: index + 1, along, shown: [parts.shown(0), parts.shown(index + 1)] }));
  return all([...pairs.map(ofOneRank), ...pairs.map(besides)]);
};

/** The first of the tensors that are joined, and another one. */
interface Pair {
  readonly first: Dimensions;
  readonly other: Dimensions;
  readonly index: number;
  readonly along: number;
  readonly shown: readonly Given[];
}

function ofOneRank({ first, other, index, shown }: Pair): Verdict {
  const [rank, found] = [first.lengths.length, rankOf(other)];
  return demanded(found === undefined ? undefined : found === rank, () => failure('shape-mismatch', {
    error: `Error in concat${String(rank)}D: rank of tensors[${String(index)}] must be the same as the rank of the rest (${String(rank)})`, given: shown,
    why: 'they have different numbers of axes', advice: '`concat` goes along an axis that is there; `stack` makes a new one.',
  }));
}

/** Where TF.js writes which axis it is, it writes which of the tensors it is. */
function besides({ first, other, index, along, shown }: Pair): Verdict {
  if (rankOf(other) !== rankOf(first)) return unknown;
  const axis = first.lengths.findIndex((length, at) => at !== along && length !== undefined && other.lengths[at] !== undefined && other.lengths[at] !== length);
  if (axis === -1) return first.lengths.every((length, at) => at === along || (length !== undefined && other.lengths[at] !== undefined)) ? fits : unknown;
  return failure('shape-mismatch', {
    error: `Error in concat${String(first.lengths.length)}D: Shape of tensors[${String(index)}] (${listed(other)}) does not match the shape of the rest (${listed(first)}) along the non-concatenated axis ${String(index)}.`,
    given: shown, why: `joined along axis ${String(along)} all other axes must be as long as one another, and axis ${String(axis)} is not`, advice: 'Join them along the axis in which they differ, or bring them to one shape.',
  });
}

/** `stack(tensors, axis)`. */
const stack: Contract = (call) => {
  const parts = partsOf(call);
  const [first, ...others] = parts?.shapes ?? [];
  if (parts === undefined || first === undefined) return unknown;
  const shown = (index: number): readonly Given[] => [parts.shown(0), parts.shown(index + 1)];
  return all([newAxisVerdict(first, parts.axis, parts.shown(0)), ...others.flatMap((other, index) => [alike(first, other, shown(index)), ofOneType([parts.types[0], parts.types[index + 1]], shown(index))])]);
};

function ofOneType([first, other]: readonly (ElementType | undefined)[], shown: readonly Given[]): Verdict {
  return demanded(isSameType(first, other), () => failure('element-type', {
    error: 'All tensors passed to stack must have matching dtypes', given: shown, why: `one is ${String(first)}, the other ${String(other)}`, advice: 'Convert them to one type (`toFloat`, `toInt`).',
  }));
}

function alike(first: Dimensions, other: Dimensions, shown: readonly Given[]): Verdict {
  const same = sameVerdict(first, other);
  if (same !== 'different') return same === 'same' ? fits : unknown;
  return failure('shape-mismatch', {
    error: `All tensors passed to stack must have matching shapes Shapes ${listed(first)} and ${listed(other)} must match`, given: shown,
    why: 'what is stacked must have one shape', advice: 'Bring them to one shape; `concat` joins along an axis in which they may differ.',
  });
}

/** `addN(tensors)`: the types are looked at first. */
const addN: Contract = (call) => {
  const list = call.argument(0);
  if (list.kind !== 'list' || !list.complete || !list.items.every(({ kind }) => kind === 'tensor')) return unknown;
  const tensors = list.items.map((item) => call.with([item]).tensor(0));
  const [first] = tensors;
  const at = first === undefined ? -1 : tensors.findIndex(({ dimensions }) => sameVerdict(first.dimensions, dimensions) === 'different');
  const other = tensors[at];
  if (first === undefined || other === undefined) return unknown;
  const areAlike = tensors.every(({ type }) => isSameType(type, first.type));
  const shapes = failure('shape-mismatch', {
    error: 'All tensors passed to tf.addN() must have the same shape', given: [first, other].map(({ dimensions }, index) => ({ text: shapeText(dimensions), argument: 0, item: index * at })),
    why: 'what is added up must have one shape: `addN` stretches nothing', advice: 'Bring them to one shape, or use `add`, which broadcasts.',
  });
  return areAlike ? shapes : all([unknown, shapes]);
};

/** `transpose(x, perm)`. */
const transpose: Contract = (call) => {
  if (isAbsent(call.argument(1))) return fits;
  const { dimensions } = call.tensor(0);
  const [order, rank] = [certainNumbersOf(call.argument(1)), rankOf(dimensions)];
  if (order === undefined || rank === undefined) return unknown;
  if (order.length !== rank) {
    return failure('shape-mismatch', { error: `Error in transpose: rank of input ${String(rank)} must match length of perm ${order.join(',')}.`, given: [given(call, 0)], why: `the order names ${String(order.length)} axes`, advice: 'Name each axis once.' });
  }
  return order.every((axis) => axis >= 0 && axis < rank) ? fits : failure('invalid-axis', {
    error: `All entries in 'perm' must be between 0 and ${String(rank - 1)} but got ${order.join(',')}`, given: [given(call, 0)], why: `the order names axes that are not there: ${order.join(', ')}`, advice: 'Count the axes from 0; none from the end.',
  });
};

/** `broadcastTo(x, shape)`. */
const broadcastTo: Contract = (call) => {
  const { dimensions } = call.tensor(0);
  const lengths = call.argument(1).kind === 'list' ? numbersOf(call.argument(1)) : undefined;
  const rank = rankOf(dimensions);
  if (rank === undefined || lengths === undefined || !known(lengths) || lengths.some((length) => length < 1)) return unknown;
  const shown = [given(call, 0), asGiven(1, lengths)];
  const advice = 'Only axes of length 1 are repeated, and new ones come first.';
  if (lengths.length < rank) return failure('shape-mismatch', { error: `broadcastTo(): shape.length=${String(lengths.length)} < input.rank=${String(rank)}.`, given: shown, why: 'the new shape has fewer axes', advice });
  const stretched = dimensions.lengths.map((length, axis) => [length, lengths[axis + lengths.length - rank]] as const);
  if (stretched.some(([from, to]) => from !== undefined && from !== to && from !== 1)) return failure('shape-mismatch', { error: 'broadcastTo(): [', given: shown, why: 'an axis that is not of length 1 would have to stretch', advice });
  return stretched.every(([from, to]) => from === 1 || from === to) ? fits : unknown;
};

/** `tile(x, reps)`. */
const tile: Contract = (call) => {
  const { dimensions } = call.tensor(0);
  const [times, rank] = [numbersOf(call.argument(1)), rankOf(dimensions)];
  if (times === undefined || rank === undefined || call.argument(1).kind !== 'list') return unknown;
  return times.length === rank ? fits : failure('shape-mismatch', {
    error: `Error in transpose: rank of input ${String(rank)} must match length of reps ${times.every((each) => each !== undefined) ? times.join(',') : '…'}`, given: [given(call, 0)], why: `${String(times.length)} ${times.length === 1 ? 'number' : 'numbers'} for ${String(rank)} axes`, advice: 'Say for each axis how often it is repeated.',
  });
};

const named = (contract: Contract, names: readonly string[]): Readonly<Record<string, Contract>> => Object.fromEntries(names.map((name) => [name, contract]));

export const arrangementContracts: Readonly<Record<string, Contract>> = {
  ...named(slice, ['slice1d', 'slice2d', 'slice3d', 'slice4d']), ...named(concat, ['concat1d', 'concat2d', 'concat3d', 'concat4d']),
  reshape, reshapeAs, asScalar, as2D: asRank(2), as3D: asRank(3), as4D: asRank(4), as5D: asRank(5),
  slice, split, concat, stack, addN, transpose, broadcastTo, tile,
};
