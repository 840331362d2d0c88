/**
 * Convolution as a trilinear form: with T the set of (output, input, weight) that meet, conv2d is y = Σ_T x w. Its
 * adjoints are the same sum with another one of the three left out, x̄ = Σ_T ȳ w and w̄ = Σ_T x ȳ (Dumoulin and Visin
 * 2016, "A guide to convolution arithmetic", chapter 4). So three operations are each other's derivatives, to any order.
 */
import { toTensor, type TensorLike } from '../convert.ts';
import { TensorError } from '../errors.ts';
import { compose } from '../tape.ts';
import { resultOf } from '../result.ts';
import { sizeOf } from '../../calculus/shape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { reshape } from './layout.ts';
import { forEachTap, windowOver, type Padding, type Pair, type Rounding, type Window } from './window.ts';

/** The triples that meet, and the shapes of the three tensors. */
interface Meeting {
  readonly image: readonly number[];
  readonly filter: readonly number[];
  readonly output: readonly number[];
  forEach(visit: (y: number, x: number, w: number) => void): void;
}

const product = (name: string, meeting: Meeting, image: Tensor, filter: Tensor): Tensor => {
  const [x, w] = [valuesOf(image), valuesOf(filter)];
  const values = new Float64Array(sizeOf(meeting.output));
  meeting.forEach((at, from, weight) => { values[at]! += x[from]! * w[weight]!; });
  return resultOf(name, { x: image, filter }, { values, shape: meeting.output, dtype: 'float32' }, {
    x: (dy, saved) => imageAdjoint(`${name}Input`, meeting, dy, saved.filter),
    filter: (dy, saved) => filterAdjoint(meeting, saved.x, dy),
  });
};

const imageAdjoint = (name: string, meeting: Meeting, dy: Tensor, filter: Tensor): Tensor => {
  const [cotangent, w] = [valuesOf(dy), valuesOf(filter)];
  const values = new Float64Array(sizeOf(meeting.image));
  meeting.forEach((at, to, weight) => { values[to]! += cotangent[at]! * w[weight]!; });
  return resultOf(name, { x: dy, filter }, { values, shape: meeting.image, dtype: 'float32' }, {
    x: (dx, saved) => product('conv2d', meeting, dx, saved.filter),
    filter: (dx, saved) => filterAdjoint(meeting, dx, saved.x),
  });
};

const filterAdjoint = (meeting: Meeting, image: Tensor, dy: Tensor): Tensor => {
  const [x, cotangent] = [valuesOf(image), valuesOf(dy)];
  const values = new Float64Array(sizeOf(meeting.filter));
  meeting.forEach((at, from, weight) => { values[weight]! += x[from]! * cotangent[at]!; });
  return resultOf('conv2dFilter', { x: image, dy }, { values, shape: meeting.filter, dtype: 'float32' }, {
    x: (dw, saved) => imageAdjoint('conv2dInput', meeting, saved.dy, dw),
    dy: (dw, saved) => product('conv2d', meeting, saved.x, dw),
  });
};

/** Every output channel meets every input channel. */
function dense(image: readonly number[], filter: readonly number[], window: Window): Meeting {
  const [batch, height, width, inChannels] = image as [number, number, number, number];
  const outChannels = filter[3]!;
  const output = [batch, window.height.places, window.width.places, outChannels];
  return {
    image, filter, output,
    forEach: (visit) => forEachTap(window, (place, tap, row, column) => {
      for (let each = 0; each < batch; each += 1) {
        const y = ((each * output[1]! + place.row) * output[2]! + place.column) * outChannels;
        const x = ((each * height + row) * width + column) * inChannels;
        const w = (tap.row * filter[1]! + tap.column) * inChannels * outChannels;
        for (let input = 0; input < inChannels; input += 1) {
          for (let channel = 0; channel < outChannels; channel += 1) visit(y + channel, x + input, w + input * outChannels + channel);
        }
      }
    }),
  };
}

