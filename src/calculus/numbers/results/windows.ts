/** Operations that slide a window over a tensor, and those that put something around it: of the numbers nothing is known. */
import { type Argument, isAbsent, lengthsOf, numbersOf } from '../argument.ts';
import { type Dimensions, type Length, anyDimensions, closed, lengthAt, resized } from '../dimensions.ts';
import { type Facts, rangeFacts } from '../facts.ts';
import { anyNumber, exactly, hull } from '../interval.ts';
import { dividedBy, plus, times } from '../length.ts';
import { floatsOf } from '../types.ts';
import type { Call, Result } from './call.ts';

type Size = number | undefined;

/** How a window goes over the axes of space. */
interface Window {
  readonly sizes: readonly Length[];
  readonly strides: readonly Size[];
  readonly dilations: readonly Size[];
  readonly padding: Argument;
}

/** One number stands for all axes. */
function perAxis(argument: Argument, count: number, otherwise?: number): readonly Size[] {
  if (isAbsent(argument)) return new Array<Size>(count).fill(otherwise);
  const numbers = numbersOf(argument);
  if (numbers === undefined) return new Array<Size>(count).fill(undefined);
  return numbers.length === 1 ? new Array<Size>(count).fill(numbers[0]) : Array.from({ length: count }, (_, axis) => numbers[axis]);
}

/** The lengths of the axes of space behind a window. What is cut off by numbers on each side is not followed. */
function slid(lengths: readonly Length[], { sizes, strides, dilations, padding }: Window): readonly Length[] {
  return lengths.map((length, axis) => {
    const [size, stride, dilation] = [sizes[axis], strides[axis], dilations[axis]];
    if (typeof length !== 'number' || stride === undefined || padding.kind !== 'constant') return undefined;
    if (padding.value === 'same') return Math.ceil(length / stride);
    if (padding.value !== 'valid' || typeof size !== 'number' || dilation === undefined) return undefined;
    const left = Math.ceil((length - (size - 1) * dilation) / stride);
    return left > 0 ? left : undefined;
  });
}

/** The axes of space, of a tensor that has a batch before them or has none, and channels behind. */
function spaceOf(dimensions: Dimensions, count: number): { readonly batch: readonly Length[]; readonly space: readonly Length[] } | undefined {
  const { open, lengths } = dimensions;
  if (open || lengths.length < count + 1 || lengths.length > count + 2) return undefined;
  return { batch: lengths.slice(0, lengths.length - count - 1), space: lengths.slice(-count - 1, -1) };
}

function isChannelsLast(format: Argument): boolean {
  return isAbsent(format) || (format.kind === 'constant' && (format.value === 'NHWC' || format.value === 'NWC' || format.value === 'NDHWC'));
}

const anyOf = (dimensions: Dimensions): Facts => rangeFacts(anyNumber, dimensions, 'float32');

interface Convolution {
  readonly space: number;
  /** Where the arguments stand that are not the same for all. */
  readonly format: number;
  readonly dilations: number;
  readonly channels: (input: Length, filter: Dimensions, call: Call) => Length;
}

/** `conv2d(x, filter, strides, pad, dataFormat, dilations)`. */
const convolution = ({ space: count, format, dilations, channels }: Convolution): Result => (call) => {
  const [x, filter] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const parts = spaceOf(x, count);
  // Of two dimensions and one TF.js takes floats alone.
  const type = count < 3 ? 'float32' : floatsOf(call.tensor(0).type);
  if (parts === undefined || !isChannelsLast(call.argument(format))) return rangeFacts(anyNumber, anyDimensions, type);
  const window: Window = {
    sizes: Array.from({ length: count }, (_, axis) => (filter.open ? undefined : filter.lengths[axis])),
    strides: perAxis(call.argument(2), count), dilations: perAxis(call.argument(dilations), count, 1), padding: call.argument(3),
  };
  return rangeFacts(anyNumber, closed([...parts.batch, ...slid(parts.space, window), channels(lengthAt(x, -1), filter, call)]), type);
};

const lastOf = (_: Length, filter: Dimensions): Length => lengthAt(filter, -1);

