/** Operations that give several tensors. */
import { certainNumbersOf, flagOf, isAbsent, lengthsOf, numberOf } from '../argument.ts';
import { type Dimensions, type Length, anyDimensions, axisOf, broadcast, lengthAt, reduced, resized } from '../dimensions.ts';
import { type Facts, noFacts, rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import { dividedBy, plus, times } from '../length.ts';
import type { Call } from './call.ts';

/** What is known of an array of tensors, or of those under names. */
export interface SeveralFacts {
  /** One by one, where it is known how many there are. */
  readonly items?: readonly Facts[];
  readonly fields?: Readonly<Record<string, Facts>>;
  /** Of each of them. */
  readonly each: Facts;
}

export const nothingOfSeveral: SeveralFacts = { each: noFacts };

type Several = (call: Call) => SeveralFacts;

/** More parts than this are not told apart. */
const mostParts = 64;

/** `split(x, numOrSizeSplits, axis)`. */
const split: Several = (call) => {
  const { dimensions, range, type } = call.tensor(0);
  const axis = isAbsent(call.argument(2)) ? 0 : numberOf(call.argument(2));
  const length = axis === undefined ? undefined : lengthAt(dimensions, axis);
  const part = (of: Length): Facts => rangeFacts(range, axis === undefined ? anyDimensions : resized(dimensions, axis, of), type);
  const sizes = sizesOf(call, length);
  return sizes === undefined ? { each: part(undefined) } : { items: sizes.map(part), each: part(sizes.every((size) => size === sizes[0]) ? sizes[0] : undefined) };
};

/** How long the parts are: so many of the same length, or each of the one that is given for it. */
function sizesOf(call: Call, length: Length): readonly Length[] | undefined {
  const wanted = call.argument(1);
  const count = numberOf(wanted);
  if (count !== undefined) return Number.isInteger(count) && count > 0 && count <= mostParts ? new Array<Length>(count).fill(typeof length === 'number' && length % count !== 0 ? undefined : dividedBy(length, count)) : undefined;
  const sizes = wanted.kind === 'list' ? lengthsOf(wanted) : undefined;
  const rest = sizes?.filter((size) => size !== -1).reduce<Length>((left, size) => plus(left, times(-1, size)), length);
  return sizes?.map((size) => (size === -1 ? rest : size));
}

/** `unstack(x, axis)`. */
const unstack: Several = (call) => {
  const { dimensions, range, type } = call.tensor(0);
  const axis = isAbsent(call.argument(1)) ? 0 : numberOf(call.argument(1));
  if (axis === undefined) return { each: rangeFacts(range, anyDimensions, type) };
  const each = rangeFacts(range, reduced(dimensions, [axis], false), type);
  const length = lengthAt(dimensions, axis);
  return typeof length !== 'number' || length > mostParts ? { each } : { items: new Array<Facts>(length).fill(each), each };
};

const named = (dimensions: (call: Call) => Dimensions, names: readonly string[], integers: readonly string[] = []): Several => (call) => {
  const of = dimensions(call);
  const fields = Object.fromEntries(names.map((name) => [name, rangeFacts(anyNumber, of, integers.includes(name) ? 'int32' : undefined)]));
  return { fields, each: rangeFacts(anyNumber, of, undefined) };
};

/** `topk(x, k)`: along the last axis. */
const topk = named((call) => {
  const k = isAbsent(call.argument(1)) ? 1 : numberOf(call.argument(1));
  return resized(call.tensor(0).dimensions, -1, k);
}, ['values', 'indices'], ['indices']);

/** `moments(x, axis, keepDims)`. */
const moments = named((call) => {
  const axes = isAbsent(call.argument(1)) ? 'all' : certainNumbersOf(call.argument(1));
  const keep = flagOf(call.argument(2));
  return axes === undefined || keep === undefined ? anyDimensions : reduced(call.tensor(0).dimensions, axes, keep);
}, ['mean', 'variance']);

/** `basicLSTMCell(forgetBias, kernel, bias, data, c, h)`: the next c and h. The kernel makes four gates, which meet c. */
const cell: Several = (call) => {
  const [forgetBias, kernel, bias, data, c] = [0, 1, 2, 3, 4].map((at) => call.tensor(at).dimensions) as [Dimensions, Dimensions, Dimensions, Dimensions, Dimensions];
  if ([forgetBias, kernel, bias, data].some(({ open }) => open) || forgetBias.lengths.length > 0 || kernel.lengths.length !== 2 || bias.lengths.length > 1 || data.lengths.length !== 2) return nothingOfSeveral;
  const gates = broadcast({ open: false, lengths: [data.lengths[0], kernel.lengths[1]] }, bias);
  const next = rangeFacts(anyNumber, broadcast(resized(gates, 1, dividedBy(gates.lengths[1], 4)), c), undefined);
  return { items: [next, next], each: next };
};

/** `meshgrid(x, y)`: two of as many rows as the second has elements, and as many columns as the first. */
const meshgrid: Several = (call) => {
  if (!isAbsent(call.argument(2)) || isAbsent(call.argument(1))) return nothingOfSeveral;
  const [x, y] = [call.tensor(0), call.tensor(1)].map(({ dimensions }) => (axisOf(dimensions, -1) !== undefined && dimensions.lengths.length === 1 && !dimensions.open ? dimensions.lengths[0] : undefined));
  const each = rangeFacts(anyNumber, { open: false, lengths: [y, x] }, undefined);
  return { items: [each, each], each };
};

/** `linalg.qr(x, fullMatrices)`, of one matrix. */
const qr: Several = (call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  const [rows, columns] = lengths;
  if (open || lengths.length !== 2 || typeof rows !== 'number' || typeof columns !== 'number' || flagOf(call.argument(1)) !== false) return nothingOfSeveral;
  const least = Math.min(rows, columns);
  return { items: [[rows, least], [least, columns]].map((shape) => rangeFacts(anyNumber, { open: false, lengths: shape }, 'float32')), each: rangeFacts(anyNumber, { open: false, lengths: [undefined, undefined] }, 'float32') };
};

/** `unique(x, axis)`: so many as differ, and which of them each is. */
const unique: Several = (call) => {
  const { dimensions, range, type } = call.tensor(0);
  const axis = isAbsent(call.argument(1)) ? 0 : numberOf(call.argument(1));
  if (axis === undefined) return nothingOfSeveral;
  return { fields: { values: rangeFacts(range, resized(dimensions, axis, undefined), type), indices: rangeFacts(anyNumber, { open: false, lengths: [lengthAt(dimensions, axis)] }, 'int32') }, each: noFacts };
};

export const severalResults: Readonly<Record<string, Several>> = { split, unstack, topk, moments, basicLSTMCell: cell, meshgrid, 'linalg.qr': qr, unique };