/** Every input channel meets output channels of its own. */
function depthwise(image: readonly number[], filter: readonly number[], window: Window): Meeting {
  const [batch, height, width, channels] = image as [number, number, number, number];
  const multiplier = filter[3]!;
  const output = [batch, window.height.places, window.width.places, channels * multiplier];
  return {
    image, filter, output,
    forEach: (visit) => forEachTap(window, (place, tap, row, column) => {
      for (let each = 0; each < batch; each += 1) {
        const y = ((each * output[1]! + place.row) * output[2]! + place.column) * channels * multiplier;
        const x = ((each * height + row) * width + column) * channels;
        const w = (tap.row * filter[1]! + tap.column) * channels * multiplier;
        for (let own = 0; own < channels * multiplier; own += 1) visit(y + own, x + Math.floor(own / multiplier), w + own);
      }
    }),
  };
}

/** An image without a batch gets one for the operation. */
export function inBatch(name: string, x: TensorLike, run: (image: Tensor) => Tensor): Tensor {
  const $x = toTensor(x, 'x', name);
  if ($x.rank === 4) return run($x);
  if ($x.rank !== 3) throw new TensorError('shape', `Error in ${name}: input must be rank 4, but got rank ${$x.rank}.`);
  return compose(name, () => {
    const y = run(reshape($x, [1, ...$x.shape]));
    return reshape(y, y.shape.slice(1));
  });
}

function checkConvolution(name: string, channels: number, filter: Tensor, dataFormat: string): void {
  if (dataFormat !== 'NHWC') throw new TensorError('argument', `${name}: data format ${dataFormat} is not supported, only NHWC`);
  if (filter.rank !== 4) throw new TensorError('shape', `Error in ${name}: filter must be rank 4, but got rank ${filter.rank}.`);
  if (channels !== filter.shape[2]) {
    throw new TensorError('shape', `Error in ${name}: depth of input (${channels}) must match input depth for filter ${filter.shape[2]}.`);
  }
}

/**
 * Two-dimensional convolution (without flipping the filter).
 * @param x [batch, height, width, inChannels], or without batch
 * @param filter [height, width, inChannels, outChannels]
 * @throws TensorError 'shape' when the channels differ or the window does not fit
 */
export function conv2d(
  x: TensorLike, filter: TensorLike, strides: Pair, pad: Padding,
  dataFormat: 'NHWC' = 'NHWC', dilations: Pair = [1, 1], dimRoundingMode?: Rounding,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'conv2d');
  return inBatch('conv2d', x, (image) => {
    checkConvolution('conv2d', image.shape[3]!, $filter, dataFormat);
    const window = windowOver('conv2d', image.shape, [$filter.shape[0]!, $filter.shape[1]!], strides, pad, dilations, dimRoundingMode);
    return product('conv2d', dense(image.shape, $filter.shape, window), image, $filter);
  });
}

/**
 * Convolution of each channel by filters of its own.
 * @param filter [height, width, inChannels, multiplier]; the output has inChannels * multiplier channels
 * @throws TensorError 'shape' when the channels differ or the window does not fit
 */
export function depthwiseConv2d(
  x: TensorLike, filter: TensorLike, strides: Pair, pad: Padding,
  dataFormat: 'NHWC' = 'NHWC', dilations: Pair = [1, 1], dimRoundingMode?: Rounding,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'depthwiseConv2d');
  return inBatch('depthwiseConv2d', x, (image) => {
    checkConvolution('depthwiseConv2d', image.shape[3]!, $filter, dataFormat);
    const window = windowOver('depthwiseConv2d', image.shape, [$filter.shape[0]!, $filter.shape[1]!], strides, pad, dilations, dimRoundingMode);
    return product('depthwiseConv2d', depthwise(image.shape, $filter.shape, window), image, $filter);
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
  x: TensorLike, filter: TensorLike, outputShape: readonly number[], strides: Pair, pad: Padding, dimRoundingMode?: Rounding,
): Tensor {
  const $filter = toTensor(filter, 'filter', 'conv2dTranspose');
  return inBatch('conv2dTranspose', x, (image) => {
    const target = outputShape.length === 3 ? [1, ...outputShape] : outputShape;
    checkConvolution('conv2dTranspose', target[3]!, $filter, 'NHWC');
    const window = windowOver('conv2dTranspose', target, [$filter.shape[0]!, $filter.shape[1]!], strides, pad, 1, dimRoundingMode);
    const meeting = dense(target, $filter.shape, window);
    if (`${meeting.output}` !== `${image.shape}`) {
      throw new TensorError('shape', `conv2dTranspose: a convolution makes [${meeting.output}] from [${target}], but x is [${image.shape}]`);
    }
    return imageAdjoint('conv2dTranspose', meeting, image, $filter);
  });
}
