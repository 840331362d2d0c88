import type { DataType, Values } from './dtype.ts';
import { TensorError } from './errors.ts';

/** Numbers in arrays of arrays; a scalar is a plain number. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as TF.js: the depth depends on the rank
export type NestedArray = any;

/** Flat elements as nested arrays. */
export function nest(values: Values, shape: readonly number[]): NestedArray {
  const build = (axis: number, start: number, size: number): unknown => {
    if (axis === shape.length) return values[start];
    const length = shape[axis]!;
    const part = length === 0 ? 0 : size / length;
    return Array.from({ length }, (_, index) => build(axis + 1, start + index * part, part));
  };
  return build(0, 0, values.length);
}

/** The shape of nested arrays, by their first elements. */
export function nestedShape(nested: unknown): number[] {
  const shape: number[] = [];
  for (let level = nested; isRow(level); level = level[0]) shape.push(level.length);
  return shape;
}

/**
 * Nested arrays as flat elements with their shape.
 * @throws TensorError 'shape' when rows differ in length, 'argument' when an element is no number or boolean
 */
export function flattenNested(nested: unknown, what: string): { flat: (number | boolean)[]; shape: number[] } {
  const shape = nestedShape(nested);
  const flat: (number | boolean)[] = [];
  const visit = (part: unknown, depth: number): void => {
    if (!isRow(part)) {
      if (depth !== shape.length) throw raggedness(what, shape);
      if (typeof part !== 'number' && typeof part !== 'boolean') {
        throw new TensorError('argument', `${what}: an element must be a number or a boolean, but is ${describeValue(part)}`);
      }
      flat.push(part);
      return;
    }
    if (part.length !== shape[depth]) throw raggedness(what, shape);
    for (const inner of part) visit(inner, depth + 1);
  };
  visit(nested, 0);
  return { flat, shape };
}

/** Flat elements as text. */
export function render(values: Values, shape: readonly number[], dtype: DataType): string {
  return JSON.stringify(nest(values, shape), (_, element: unknown) => {
    if (typeof element !== 'number') return element;
    if (dtype === 'bool') return element !== 0;
    return Number.isFinite(element) ? Number(element.toPrecision(7)) : String(element);
  }).replaceAll(',', ', ');
}

/** What a value is, in a word or two, for messages. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (value instanceof Promise) return 'a promise';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? `an object ${Object.prototype.toString.call(value)}` : `a ${typeof value}`;
}

type Row = ArrayLike<unknown> & Iterable<unknown>;

const isRow = (value: unknown): value is Row =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const raggedness = (what: string, shape: readonly number[]): TensorError =>
  new TensorError('shape', `${what}: nested arrays must all have the same length, but they do not fit shape [${shape.join(',')}]`);
