/** What is known of an argument of an operation, and what a tensor is that the library makes of it. */
import { type Dimensions, type Length, anyDimensions, closed, joinDimensions, shapeOf } from './dimensions.ts';
import { type ElementType, type Facts, type NamedType, elementFacts, noFacts, rangeFacts } from './facts.ts';
import type { Symbolic } from './length.ts';
import { type Interval, anyNumber, exactly, hull } from './interval.ts';
import type { Precision } from './precision.ts';

export type Argument =
  | { readonly kind: 'tensor'; readonly facts: Facts }
  /** `undefined` and `null` stand for what is left out. */
  | { readonly kind: 'constant'; readonly value: number | string | boolean | null | undefined }
  /** A number, of which nothing is known but that it is some length. */
  | { readonly kind: 'number'; readonly is?: Symbolic }
  /** An array; of one that is not complete the last item stands for any number of them, or for so many that there are `count` altogether. */
  | { readonly kind: 'list'; readonly items: readonly Argument[]; readonly complete: boolean; readonly count?: number | Symbolic; /** Of a typed array. */ readonly of?: 'floats' | 'integers' }
  /** An object with arguments under their names. */
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Argument>> }
  | { readonly kind: 'unknown' };

export const absent: Argument = { kind: 'constant', value: undefined };
export const unknown: Argument = { kind: 'unknown' };

export function isAbsent(argument: Argument): boolean {
  return argument.kind === 'constant' && (argument.value === undefined || argument.value === null);
}

export function numberOf(argument: Argument): number | undefined {
  return argument.kind === 'constant' && typeof argument.value === 'number' ? argument.value : undefined;
}

/** Lengths or axes, as an array or as a single number. */
export function numbersOf(argument: Argument): readonly (number | undefined)[] | undefined {
  if (argument.kind === 'list') return argument.complete ? argument.items.map(numberOf) : undefined;
  const number = numberOf(argument);
  return number === undefined ? undefined : [number];
}

/** Lengths as an array, also those that are no numbers. */
export function lengthsOf(argument: Argument): readonly Length[] | undefined {
  return argument.kind === 'list' && argument.complete ? argument.items.map(amountOf) : numbersOf(argument);
}

/** A number, or the length that a number is. */
export function amountOf(argument: Argument): Length {
  return argument.kind === 'number' ? argument.is : numberOf(argument);
}

export function certainNumbersOf(argument: Argument): readonly number[] | undefined {
  const numbers = numbersOf(argument);
  return numbers?.every((each) => each !== undefined) === true ? numbers : undefined;
}

/** A flag that is left out is `false`. */
export function flagOf(argument: Argument): boolean | undefined {
  if (isAbsent(argument)) return false;
  return argument.kind === 'constant' && typeof argument.value === 'boolean' ? argument.value : undefined;
}

export function typeOf(argument: Argument): NamedType | undefined {
  const value = argument.kind === 'constant' ? argument.value : undefined;
  return value === 'float32' || value === 'complex64' || value === 'int32' || value === 'bool' ? value : undefined;
}

/** The tensor that an operand is, or is turned into. */
export function factsOf(precision: Precision, operand: Argument): Facts {
  switch (operand.kind) {
    case 'tensor': return operand.facts;
    case 'unknown': case 'record': return noFacts;
    case 'number': return rangeFacts(anyNumber, scalar, 'float32');
    case 'constant': return typeof operand.value === 'number' || typeof operand.value === 'boolean' ? scalarFacts(precision, operand.value) : noFacts;
    case 'list': return dataFacts(precision, operand, typeOfData(operand));
  }
}

function scalarFacts(precision: Precision, value: number | boolean): Facts {
  const type = typeof value === 'boolean' ? 'bool' : 'float32';
  return rangeFacts(stored(precision, value, type), scalar, type);
}

const scalar = closed([]);