/** `conv2dTranspose(x, filter, outputShape, …)`. */
const transposed: Result = (call) => {
  const lengths = call.argument(2).kind === 'list' ? lengthsOf(call.argument(2)) : undefined;
  return anyOf(lengths === undefined ? anyDimensions : closed(lengths));
};

/** `maxPool(x, filterSize, strides, pad)`. */
const pooling = (count: number, format: number): Result => (call) => {
  const { dimensions, range, type: given } = call.tensor(0);
  const type = floatsOf(given);
  const parts = spaceOf(dimensions, count);
  if (parts === undefined || !isChannelsLast(call.argument(format))) return rangeFacts(anyNumber, anyDimensions, type);
  const window: Window = { sizes: perAxis(call.argument(1), count), strides: perAxis(call.argument(2), count), dilations: perAxis(unit, count), padding: call.argument(3) };
  const valid = window.padding.kind === 'constant' && window.padding.value === 'valid';
  return rangeFacts(valid && call.operation.startsWith('max') ? range : anyNumber, closed([...parts.batch, ...slid(parts.space, window), lengthAt(dimensions, -1)]), type);
};

const unit: Argument = { kind: 'constant', value: 1 };

/** `[[before, after], …]`: what is put at the two sides of each axis, or taken from them. */
function sidesOf(pairs: Argument): readonly ReturnType<typeof numbersOf>[] | undefined {
  return pairs.kind === 'list' && pairs.complete ? pairs.items.map(numbersOf) : undefined;
}

/** `pad(x, [[before, after], …], value)`. */
const padded: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const sides = sidesOf(call.argument(1));
  const value = call.operation === 'mirrorPad' || isAbsent(call.argument(2)) ? exactly(0) : anyNumber;
  const known = hull([range, value]);
  if (open || sides?.length !== lengths.length) return rangeFacts(known, anyDimensions, type);
  return rangeFacts(known, closed(lengths.map((length, axis) => sides[axis]?.reduce(plus, length))), type);
};

/** `pad1d(x, [before, after], value)`: the pair stands alone. */
const paddedOnce: Result = (call) => padded(call.with([call.argument(0), { kind: 'list', items: [call.argument(1)], complete: true }, ...call.args.slice(2)]));

/** `image.resizeBilinear(images, [height, width])`. */
const resizedImage: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const [height, width] = perAxis(call.argument(1), 2);
  if (open || lengths.length < 3 || lengths.length > 4) return rangeFacts(range, anyDimensions, undefined);
  return rangeFacts(range, closed([...lengths.slice(0, -3), height, width, lengths.at(-1)]), call.operation.endsWith('Bilinear') ? 'float32' : type);
};

/** `image.cropAndResize(image, boxes, boxInd, cropSize)`. */
const cropped: Result = (call) => anyOf(closed([lengthAt(call.tensor(1).dimensions, 0), ...perAxis(call.argument(3), 2), lengthAt(call.tensor(0).dimensions, -1)]));

/** `image.transform(images, transforms, …, [height, width])`. */
const transformed: Result = (call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  if (open || lengths.length !== 4) return anyOf(anyDimensions);
  return anyOf(isAbsent(call.argument(5)) ? closed(lengths) : closed([lengths[0], ...perAxis(call.argument(5), 2), lengths[3]]));
};

/** `image.threshold(image)`: of colours one is made; of images of another depth it is not told. */
const thresholded: Result = (call) => {
  const { dimensions } = call.tensor(0);
  const depth = lengthAt(dimensions, -1);
  return rangeFacts(anyNumber, depth === 1 || depth === 3 ? resized(dimensions, -1, 1) : resized(dimensions, -1, undefined), 'int32');
};

/** `dilation2d(x, filter, strides, pad, dilations)`. */
const dilated: Result = (call) => {
  const [{ dimensions: x, type }, filter] = [call.tensor(0), call.tensor(1).dimensions];
  const parts = spaceOf(x, 2);
  if (parts === undefined) return rangeFacts(anyNumber, anyDimensions, undefined);
  const window: Window = { sizes: [0, 1].map((axis) => (filter.open ? undefined : filter.lengths[axis])), strides: perAxis(call.argument(2), 2), dilations: perAxis(call.argument(4), 2, 1), padding: call.argument(3) };
  return rangeFacts(anyNumber, closed([...parts.batch, ...slid(parts.space, window), lengthAt(x, -1)]), floatsOf(type));
};

