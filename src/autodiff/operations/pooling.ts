/** Pooling: what a window sees, in one number a channel. */
import type { TensorLike } from '../convert.ts';
import { sizeOf } from '../../calculus/shape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { resultOf } from '../result.ts';
import { inBatch } from './convolution.ts';
import { move, NOWHERE } from './movement.ts';
import { forEachTap, windowOver, type Padding, type Pair, type Rounding, type Window } from './window.ts';

/** Calls `visit` with the flat places of each output element and each image element that its window sees. */
function forEachSeen(image: readonly number[], window: Window, visit: (y: number, x: number) => void): void {
  const [batch, height, width, channels] = image as [number, number, number, number];
  forEachTap(window, (place, _tap, row, column) => {
    for (let each = 0; each < batch; each += 1) {
      const y = ((each * window.height.places + place.row) * window.width.places + place.column) * channels;
      const x = ((each * height + row) * width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) visit(y + channel, x + channel);
    }
  });
}

const pooledShape = (image: readonly number[], window: Window): number[] => [image[0]!, window.height.places, window.width.places, image[3]!];

/**
 * The greatest element in each window. A choice of elements, so x̄ puts ȳ where it was taken from (the first of equals).
 * @param x [batch, height, width, channels], or without batch
 * @throws TensorError 'shape' when the window does not fit
 */
export function maxPool(x: TensorLike, filterSize: Pair, strides: Pair, pad: Padding, dimRoundingMode?: Rounding): Tensor {
  return inBatch('maxPool', x, (image) => {
    const window = windowOver('maxPool', image.shape, filterSize, strides, pad, 1, dimRoundingMode);
    const shape = pooledShape(image.shape, window);
    const elements = valuesOf(image);
    const from = new Int32Array(sizeOf(shape)).fill(NOWHERE);
    forEachSeen(image.shape, window, (at, seen) => {
      if (from[at] === NOWHERE || elements[seen]! > elements[from[at]!]!) from[at] = seen;
    });
    return move('maxPool', image, from, shape, -Infinity);
  });
}

/**
 * The mean of the elements in each window; padding does not count. x̄ = Σ ȳ / count, over the windows that see x.
 * @param x [batch, height, width, channels], or without batch
 * @throws TensorError 'shape' when the window does not fit
 */
export function avgPool(x: TensorLike, filterSize: Pair, strides: Pair, pad: Padding, dimRoundingMode?: Rounding): Tensor {
  return inBatch('avgPool', x, (image) => {
    const window = windowOver('avgPool', image.shape, filterSize, strides, pad, 1, dimRoundingMode);
    const counts = new Float64Array(sizeOf(pooledShape(image.shape, window)));
    forEachSeen(image.shape, window, (at) => { counts[at]! += 1; });
    return average(image, window, counts);
  });
}

function average(image: Tensor, window: Window, counts: Float64Array): Tensor {
  const elements = valuesOf(image);
  const values = new Float64Array(counts.length);
  forEachSeen(image.shape, window, (at, seen) => { values[at]! += elements[seen]! / counts[at]!; });
  return resultOf('avgPool', { x: image }, { values, shape: pooledShape(image.shape, window), dtype: 'float32' }, {
    x: (dy, saved) => averageAdjoint(dy, saved.x.shape, window, counts),
  });
}

function averageAdjoint(dy: Tensor, image: readonly number[], window: Window, counts: Float64Array): Tensor {
  const cotangent = valuesOf(dy);
  const values = new Float64Array(sizeOf(image));
  forEachSeen(image, window, (at, seen) => { values[seen]! += cotangent[at]! / counts[at]!; });
  return resultOf('avgPoolInput', { dy }, { values, shape: image, dtype: 'float32' }, { dy: (dx) => average(dx, window, counts) });
}
