/** Operations that put elements into other places or another shape, and compute nothing. */
import { type Argument, amountOf, certainNumbersOf, isAbsent, lengthsOf, numberOf, numbersOf, typeOf } from '../argument.ts';
import { type Dimensions, type Length, anyDimensions, axisOf, broadcast, closed, inserted, joinDimensions, lengthAt, permuted, reshaped, resized, shapeOf, squeezed } from '../dimensions.ts';
import { block, gathered, joined, transposed } from '../elements.ts';
import { type Facts, elementFacts, elementsOf, mostElements, noFacts, rangeFacts } from '../facts.ts';
import { anyNumber, exactly, hull, valueOf } from '../interval.ts';
import { plus } from '../length.ts';
import { sizeOf } from '../../shape.ts';
import { type Call, type Result, named } from './call.ts';

/** The same elements in the same order. */
function inOrder(x: Facts, dimensions: Dimensions): Facts {
  const shape = shapeOf(dimensions);
  return x.elements !== undefined && shape !== undefined && sizeOf(shape) === x.elements.length ? { ...x, dimensions } : rangeFacts(x.range, dimensions, x.type);
}

const ordered = (dimensions: (of: Dimensions, call: Call) => Dimensions): Result => (call) => {
  const x = call.tensor(0);
  return inOrder(x, dimensions(x.dimensions, call));
};

/** Lengths that are given one by one, or as an array. */
function given(argument: Argument): readonly Length[] | undefined {
  return argument.kind === 'list' ? lengthsOf(argument) : undefined;
}

const reshape = ordered((of, call) => {
  const lengths = given(call.argument(1));
  return lengths === undefined ? anyDimensions : reshaped(of, lengths);
});

/** `x.as2D(rows, columns)`. */
const asRank = (rank: number): Result => ordered((of, call) => reshaped(of, Array.from({ length: rank }, (_, index) => amountOf(call.argument(index + 1)))));

const expandDims = ordered((of, call) => {
  const axis = isAbsent(call.argument(1)) ? 0 : numberOf(call.argument(1));
  return axis === undefined ? anyDimensions : inserted(of, axis, 1);
});

const squeeze = ordered((of, call) => {
  const axes = isAbsent(call.argument(1)) ? undefined : certainNumbersOf(call.argument(1));
  return isAbsent(call.argument(1)) || axes !== undefined ? squeezed(of, axes) : anyDimensions;
});

const transpose: Result = (call) => {
  const x = call.tensor(0);
  const order = isAbsent(call.argument(1)) ? undefined : certainNumbersOf(call.argument(1));
  if (order === undefined && !isAbsent(call.argument(1))) return rangeFacts(x.range, anyDimensions, x.type);
  const known = x.elements === undefined ? undefined : elementsOf(x);
  if (known === undefined) return rangeFacts(x.range, permuted(x.dimensions, order), x.type);
  const moved = transposed(known, order ?? known.shape.map((_, axis) => known.shape.length - 1 - axis));
  return elementFacts(moved.elements, moved.shape, x.type);
};

/** `slice(x, begin, size)`; what is left out of `begin` starts at 0, what is left out of `size`, or -1, goes to the end. */
const slice: Result = (call) => {
  const x = call.tensor(0);
  const { open, lengths } = x.dimensions;
  const [begin, size] = [numbersOf(call.argument(1)), isAbsent(call.argument(2)) ? [] : lengthsOf(call.argument(2))];
  if (open || size === undefined) return rangeFacts(x.range, anyDimensions, x.type);
  const starts = lengths.map((_, axis) => (begin === undefined ? undefined : axis < begin.length ? begin[axis] : 0));
  const sizes = lengths.map((length, axis) => {
    const wanted = axis < size.length ? size[axis] : -1;
    const start = starts[axis];
    return wanted !== -1 ? wanted : start === undefined ? undefined : plus(length, -start);
  });
  const [from, shape] = [starts, sizes].map((list) => (list.every((each) => typeof each === 'number' && each >= 0) ? (list as readonly number[]) : undefined));
  const known = x.elements === undefined ? undefined : elementsOf(x);
  if (known === undefined || from === undefined || shape === undefined || shape.some((length, axis) => (from[axis] ?? 0) + length > (known.shape[axis] ?? 0))) return rangeFacts(x.range, closed(sizes), x.type);
  const part = block(known, from, shape);
  return elementFacts(part.elements, part.shape, x.type);
};