/** `pool(x, window, type, pad, dilations, strides)`, not dilated. */
const pooled: Result = (call) => pooling(2, 9)(call.with([call.argument(0), call.argument(1), isAbsent(call.argument(5)) ? unit : call.argument(5), isUndilated(call.argument(4)) ? call.argument(3) : call.argument(-1)]));

function isUndilated(dilations: Argument): boolean {
  return isAbsent(dilations) || perAxis(dilations, 2).every((each) => each === 1);
}

/** `spaceToBatchND(x, blockShape, paddings)`: what is cut off goes into the batch. */
const intoBatch: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const [blocks, sides] = [numbersOf(call.argument(1)), sidesOf(call.argument(2))];
  if (open || blocks === undefined || sides === undefined || lengths.length <= blocks.length) return rangeFacts(anyNumber, anyDimensions, type);
  const space = lengths.slice(1, blocks.length + 1).map((length, axis) => dividedBy(sides[axis]?.reduce(plus, length), blocks[axis]));
  return rangeFacts(hull([range, exactly(0)]), closed([blocks.reduce<Length>(times, lengths[0]), ...space, ...lengths.slice(blocks.length + 1)]), type);
};

/** `batchToSpaceND(x, blockShape, crops)`. */
const outOfBatch: Result = (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  const [blocks, sides] = [numbersOf(call.argument(1)), sidesOf(call.argument(2))];
  if (open || blocks === undefined || sides === undefined || lengths.length <= blocks.length) return rangeFacts(anyNumber, anyDimensions, type);
  const space = lengths.slice(1, blocks.length + 1).map((length, axis) => (sides[axis] ?? []).reduce<Length>((left, crop) => plus(left, times(-1, crop)), times(length, blocks[axis])));
  return rangeFacts(range, closed([dividedBy(lengths[0], blocks.reduce<Length>(times, 1)), ...space, ...lengths.slice(blocks.length + 1)]), type);
};

const withChannels = (count: number): Result => (call) => {
  const { dimensions: { open, lengths }, range, type } = call.tensor(0);
  return rangeFacts(count === 1 ? anyNumber : range, { open, lengths: open && lengths.length === 0 ? [count] : [...lengths.slice(0, -1), count] }, type);
};

const sameShape: Result = (call) => rangeFacts(anyNumber, call.tensor(0).dimensions, call.tensor(0).type);

export const windows: Readonly<Record<string, Result>> = {
  conv1d: convolution({ space: 1, format: 4, dilations: 5, channels: lastOf }),
  conv2d: convolution({ space: 2, format: 4, dilations: 5, channels: lastOf }),
  conv3d: convolution({ space: 3, format: 4, dilations: 5, channels: lastOf }),
  depthwiseConv2d: convolution({ space: 2, format: 4, dilations: 5, channels: (input, filter) => times(input, lengthAt(filter, -1)) }),
  // `separableConv2d(x, depthwise, pointwise, strides, pad, dilations, dataFormat)`.
  separableConv2d: (call) => convolution({ space: 2, format: 4, dilations: 5, channels: () => lengthAt(call.tensor(2).dimensions, -1) })(call.with([0, 1, 3, 4, 6, 5].map((at) => call.argument(at)))),
  conv2dTranspose: transposed, conv3dTranspose: transposed,
  maxPool: pooling(2, 9), avgPool: pooling(2, 9), maxPool3d: pooling(3, 5), avgPool3d: pooling(3, 5),
  pool: pooled, dilation2d: dilated, spaceToBatchND: intoBatch, batchToSpaceND: outOfBatch, 'image.transform': transformed, 'image.threshold': thresholded,
  pad: padded, mirrorPad: padded, pad1d: paddedOnce, pad2d: padded, pad3d: padded, pad4d: padded,
  'image.resizeBilinear': resizedImage, 'image.resizeNearestNeighbor': resizedImage, 'image.cropAndResize': cropped,
  'image.grayscaleToRGB': withChannels(3), 'image.rgbToGrayscale': withChannels(1),
  'image.flipLeftRight': sameShape, 'image.rotateWithOffset': sameShape, localResponseNormalization: sameShape,
};
