/** Operations that make one element of all those along some axes, and those that weigh them against one another. */
import { type Argument, certainNumbersOf, flagOf, isAbsent } from '../argument.ts';
import { anyDimensions, lengthAt, productOf, reduced, sizeOfDimensions } from '../dimensions.ts';
import { type Elements, folded, meanOf, meanOfMany, softmaxOf } from '../elements.ts';
import { type ElementType, type Facts, elementsOf, rangeFacts } from '../facts.ts';
import { type Interval, anyNumber, exactly, hull, isAny, total } from '../interval.ts';
import { type Precision, repeated, summed } from '../precision.ts';
import { type Call, type Result, resultFacts } from './call.ts';

interface Fold {
  readonly each: (precision: Precision, group: readonly Interval[]) => Interval;
  /** Of so many elements in one interval; of any number of them where it is not known how many. */
  readonly many: (precision: Precision, term: Interval, count: number | undefined) => Interval;
  readonly type: (of: ElementType | undefined) => ElementType | undefined;
}

const same = <T>(value: T): T => value;

const sum: Fold = {
  each: summed,
  many: (precision, term, count) => (count === undefined ? total(term) : repeated(precision, term, count)),
  type: (of) => (of === 'bool' ? 'int32' : of),
};
const mean: Fold = { each: meanOf, many: meanOfMany, type: () => 'float32' };
const max: Fold = { each: (_, group) => ({ low: Math.max(...group.map(({ low }) => low)), high: Math.max(...group.map(({ high }) => high)) }), many: (_, term) => term, type: same };
const min: Fold = { each: (_, group) => ({ low: Math.min(...group.map(({ low }) => low)), high: Math.min(...group.map(({ high }) => high)) }), many: (_, term) => term, type: same };

/** The axes of a reduction as they are given: `undefined` where they are not known. */
function axesOf(argument: Argument): readonly number[] | 'all' | undefined {
  return isAbsent(argument) ? 'all' : certainNumbersOf(argument);
}

const reduction = (fold: Fold): Result => (call) => {
  const x = call.tensor(0);
  const [axes, keep] = [axesOf(call.argument(1)), flagOf(call.argument(2))];
  const type = fold.type(x.type);
  if (axes === undefined || keep === undefined) return rangeFacts(fold.many(call.precision, x.range, undefined), anyDimensions, type);
  const dimensions = reduced(x.dimensions, axes, keep);
  return resultFacts(foldedElements(call, x, axes, keep, fold), () => fold.many(call.precision, x.range, countOf(x, axes)), dimensions, type);
};

function foldedElements({ precision }: Call, x: Facts, axes: readonly number[] | 'all', keep: boolean, fold: Fold): Elements | undefined {
  const known = x.elements === undefined ? undefined : elementsOf(x);
  return known && folded(known, placesOf(axes, known.shape.length), keep, (group) => fold.each(precision, group));
}

function placesOf(axes: readonly number[] | 'all', rank: number): readonly number[] {
  return axes === 'all' ? Array.from({ length: rank }, (_, axis) => axis) : axes.map((axis) => (axis < 0 ? axis + rank : axis));
}

/** How many elements become one. */
function countOf({ dimensions }: Facts, axes: readonly number[] | 'all'): number | undefined {
  const count = axes === 'all' ? sizeOfDimensions(dimensions) : productOf(axes.map((axis) => lengthAt(dimensions, axis)));
  return typeof count === 'number' ? count : undefined;
}

/** Reductions of which only the shape is followed. */
const reducedShape = (range: Interval, absent: readonly number[] | 'all', type?: ElementType): Result => (call) => {
  const [given, keep] = [axesOf(call.argument(1)), flagOf(call.argument(2))];
  const axes = given === 'all' ? absent : given;
  return rangeFacts(range, axes === undefined || keep === undefined ? anyDimensions : reduced(call.tensor(0).dimensions, axes, keep), type);
};

/** The libraries know these along the last axis alone. */
const softmax: Result = (call) => {
  const x = call.tensor(0);
  if (lengthAt(x.dimensions, -1) === 1) return rangeFacts(exactly(1), x.dimensions, 'float32');
  return resultFacts(softmaxElements(call.precision, x), () => ({ low: 0, high: 1 }), x.dimensions, 'float32');
};

function softmaxElements(precision: Precision, x: Facts): Elements | undefined {
  const known = isAny(x.range) ? undefined : elementsOf(x);
  const length = known?.shape.at(-1);
  if (known === undefined || length === undefined) return undefined;
  const rows = Array.from({ length: known.elements.length / length }, (_, row) => known.elements.slice(row * length, (row + 1) * length));
  return { shape: known.shape, elements: rows.flatMap((row) => softmaxOf(precision, row)) };
}

const logSoftmax: Result = (call) => {
  const { dimensions } = call.tensor(0);
  return rangeFacts(lengthAt(dimensions, -1) === 1 ? exactly(0) : { low: -Infinity, high: 0 }, dimensions, 'float32');
};

const indices: Interval = { low: 0, high: Infinity };

export const reductions: Readonly<Record<string, Result>> = {
  sum: reduction(sum), mean: reduction(mean), max: reduction(max), min: reduction(min),
  prod: reducedShape(anyNumber, 'all'), logSumExp: reducedShape(anyNumber, 'all'),
  any: reducedShape(hull([exactly(0), exactly(1)]), 'all', 'bool'), all: reducedShape(hull([exactly(0), exactly(1)]), 'all', 'bool'),
  argMax: reducedShape(indices, [0], 'int32'), argMin: reducedShape(indices, [0], 'int32'),
  softmax, logSoftmax,
};
