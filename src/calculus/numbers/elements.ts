/** Tensors of which each element is known to lie in an interval, and what operations do to them. */
import { type Interval, anyNumber, times } from './interval.ts';
import { type Precision, approximated, repeated, rounded, summed } from './precision.ts';
import type { Range } from './pointwise.ts';
import { type Shape, broadcastStrides, sizeOf, stridesOf, walk, withUnitAxes, withoutAxes } from '../shape.ts';

export interface Elements {
  readonly shape: Shape;
  readonly elements: readonly Interval[];
}

/** Steps that one operation may take here. */
const mostSteps = 4096;

/** The elements of operands that broadcast, side by side; `undefined` where their shapes do not go together. */
export function sideBySide(operands: readonly Elements[]): { readonly shape: Shape; readonly rows: readonly (readonly Interval[])[] } | undefined {
  const shape = operands.map((operand) => operand.shape).reduce<Shape | undefined>((wide, each) => wide && common(wide, each), []);
  if (shape === undefined || sizeOf(shape) > mostSteps) return undefined;
  const columns = operands.map((operand) => at(operand.elements, walk(shape, broadcastStrides(operand.shape, shape))));
  return { shape, rows: Array.from({ length: sizeOf(shape) }, (_, index) => columns.map((column) => column[index] ?? anyNumber)) };
}

function common(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const lengths = Array.from({ length: rank }, (_, index) => {
    const [x, y] = [a[index - rank + a.length] ?? 1, b[index - rank + b.length] ?? 1];
    return x === 1 ? y : y === 1 || x === y ? x : undefined;
  });
  return lengths.every((length) => length !== undefined) ? lengths : undefined;
}

/** The elements at some places, in their order. */
function at(elements: readonly Interval[], places: Iterable<number>): readonly Interval[] {
  return Array.from(places, (place) => elements[place] ?? anyNumber);
}

export function mapped(precision: Precision, range: Range, operands: readonly Elements[]): Elements | undefined {
  const met = sideBySide(operands);
  return met && { shape: met.shape, elements: met.rows.map((row) => range(precision, ...row)) };
}

/** What is made of the elements along some axes together. */
export function folded({ shape, elements }: Elements, axes: readonly number[], keep: boolean, fold: (group: readonly Interval[]) => Interval): Elements {
  const outer = withoutAxes(shape, axes);
  const strides = stridesOf(shape);
  const starts = walk(outer, withoutAxes(strides, axes));
  const steps = walk(shape.filter((_, axis) => axes.includes(axis)), strides.filter((_, axis) => axes.includes(axis)));
  const groups = Array.from(starts, (start) => at(elements, Array.from(steps, (step) => start + step)));
  return { shape: keep ? withUnitAxes(shape, axes) : outer, elements: groups.map(fold) };
}

/** With the axes in another order. */
export function transposed({ shape, elements }: Elements, order: readonly number[]): Elements {
  const strides = stridesOf(shape);
  const wide = order.map((axis) => shape[axis] ?? 1);
  return { shape: wide, elements: at(elements, walk(wide, order.map((axis) => strides[axis] ?? 0))) };
}

/** A block of the tensor. */
export function block({ shape, elements }: Elements, begin: readonly number[], size: Shape): Elements {
  const strides = stridesOf(shape);
  const start = begin.reduce((sum, from, axis) => sum + from * (strides[axis] ?? 0), 0);
  return { shape: size, elements: at(elements, walk(size, strides, start)) };
}

/** The slices at some places along an axis. */
export function gathered({ shape, elements }: Elements, axis: number, places: readonly number[], inPlace: Shape): Elements {
  const strides = stridesOf(shape);
  const rest = shape.with(axis, 1);
  const outer = walk(shape.slice(0, axis), strides.slice(0, axis));
  const inner = walk(rest.slice(axis + 1), strides.slice(axis + 1));
  const all = Array.from(outer, (start) => places.map((place) => Array.from(inner, (step) => start + place * (strides[axis] ?? 0) + step)));
  return { shape: [...shape.slice(0, axis), ...inPlace, ...shape.slice(axis + 1)], elements: at(elements, all.flat(2)) };
}

/** Tensors one after the other along an axis. */
export function joined(parts: readonly Elements[], axis: number, shape: Shape): Elements {
  const count = sizeOf(shape.slice(0, axis));
  const rows = Array.from({ length: count }, (_, row) => parts.flatMap(({ elements }) => {
    const length = elements.length / count;
    return elements.slice(row * length, (row + 1) * length);
  }));
  return { shape, elements: rows.flat() };
}

/** The product of two matrices. */
export function multiplied(precision: Precision, a: Elements, b: Elements): Elements | undefined {
  const [rows = 0, inner = 0] = a.shape;
  const [, columns = 0] = b.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || b.shape[0] !== inner || rows * inner * columns > mostSteps) return undefined;
  const elements = Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return summed(precision, Array.from({ length: inner }, (__, k) => rounded(precision, times(a.elements[row * inner + k] ?? anyNumber, b.elements[k * columns + column] ?? anyNumber))));
  });
  return { shape: [rows, columns], elements };
}

/** The mean of some values: libraries add first, or divide first, and the rounding differs. */
export function meanOf(precision: Precision, terms: readonly Interval[]): Interval {
  const { low, high } = summed(precision, terms);
  return approximated(precision, { low: low / terms.length, high: high / terms.length }, anyNumber);
}

/** As `meanOf`, of so many values in one interval; of any number of them, where it is not known how many. */
export function meanOfMany(precision: Precision, term: Interval, count: number | undefined): Interval {
  // Each addition may be rounded; a thousandth is more than what adds up in any tensor that fits into memory.
  if (count === undefined) return { low: term.low - Math.abs(term.low) / 1024, high: term.high + Math.abs(term.high) / 1024 };
  const { low, high } = repeated(precision, term, count);
  return approximated(precision, { low: low / count, high: high / count }, anyNumber);
}

/** eˣⁱ / Σ eˣʲ of one row, as libraries compute it: the largest is taken off first. */
export function softmaxOf(precision: Precision, row: readonly Interval[]): readonly Interval[] {
  return row.map((own, index) => {
    const others = row.filter((_, other) => other !== index);
    const most = others.reduce((sum, other) => sum + Math.exp(other.high - own.low), 0);
    const least = others.reduce((sum, other) => sum + Math.exp(other.low - own.high), 0);
    if (most < precision.lost) return { low: 1, high: 1 };
    if (others.some((other) => other.low - own.high > -precision.vanishing)) return { low: 0, high: 0 };
    return approximated(precision, { low: 1 / (1 + most), high: 1 / (1 + least) }, { low: 0, high: 1 });
  });
}
