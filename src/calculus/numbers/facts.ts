/** What is known of a tensor: its shape, its type, between which numbers its elements lie, each of them if they are few. */
import { type Dimensions, anyDimensions, closed, joinDimensions, sameDimensions, shapeOf } from './dimensions.ts';
import { type Interval, anyNumber, hull, sameInterval, widened } from './interval.ts';
import type { Shape } from '../shape.ts';

/** A type that the library has. */
export type NamedType = 'float32' | 'complex64' | 'int32' | 'bool';

/** `float32 or complex64`: a float with something else gives that, whatever the other is. */
export type ElementType = NamedType | 'float32 or complex64';

export interface Facts {
  readonly dimensions: Dimensions;
  /** `undefined`: not known. */
  readonly type: ElementType | undefined;
  /** Between which numbers every element lies. */
  readonly range: Interval;
  /** Between which numbers each element lies, in row-major order; only where the whole shape is known. */
  readonly elements: readonly Interval[] | undefined;
}

export const noFacts: Facts = { dimensions: anyDimensions, type: undefined, range: anyNumber, elements: undefined };

/** Of tensors with more elements than this, the elements are not followed one by one. */
export const mostElements = 64;

export function rangeFacts(range: Interval, dimensions: Dimensions, type: ElementType | undefined): Facts {
  return { dimensions, type, range, elements: undefined };
}

/** One interval for each element of a shape; what is the same for all of them is kept as a range alone. */
export function elementFacts(elements: readonly Interval[], shape: Shape, type: ElementType | undefined): Facts {
  const range = hull(elements);
  const isUniform = elements.length === 0 || elements.length > mostElements || elements.every((each) => sameInterval(each, range));
  return { dimensions: closed(shape), type, range, elements: isUniform ? undefined : elements };
}

/** The elements one by one, where the shape is known and they are few. */
export function elementsOf({ dimensions, elements, range }: Facts): { readonly shape: Shape; readonly elements: readonly Interval[] } | undefined {
  const shape = shapeOf(dimensions);
  if (shape === undefined) return undefined;
  if (elements !== undefined) return { shape, elements };
  const size = shape.reduce((product, length) => product * length, 1);
  return size > mostElements || size === 0 ? undefined : { shape, elements: new Array<Interval>(size).fill(range) };
}

export function sameFacts(a: Facts, b: Facts): boolean {
  if (a === b) return true;
  return a.type === b.type && sameInterval(a.range, b.range) && sameDimensions(a.dimensions, b.dimensions) && sameElements(a.elements, b.elements);
}

function sameElements(a: Facts['elements'], b: Facts['elements']): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.length === b.length && a.every((each, index) => sameInterval(each, b[index] ?? anyNumber)));
}

/** What holds of either of two tensors. */
export function joinFacts(a: Facts, b: Facts): Facts {
  if (sameFacts(a, b)) return a;
  const dimensions = joinDimensions(a.dimensions, b.dimensions);
  const type = a.type === b.type ? a.type : undefined;
  const [x, y] = a.elements === undefined && b.elements === undefined ? [] : [elementsOf(a), elementsOf(b)];
  if (x !== undefined && y !== undefined && sameDimensions(a.dimensions, b.dimensions)) {
    return elementFacts(x.elements.map((each, index) => widened(each, y.elements[index] ?? anyNumber)), x.shape, type);
  }
  return rangeFacts(widened(a.range, b.range), dimensions, type);
}

/** As `joinFacts`, for the rounds of a loop: elements that change from one to the next are given up. */
export function joinRounds(a: Facts, b: Facts): Facts {
  if (sameFacts(a, b)) return a;
  return rangeFacts(widened(a.range, b.range), joinDimensions(a.dimensions, b.dimensions), a.type === b.type ? a.type : undefined);
}
