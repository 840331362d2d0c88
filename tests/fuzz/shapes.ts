/** Arithmetic of shapes. */
import type { Shape } from './syntax.ts';

/** Where choices come from. */
export interface Numbers {
  below(count: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, extent) => size * extent, 1);

export const sameShape = (a: Shape, b: Shape): boolean => a.join() === b.join();

export function axisOf(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : undefined;
}

export function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let at = 1; at <= rank; at++) {
    const [left, right] = [a[a.length - at] ?? 1, b[b.length - at] ?? 1];
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.unshift(Math.max(left, right));
  }
  return shape;
}

/** Of matrices, and of batches of the same length. */
export function matMulShape(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Shape | undefined {
  if (a.length < 2 || a.length !== b.length || !sameShape(a.slice(0, -2), b.slice(0, -2))) return undefined;
  const [rows, inner] = transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [other, columns] = transposeB ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  return inner === other ? [...a.slice(0, -2), rows, columns] : undefined;
}
