/** Shapes: how many elements a tensor has along each axis, and walks over them in row-major order. */
export type Shape = readonly number[];

/** The number of elements. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

/** Row-major strides, one an axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** Strides with which `shape` is walked as if it had shape `wide`: zero where it stretches. */
export function broadcastStrides(shape: Shape, wide: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = wide.length - shape.length;
  return wide.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}

/** `shape` without `axes`. */
export const withoutAxes = (shape: Shape, axes: readonly number[]): number[] =>
  shape.filter((_, axis) => !axes.includes(axis));

/** `shape` with 1 at each of `axes`. */
export const withUnitAxes = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((length, axis) => (axes.includes(axis) ? 1 : length));

/**
 * For each element of a tensor of shape `wide`, in row-major order, where a walk with other strides stands.
 * Broadcasting, transposition, slices and reductions are such walks.
 */
export function walk(wide: Shape, strides: readonly number[], start = 0): Int32Array {
  const size = sizeOf(wide);
  const positions = new Int32Array(size);
  const last = wide.length - 1;
  const [length, step] = [wide[last] ?? 1, strides[last] ?? 0];
  const counter = new Array<number>(wide.length).fill(0);
  for (let index = 0, position = start; index < size;) {
    for (let along = 0; along < length; along += 1, index += 1) positions[index] = position + along * step;
    for (let axis = last - 1; axis >= 0; axis -= 1) {
      position += strides[axis]!;
      counter[axis]! += 1;
      if (counter[axis]! < wide[axis]!) break;
      position -= strides[axis]! * wide[axis]!;
      counter[axis] = 0;
    }
  }
  return positions;
}
