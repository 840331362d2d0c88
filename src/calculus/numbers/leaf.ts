/** Tensors that a library makes of host data. */
import { type Argument, absent, amountOf, dataFacts, dimensionsOfRank, isAbsent, lengthsOf, typeOf, typeOfData } from './argument.ts';
import { type Dimensions, type Length, anyDimensions, closed, shapeOf } from './dimensions.ts';
import { type ElementType, type Facts, elementFacts, elementsOf, mostElements, rangeFacts } from './facts.ts';
import { anyNumber, exactly, hull } from './interval.ts';
import type { Precision } from './precision.ts';
import { sizeOf } from '../shape.ts';

/** Where the arguments of a function stand that makes a tensor. */
export interface LeafForm {
  readonly data?: number;
  readonly shape?: number;
  readonly rank?: number;
  /** Every element has this value, or that of the argument at a position. */
  readonly value?: number | { readonly at: number };
  /** From the first argument on in steps: to the second one, of the size that the third one gives; or so many that the last one is the second argument. */
  readonly steps?: 'of a size' | 'so many';
  /** Each length is an argument of its own; nobody knows one that is not said. `before`: where an array of further ones stands, which come first. */
  readonly lengths?: { readonly each: readonly (LengthForm | undefined)[]; readonly before?: number };
  /** Its type where no data says it: which argument names one, and what it is without. */
  readonly type?: { readonly at?: number; readonly otherwise: ElementType };
}

/** The argument at a position, and what is taken where it is left out. */
interface LengthForm {
  readonly at: number;
  readonly otherwise: number | { readonly at: number };
}

export function factsOfLeaf(precision: Precision, form: LeafForm, args: readonly Argument[]): Facts {
  const { value, data, steps } = form;
  if (steps !== undefined) return steps === 'of a size' ? ofSize(args) : soMany(args);
  const dimensions = dimensionsOfLeaf(form, args);
  const given = typeof value === 'number' ? { kind: 'constant' as const, value } : args[value?.at ?? data ?? -1];
  if (given === undefined) return rangeFacts(anyNumber, dimensions ?? anyDimensions, typeOfRandom(form, args));
  const made = dataFacts(precision, given, typeOfLeaf(form, given, args));
  return value === undefined ? inShape(made, dimensions ?? made.dimensions) : rangeFacts(made.range, dimensions ?? anyDimensions, made.type);
}

/** `range(start, stop, step, dtype)`. What is added up of fractions is rounded at each step; of that only the number is known. */
function ofSize([from, to, by = absent, dtype = absent]: readonly Argument[]): Facts {
  const type = isAbsent(dtype) ? 'float32' : typeOf(dtype);
  const [start, stop] = [certainNumber(from), certainNumber(to)];
  const given = isAbsent(by) ? 1 : certainNumber(by);
  if (start === undefined || stop === undefined || given === undefined || given === 0) return rangeFacts(anyNumber, vector, type);
  const step = stop < start && given === 1 ? -1 : given;
  const count = start === stop || (stop - start) * step < 0 ? 0 : Math.ceil((stop - start) / step);
  return inSteps(start, step, count, type);
}

/** `linspace(start, stop, num)`. */
function soMany([from, to, number]: readonly Argument[]): Facts {
  const [start, stop, count] = [certainNumber(from), certainNumber(to), certainNumber(number)];
  if (start === undefined || stop === undefined || count === undefined || !(count >= 1)) return rangeFacts(anyNumber, vector, 'float32');
  return inSteps(start, count === 1 ? 0 : (stop - start) / (count - 1), count, 'float32');
}

function inSteps(start: number, step: number, count: number, type: ElementType | undefined): Facts {
  const isWhole = [start, step, count].every(Number.isInteger) && Math.abs(start) + Math.abs(step * count) < largestWhole;
  if (!isWhole || (type !== 'float32' && type !== 'int32')) return rangeFacts(anyNumber, closed([Number.isInteger(count) ? count : undefined]), type);
  if (count > mostElements) return rangeFacts(hull([exactly(start), exactly(start + step * (count - 1))]), closed([count]), type);
  return elementFacts(Array.from({ length: count }, (_, index) => exactly(start + step * index)), [count], type);
}

/** Whole numbers up to this are added exactly, also in single precision. */
const largestWhole = 2 ** 24;
const vector = closed([undefined]);

function certainNumber(argument: Argument | undefined): number | undefined {
  return argument?.kind === 'constant' && typeof argument.value === 'number' && Number.isFinite(argument.value) ? argument.value : undefined;
}

/** The same elements in a shape that is given besides. */
function inShape(made: Facts, dimensions: Dimensions): Facts {
  const shape = shapeOf(dimensions);
  const known = shape === undefined ? undefined : elementsOf(made);
  return known === undefined || shape === undefined || sizeOf(shape) !== known.elements.length ? rangeFacts(made.range, dimensions, made.type) : elementFacts(known.elements, shape, made.type);
}

function dimensionsOfLeaf({ shape, rank, data, lengths: each }: LeafForm, args: readonly Argument[]): Dimensions | undefined {
  if (each !== undefined) return dimensionsOfEach(each, args);
  const given = shape === undefined ? absent : args[shape] ?? absent;
  if (given.kind === 'list') {
    const lengths = lengthsOf(given);
    return lengths === undefined ? anyDimensions : closed(lengths);
  }
  if (!isAbsent(given) && rank === undefined) return anyDimensions;
  return rank === undefined ? undefined : dimensionsOfRank(isAbsent(given) && data !== undefined ? args[data] ?? absent : absent, rank);
}

function dimensionsOfEach({ each, before }: NonNullable<LeafForm['lengths']>, args: readonly Argument[]): Dimensions {
  const first = before === undefined ? absent : args[before] ?? absent;
  const leading = isAbsent(first) ? [] : lengthsOf(first);
  const own = each.map((form) => (form === undefined ? undefined : lengthAmong(form, args)));
  return leading === undefined ? { open: true, lengths: own } : closed([...leading, ...own]);
}

function lengthAmong({ at, otherwise }: LengthForm, args: readonly Argument[]): Length {
  const argument = args[at] ?? absent;
  if (!isAbsent(argument)) return amountOf(argument);
  return typeof otherwise === 'number' ? otherwise : amountOf(args[otherwise.at] ?? absent);
}

function typeOfRandom({ type }: LeafForm, args: readonly Argument[]): ElementType | undefined {
  const named = type?.at === undefined ? absent : args[type.at] ?? absent;
  return isAbsent(named) ? type?.otherwise : typeOf(named);
}

/** The type that an argument names, or that of the data; an argument that is not known may name any. */
function typeOfLeaf({ data, shape, value }: LeafForm, given: Argument, args: readonly Argument[]): ElementType | undefined {
  const named = args.map(typeOf).find((type) => type !== undefined);
  if (named !== undefined) return named;
  const meant = new Set([data, shape, typeof value === 'number' ? undefined : value?.at]);
  return args.some((argument, index) => argument.kind === 'unknown' && !meant.has(index)) ? undefined : typeOfData(given);
}