/** The tensor of a type, where that is known, that is made of numbers, or of nested arrays of them. */
export function dataFacts(precision: Precision, data: Argument, type: ElementType | undefined): Facts {
  const numbers = flattened(data);
  const dimensions = dimensionsOfData(data);
  if (numbers === undefined || numbers.length === 0) return rangeFacts(anyNumber, dimensions, type);
  const elements = numbers.map((value) => stored(precision, value, type));
  const shape = shapeOf(dimensions);
  return shape === undefined ? rangeFacts(hull(elements), dimensions, type) : elementFacts(elements, shape, type);
}

/** How long an array is, where that is known. */
export function lengthOf({ items, complete, count }: Extract<Argument, { kind: 'list' }>): Length {
  return complete ? items.length : count;
}

/** The type that the library takes from the first number. There are typed arrays of integers that it takes for ordinary ones. */
export function typeOfData(data: Argument): ElementType | undefined {
  if (data.kind === 'number') return 'float32';
  if (data.kind === 'list' && data.of !== undefined) return data.of === 'floats' ? 'float32' : undefined;
  if (data.kind === 'list') return data.items[0] && typeOfData(data.items[0]);
  if (data.kind !== 'constant') return undefined;
  return typeof data.value === 'boolean' ? 'bool' : typeof data.value === 'number' ? 'float32' : undefined;
}

/** Every number in nested arrays, in order, where all are known. */
function flattened(data: Argument): readonly (number | boolean)[] | undefined {
  if (data.kind === 'constant') return typeof data.value === 'number' || typeof data.value === 'boolean' ? [data.value] : undefined;
  if (data.kind !== 'list' || !data.complete) return undefined;
  const all: (number | boolean)[] = [];
  for (const item of data.items) {
    const numbers = flattened(item);
    if (numbers === undefined) return undefined;
    for (const number of numbers) all.push(number);
  }
  return all;
}

/** The shape of nested arrays: as many items as there are, and in each of them the same. */
function dimensionsOfData(data: Argument): Dimensions {
  if (data.kind === 'number') return scalar;
  if (data.kind === 'constant') return typeof data.value === 'number' || typeof data.value === 'boolean' ? scalar : anyDimensions;
  const lengths = outerLengths(data);
  return lengths.known ? closed(lengths.lengths) : anyDimensions;
}

/** Of nested arrays of which it is known how deep they are. */
export function dimensionsOfRank(data: Argument, rank: number): Dimensions {
  const { lengths } = outerLengths(data);
  return closed(Array.from({ length: rank }, (_, axis) => lengths[axis]));
}

/** Lengths from the outermost array inwards, and whether the numbers were met. */
function outerLengths(data: Argument): { readonly lengths: readonly Length[]; readonly known: boolean } {
  if (data.kind === 'constant' || data.kind === 'number') return { lengths: [], known: true };
  if (data.kind !== 'list') return { lengths: [], known: false };
  const inner = data.items.map(outerLengths);
  const [first] = inner;
  if (first === undefined) return { lengths: data.complete ? [0] : [undefined], known: data.complete };
  const lengths = inner.reduce((all, each) => commonStart(all, each.lengths), first.lengths);
  return { lengths: [lengthOf(data), ...lengths], known: inner.every(({ known }) => known) };
}

function commonStart(a: readonly Length[], b: readonly Length[]): readonly Length[] {
  return joinDimensions(closed(a.slice(0, b.length)), closed(b.slice(0, a.length))).lengths;
}

/** A number as it is kept in a tensor of a type. */
function stored(precision: Precision, value: number | boolean, type: ElementType | undefined): Interval {
  const number = Number(value);
  switch (type) {
    case 'float32': case 'complex64': case 'float32 or complex64': return exactly(precision.nearest(number));
    case 'int32': return exactly(Math.trunc(number));
    case 'bool': return exactly(Math.round(number) === 0 ? 0 : 1);
    case undefined: return hull([exactly(precision.nearest(number)), exactly(Math.trunc(number)), exactly(Math.round(number) === 0 ? 0 : 1)]);
  }
}
