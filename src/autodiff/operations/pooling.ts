/** Pooling: what a window sees, in one number a channel. */
import type { TensorLike } from '../convert.ts';
import type { Values } from '../dtype.ts';
import { makeTensor } from '../lifetime.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { div } from './arithmetic.ts';
import { reshape } from './layout.ts';
import { move, NOWHERE, type Movement } from './movement.ts';
import { sum } from './reduction.ts';
import { inBatch, outputShape, patches, windowOver, type Padding, type Pair, type Rounding } from './window.ts';

/**
 * The greatest element in each window. A choice of elements, so x̄ puts ȳ where it was taken from (the first of equals).
 * @param x [batch, height, width, channels], or without batch
 * @throws TensorError 'shape' when the window does not fit
 */
export function maxPool(x: TensorLike, filterSize: Pair, strides: Pair, pad: Padding, dimRoundingMode?: Rounding | null): Tensor {
  return inBatch('maxPool', x, (images) => {
    const window = windowOver('maxPool', images.shape, filterSize, strides, pad, 1, dimRoundingMode);
    const target = outputShape(images.shape, window, images.shape[3]!);
    return move('maxPool', images, { source: images.shape, target, run: 1, from: greatest(valuesOf(images), patches(images.shape, window)) }, -Infinity);
  });
}

/** Where the greatest element of each patch is, channel by channel. */
function greatest(elements: Values, { target, from }: Movement): Int32Array {
  const [places, taps, channels] = target as [number, number, number];
  const chosen = new Int32Array(places * channels).fill(NOWHERE);
  from.forEach((start, each) => {
    if (start === NOWHERE) return;
    const at = Math.floor(each / taps) * channels;
    for (let channel = 0; channel < channels; channel += 1) {
      const sofar = chosen[at + channel]!;
      if (sofar === NOWHERE || elements[start + channel]! > elements[sofar]!) chosen[at + channel] = start + channel;
    }
  });
  return chosen;
}

/**
 * The mean of the elements in each window; padding does not count. x̄ = Σ ȳ / count, over the windows that see x.
 * @param x [batch, height, width, channels], or without batch
 * @throws TensorError 'shape' when the window does not fit
 */
export function avgPool(x: TensorLike, filterSize: Pair, strides: Pair, pad: Padding, dimRoundingMode?: Rounding | null): Tensor {
  return inBatch('avgPool', x, (images) => {
    const window = windowOver('avgPool', images.shape, filterSize, strides, pad, 1, dimRoundingMode);
    const patched = patches(images.shape, window);
    const means = div(sum(move('patches', images, patched), 1), counts(patched));
    return reshape(means, outputShape(images.shape, window, images.shape[3]!));
  });
}

/** How many taps of each patch fall into the image, as a column. No number of the program's, so no tape is told. */
function counts({ target, from }: Movement): Tensor {
  const [places, taps] = target as [number, number];
  const values = new Float64Array(places);
  from.forEach((start, each) => { values[Math.floor(each / taps)]! += start === NOWHERE ? 0 : 1; });
  return makeTensor({ values, shape: [places, 1], dtype: 'float32' }, null, []);
}
