/** Tensors that a library makes of host data. */
import { type Argument, absent, dataFacts, dimensionsOfRank, isAbsent, numbersOf, typeOf, typeOfData } from './argument.ts';
import { type Dimensions, anyDimensions, closed, shapeOf } from './dimensions.ts';
import { type ElementType, type Facts, elementFacts, elementsOf, rangeFacts } from './facts.ts';
import { anyNumber } from './interval.ts';
import type { Precision } from './precision.ts';
import { sizeOf } from '../shape.ts';

/** Where the arguments of a function stand that makes a tensor. */
export interface LeafForm {
  readonly data?: number;
  readonly shape?: number;
  readonly rank?: number;
  /** Every element has this value, or that of the argument at a position. */
  readonly value?: number | { readonly at: number };
}

export function factsOfLeaf(precision: Precision, form: LeafForm, args: readonly Argument[]): Facts {
  const { value, data } = form;
  const dimensions = dimensionsOfLeaf(form, args);
  const given = typeof value === 'number' ? { kind: 'constant' as const, value } : args[value?.at ?? data ?? -1];
  if (given === undefined) return rangeFacts(anyNumber, dimensions ?? anyDimensions, undefined);
  const made = dataFacts(precision, given, typeOfLeaf(form, given, args));
  return value === undefined ? inShape(made, dimensions ?? made.dimensions) : rangeFacts(made.range, dimensions ?? anyDimensions, made.type);
}

/** The same elements in a shape that is given besides. */
function inShape(made: Facts, dimensions: Dimensions): Facts {
  const shape = shapeOf(dimensions);
  const known = shape === undefined ? undefined : elementsOf(made);
  return known === undefined || shape === undefined || sizeOf(shape) !== known.elements.length ? rangeFacts(made.range, dimensions, made.type) : elementFacts(known.elements, shape, made.type);
}

function dimensionsOfLeaf({ shape, rank, data }: LeafForm, args: readonly Argument[]): Dimensions | undefined {
  const given = shape === undefined ? absent : args[shape] ?? absent;
  if (given.kind === 'list') {
    const lengths = numbersOf(given);
    return lengths === undefined ? anyDimensions : closed(lengths);
  }
  if (!isAbsent(given) && rank === undefined) return anyDimensions;
  return rank === undefined ? undefined : dimensionsOfRank(isAbsent(given) && data !== undefined ? args[data] ?? absent : absent, rank);
}

/** The type that an argument names, or that of the data; an argument that is not known may name any. */
function typeOfLeaf({ data, shape, value }: LeafForm, given: Argument, args: readonly Argument[]): ElementType | undefined {
  const named = args.map(typeOf).find((type) => type !== undefined);
  if (named !== undefined) return named;
  const meant = new Set([data, shape, typeof value === 'number' ? undefined : value?.at]);
  return args.some((argument, index) => argument.kind === 'unknown' && !meant.has(index)) ? undefined : typeOfData(given);
}
