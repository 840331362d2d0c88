/** How a window slides over images [batch, height, width, channels], and what it sees: shared by convolution and pooling. */
import { toTensor, type TensorLike } from '../convert.ts';
import { TensorError } from '../errors.ts';
import { compose } from '../tape.ts';
import type { Tensor } from '../tensor.ts';
import { reshape } from './layout.ts';
import { NOWHERE, type Movement } from './movement.ts';

/** 'same' keeps the size (divided by the stride), 'valid' pads nothing, a number pads each side, pairs pad each side of NHWC. */
export type Padding = 'same' | 'valid' | number | readonly (readonly [number, number])[];
export type Pair = number | readonly [number, number];
export type Rounding = 'floor' | 'round' | 'ceil';

/** One spatial axis: how many places the window takes, how far they are apart, and where the first begins. */
interface Slide {
  readonly places: number;
  readonly stride: number;
  readonly start: number;
  readonly length: number;
  readonly taps: number;
  readonly dilation: number;
}

export interface Window {
  readonly height: Slide;
  readonly width: Slide;
}

const pair = (value: Pair): readonly [number, number] => (typeof value === 'number' ? [value, value] : value);

/** @throws TensorError 'argument' unless strides and dilations are positive integers */
function checkSteps(operation: string, strides: readonly [number, number], dilations: readonly [number, number]): void {
  const name = operation === 'conv2d' ? 'conv2D' : operation;
  const areSteps = (each: readonly number[]): boolean => Array.isArray(each) && each.every((step) => Number.isInteger(step) && step > 0);
  if (!areSteps(strides)) throw new TensorError('argument', `Error in ${name}: Strides should be larger than 0. They must be integers, but are ${strides}`);
  if (!areSteps(dilations)) throw new TensorError('argument', `Error in ${name}: Dilated rates should be larger than 0. They must be integers, but are ${dilations}`);
}

/** The numbers of a padding that is given in numbers. */
function lengthsOf(padding: Padding): readonly number[] | null {
  if (typeof padding === 'number') return [padding];
  return Array.isArray(padding) && padding.length === 4 ? (padding as readonly (readonly number[])[]).flat() : null;
}

/** @throws TensorError 'argument' for a padding that is none, or that leaves nothing to round */
function checkPadding(operation: string, padding: Padding, rounding: Rounding | null | undefined): void {
  const lengths = lengthsOf(padding);
  if (lengths === null && padding !== 'same' && padding !== 'valid') throw new TensorError('argument', `Unknown padding parameter: ${padding as unknown as string}. (${operation})`);
  if (rounding === undefined || rounding === null) return;
  if (!['floor', 'round', 'ceil'].includes(rounding)) throw new TensorError('argument', `Unknown roundingMode ${rounding as string}`);
  const broken = lengths === null ? padding : lengths.find((length) => !Number.isInteger(length));
  if (broken === undefined) return;
  throw new TensorError('argument', `Error in ${operation}: pad must be an integer when using dimRoundingMode ${rounding} but got pad ${broken as string | number}.`);
}

/**
 * @param size the lengths of the window; what follows them in the shape of a filter is not looked at
 * @throws TensorError 'shape' when the window does not fit into the padded image
 */
export function windowOver(
  operation: string,
  image: readonly number[],
  size: number | readonly number[],
  strides: Pair,
  padding: Padding,
  dilations?: Pair | null,
  rounding?: Rounding | null,
): Window {
  const rates = pair(dilations ?? 1);
  checkSteps(operation, pair(strides), rates);
  checkPadding(operation, padding, rounding);
  const axis = (which: 0 | 1): Slide => {
    const length = image[which + 1]!;
    const taps = typeof size === 'number' ? size : size[which]!;
    const stride = pair(strides)[which];
    const dilation = rates[which];
    const reach = dilation * (taps - 1) + 1;
    const { before, places } = padded(length, reach, stride, padding, which, rounding);
    if (!(places >= 1)) {
      throw new TensorError('shape', `${operation}: a window of ${taps} (dilation ${dilation}) does not fit into length ${length} with padding ${JSON.stringify(padding)}`);
    }
    return { places, stride, start: -before, length, taps, dilation };
  };
  return { height: axis(0), width: axis(1) };
}

/** Output lengths as in TensorFlow: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 */
function padded(
  length: number,
  reach: number,
  stride: number,
  padding: Padding,
  which: 0 | 1,
  rounding: Rounding | null | undefined,
): { before: number; places: number } {
  if (padding === 'same') {
    const places = Math.ceil(length / stride);
    return { places, before: Math.floor(Math.max(0, (places - 1) * stride + reach - length) / 2) };
  }
  if (padding === 'valid') return { places: Math.ceil((length - reach + 1) / stride), before: 0 };
  const [before, after] = typeof padding === 'number' ? [padding, padding] : padding[which + 1]!;
  const steps = (length - reach + before + after) / stride + 1;
  return { before: before, places: rounding === undefined || rounding === null ? Math.trunc(steps) : Math[rounding](steps) };
}

/** The shape of what is made of images, one pixel a place. */
export const outputShape = (images: readonly number[], { height, width }: Window, channels: number): number[] =>
  [images[0]!, height.places, width.places, channels];

/** What the window sees: the movement that takes images to patches [places, taps, channels]. A pixel's channels move as one. */
export function patches(images: readonly number[], { height, width }: Window): Movement {
  const [batch, rows, columns, channels] = images as [number, number, number, number];
  const [down, across] = [indices(height), indices(width)];
  const places = batch * height.places * width.places;
  const from = new Int32Array(places * height.taps * width.taps).fill(NOWHERE);
  let at = 0;
  for (let image = 0; image < batch; image += 1) {
    for (const ys of down) {
      for (const xs of across) {
        for (const y of ys) {
          for (const x of xs) {
            if (y !== NOWHERE && x !== NOWHERE) from[at] = ((image * rows + y) * columns + x) * channels;
            at += 1;
          }
        }
      }
    }
  }
  return { source: images, target: [places, height.taps * width.taps, channels], run: channels, from };
}

/** For each place the index that each tap falls on. */
const indices = ({ places, stride, start, length, taps, dilation }: Slide): number[][] =>
  Array.from({ length: places }, (_, place) => Array.from({ length: taps }, (__, tap) => {
    const index = start + place * stride + tap * dilation;
    return index >= 0 && index < length ? index : NOWHERE;
  }));

/** Runs a composite on images; an image without a batch gets one for it. */
export function inBatch(name: string, x: TensorLike, run: (images: Tensor) => Tensor): Tensor {
  const $x = toTensor(x, 'x', name);
  if ($x.rank !== 3 && $x.rank !== 4) throw new TensorError('shape', `Error in ${name}: input must be rank 4, but got rank ${$x.rank}.`);
  return compose(name, () => {
    if ($x.rank === 4) return run($x);
    const y = run(reshape($x, [1, ...$x.shape]));
    return reshape(y, y.shape.slice(1));
  });
}
