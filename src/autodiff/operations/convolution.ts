/**
 * Convolutions as products of matrices (Chellapilla et al. 2006, "High performance convolutional neural networks for
 * document processing", section 2; Dumoulin and Visin 2016, "A guide to convolution arithmetic", chapter 4): what the
 * window sees at a place is a row, the patch; a filter is a column. Both steps are operations, and so their derivatives
 * are the convolution's.
 */
import { toTensor, type TensorLike } from '../convert.ts';
import { TensorError } from '../errors.ts';
import { sameShape } from '../../calculus/shape.ts';
import type { Tensor } from '../tensor.ts';
import { cast, reshape, transpose } from './layout.ts';
import { move, scatterAdd, type Movement } from './movement.ts';
import { matMul } from './products.ts';
import { inBatch, outputShape, patches, windowOver, type Padding, type Pair, type Rounding, type Window } from './window.ts';

/**
 * Two-dimensional convolution (without flipping the filter).
 * @param x [batch, height, width, inChannels], or without batch
 * @param filter [height, width, inChannels, outChannels]
 * @throws TensorError 'shape' when the channels differ or the window does not fit
 */
export function conv2d(
  x: TensorLike, filter: TensorLike, strides: Pair, pad: Padding,
  dataFormat: 'NHWC' = 'NHWC', dilations?: Pair | null, dimRoundingMode?: Rounding | null,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'conv2d');
  return inBatch('conv2d', x, (images) => {
    checkConvolution('conv2d', images.shape[3]!, $filter, dataFormat);
    const window = windowOver('conv2d', images.shape, $filter.shape, strides, pad, dilations, dimRoundingMode);
    const rows = move('patches', images, rowsOf(patches(images.shape, window)));
    return reshape(matMul(rows, columnsOf($filter)), outputShape(images.shape, window, $filter.shape[3]!));
  });
}

/**
 * The transpose of `conv2d`: what takes a cotangent of its output to its input.
 * @param x [batch, height, width, outChannels]
 * @param filter [height, width, inChannels, outChannels]
 * @param outputShape the shape of the image that `conv2d` would have made `x` from
 * @throws TensorError 'shape' when `conv2d` would not make the shape of x from it
 */
export function conv2dTranspose(
  x: TensorLike, filter: TensorLike, outputShape: readonly number[], strides: Pair, pad: Padding, dimRoundingMode?: Rounding | null,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'conv2dTranspose');
  return inBatch('conv2dTranspose', x, (images) => {
    const target = outputShape.length === 3 ? [1, ...outputShape] : outputShape;
    checkConvolution('conv2dTranspose', target[3]!, $filter, 'NHWC');
    const window = windowOver('conv2dTranspose', target, $filter.shape, strides, pad, 1, dimRoundingMode);
    checkTransposed(images, target, window, $filter);
    const rows = matMul(reshape(images, [-1, $filter.shape[3]!]), columnsOf($filter), false, true);
    return scatterAdd('patches', rows, rowsOf(patches(target, window)));
  });
}

/**
 * Convolution of each channel by filters of its own.
 * @param filter [height, width, inChannels, multiplier]; the output has inChannels * multiplier channels
 * @throws TensorError 'shape' when the channels differ or the window does not fit
 */
export function depthwiseConv2d(
  x: TensorLike, filter: TensorLike, strides: Pair, pad: Padding,
  dataFormat: 'NHWC' = 'NHWC', dilations?: Pair | null, dimRoundingMode?: Rounding | null,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'depthwiseConv2d');
  return inBatch('depthwiseConv2d', x, (images) => {
    checkConvolution('depthwiseConv2d', images.shape[3]!, $filter, dataFormat);
    const window = windowOver('depthwiseConv2d', images.shape, $filter.shape, strides, pad, dilations, dimRoundingMode);
    const [height, width, channels, multiplier] = $filter.shape as [number, number, number, number];
    // Channels first: a batch of products, one a channel.
    const rows = transpose(move('patches', images, patches(images.shape, window)), [2, 0, 1]);
    const columns = transpose(reshape(asFloat($filter), [height * width, channels, multiplier]), [1, 0, 2]);
    return reshape(transpose(matMul(rows, columns), [1, 0, 2]), outputShape(images.shape, window, channels * multiplier));
  });
}

/** Patches as rows of a matrix: all taps of all channels side by side. */
const rowsOf = (patched: Movement): Movement => {
  const [places, taps, channels] = patched.target as [number, number, number];
  return { ...patched, target: [places, taps * channels] };
};

/** A filter as a matrix with a column for each output channel. */
const columnsOf = (filter: Tensor): Tensor => {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  return reshape(asFloat(filter), [height * width * inChannels, outChannels]);
};

const asFloat = (filter: Tensor): Tensor => (filter.dtype === 'float32' ? filter : cast(filter, 'float32'));

function checkConvolution(name: string, channels: number, filter: Tensor, dataFormat: string): void {
  if (dataFormat !== 'NHWC') throw new TensorError('argument', `${name}: data format ${dataFormat} is not supported, only NHWC`);
  if (filter.rank !== 4) throw new TensorError('shape', `Error in ${name}: filter must be rank 4, but got rank ${filter.rank}.`);
  if (channels !== filter.shape[2]) {
    throw new TensorError('shape', `Error in ${name}: depth of input (${channels}) must match input depth for filter ${filter.shape[2]}.`);
  }
}

function checkTransposed(images: Tensor, target: readonly number[], window: Window, filter: Tensor): void {
  const made = outputShape(target, window, filter.shape[3]!);
  if (!sameShape(made, images.shape)) {
    throw new TensorError('shape', `conv2dTranspose: a convolution makes [${made}] from [${target}], but x is [${images.shape}]`);
  }
}