/** `gather(x, indices, axis)`. */
const gather: Result = (call) => {
  const [x, indices] = [call.tensor(0), call.tensor(1)];
  const axis = isAbsent(call.argument(2)) ? 0 : numberOf(call.argument(2));
  const place = axis === undefined || !isAbsent(call.argument(3)) ? undefined : axisOf(x.dimensions, axis);
  if (place === undefined || indices.dimensions.open) return rangeFacts(x.range, anyDimensions, x.type);
  const { open, lengths } = x.dimensions;
  const dimensions = { open, lengths: [...lengths.slice(0, place), ...indices.dimensions.lengths, ...lengths.slice(place + 1)] };
  const [known, at] = [x.elements === undefined ? undefined : elementsOf(x), elementsOf(indices)];
  const places = at?.elements.map(valueOf);
  if (known === undefined || at === undefined || places?.every((each) => each !== undefined && Number.isInteger(each) && each >= 0 && each < (known.shape[place] ?? 0)) !== true) return rangeFacts(x.range, dimensions, x.type);
  const taken = gathered(known, place, places as readonly number[], at.shape);
  return elementFacts(taken.elements, taken.shape, x.type);
};

/** Of an array that is not known item by item: what each of its tensors is, and how many there are. */
interface Counted {
  readonly each: Facts;
  readonly count: Length;
}

function countedOf(call: Call): Counted | undefined {
  const list = call.argument(0);
  if (list.kind !== 'list' || list.complete || !list.items.every(({ kind }) => kind === 'tensor')) return undefined;
  const items = list.items.map((_, index) => call.with(list.items).tensor(index));
  const type = new Set(items.map((item) => item.type)).size === 1 ? items[0]?.type : undefined;
  return { each: rangeFacts(hull(items.map(({ range }) => range)), items.map(({ dimensions }) => dimensions).reduce(joinDimensions), type), count: list.count };
}

/** The tensors of `concat([a, b], axis)`, or of the method `a.concat(b, axis)`. */
function tensorsOf(call: Call): readonly Facts[] | undefined {
  const [first, second] = [call.argument(0), call.argument(1)];
  const list: Argument = first.kind === 'tensor' ? { kind: 'list', items: [first, ...(second.kind === 'list' ? second.items : [second])], complete: second.kind === 'tensor' || (second.kind === 'list' && second.complete) } : first;
  if (list.kind !== 'list' || !list.complete || list.items.length === 0) return undefined;
  return list.items.map((_, index) => call.with(list.items).tensor(index));
}

function axisArgument(call: Call): number | undefined {
  const at = call.argument(call.argument(0).kind === 'tensor' ? 2 : 1);
  return isAbsent(at) ? 0 : numberOf(at);
}

const concat: Result = (call) => {
  const [parts, counted, axis] = [tensorsOf(call), countedOf(call), axisArgument(call)];
  if (counted !== undefined && axis !== undefined) return rangeFacts(counted.each.range, resized(counted.each.dimensions, axis, undefined), counted.each.type);
  if (parts === undefined || axis === undefined) return noFacts;
  const lengths = parts.map(({ dimensions }) => lengthAt(dimensions, axis));
  const length = lengths.reduce(plus, 0);
  const common = parts.map(({ dimensions }) => resized(dimensions, axis, length)).reduce(joinDimensions);
  return new Set(parts.map(({ type }) => type)).size > 1 ? rangeFacts(anyNumber, common, undefined) : together(parts, common, axis);
};

const stack: Result = (call) => {
  const [parts, counted, axis] = [tensorsOf(call), countedOf(call), axisArgument(call)];
  if (counted !== undefined && axis !== undefined) return rangeFacts(counted.each.range, inserted(counted.each.dimensions, axis, counted.count), counted.each.type);
  const common = parts?.map(({ dimensions }) => dimensions).reduce(joinDimensions);
  if (parts === undefined || axis === undefined || common === undefined) return noFacts;
  const whole = inserted(common, axis, parts.length);
  const rows = parts.map((part) => inOrder(part, inserted(part.dimensions, axis, 1)));
  return together(rows, whole, axis);
};

function together(parts: readonly Facts[], dimensions: Dimensions, axis: number): Facts {
  const [first] = parts;
  const shape = shapeOf(dimensions);
  const known = parts.map(elementsOf);
  const place = axisOf(dimensions, axis);
  const range = hull(parts.map((part) => part.range));
  if (shape === undefined || place === undefined || sizeOf(shape) > mostElements || !known.every((each) => each !== undefined)) return rangeFacts(range, dimensions, first?.type);
  return elementFacts(joined(known, place, shape).elements, shape, first?.type);
}

/** `oneHot(indices, depth, on, off)`. */
const oneHot: Result = (call) => {
  const indices = call.tensor(0);
  const depth = numberOf(call.argument(1));
  const [on, off] = [2, 3].map((index) => (isAbsent(call.argument(index)) ? 3 - index : numberOf(call.argument(index))));
  const dimensions = inserted(indices.dimensions, -1, depth);
  const type = isAbsent(call.argument(4)) ? 'int32' : typeOf(call.argument(4));
  if (type !== 'int32') return rangeFacts(noFacts.range, dimensions, type);
  if (on === undefined || off === undefined || !Number.isInteger(on) || !Number.isInteger(off)) return rangeFacts(noFacts.range, dimensions, undefined);
  const at = elementsOf(indices)?.elements.map(valueOf);
  const shape = shapeOf(dimensions);
  if (at?.every(Number.isInteger) !== true || shape === undefined || depth === undefined) return rangeFacts(hull([exactly(on), exactly(off)]), dimensions, 'int32');
  const elements = at.flatMap((index) => Array.from({ length: depth }, (_, place) => exactly(place === index ? on : off)));
  return elementFacts(elements, shape, 'int32');
};

const ranged = (dimensions: (call: Call) => Dimensions): Result => (call) => {
  const { range, type } = call.tensor(0);
  return rangeFacts(range, dimensions(call), type);
};

const broadcastTo = ranged((call) => {
  const lengths = given(call.argument(1));
  return lengths === undefined ? anyDimensions : closed(lengths);
});

/** Without its axis, `concat1d` goes along the only one there is. */
export const arrangements: Readonly<Record<string, Result>> = {
  ...named(['slice1d', 'slice2d', 'slice3d', 'slice4d'], slice), ...named(['concat1d', 'concat2d', 'concat3d', 'concat4d'], concat),
  ...named(['reverse', 'reverse1d', 'reverse2d', 'reverse3d', 'reverse4d'], ranged((call) => call.tensor(0).dimensions)),
  reshape, reshapeAs: ordered((_, call) => call.tensor(1).dimensions), flatten: ordered((of) => reshaped(of, [-1])), asScalar: ordered(() => closed([])),
  as1D: ordered((of) => reshaped(of, [-1])), as2D: asRank(2), as3D: asRank(3), as4D: asRank(4), as5D: asRank(5),
  expandDims, squeeze, transpose, slice, gather, concat, stack, oneHot, broadcastTo,
  tile: ranged(() => anyDimensions), ensureShape: ranged((call) => broadcast(call.tensor(0).dimensions, closed([]))),
};
