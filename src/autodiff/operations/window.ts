/** How a window slides over an image [batch, height, width, channels]: shared by convolution and pooling. */
import { TensorError } from '../errors.ts';

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

/** @throws TensorError 'shape' when the window does not fit into the padded image */
export function windowOver(
  operation: string,
  image: readonly number[],
  filterSize: Pair,
  strides: Pair,
  padding: Padding,
  dilations: Pair = 1,
  rounding?: Rounding,
): Window {
  const axis = (which: 0 | 1): Slide => {
    const length = image[which + 1]!;
    const taps = pair(filterSize)[which];
    const stride = pair(strides)[which];
    const dilation = pair(dilations)[which];
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
  rounding: Rounding | undefined,
): { before: number; places: number } {
  if (padding === 'same') {
    const places = Math.ceil(length / stride);
    return { places, before: Math.floor(Math.max(0, (places - 1) * stride + reach - length) / 2) };
  }
  if (padding === 'valid') return { places: Math.ceil((length - reach + 1) / stride), before: 0 };
  const [before, after] = typeof padding === 'number' ? [padding, padding] : padding[which + 1]!;
  const steps = (length - reach + before + after) / stride + 1;
  return { before: before, places: rounding === undefined ? Math.trunc(steps) : Math[rounding](steps) };
}

/** A row and a column, of the output or of the filter. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Calls `visit` for each place of the window and each tap that falls into the image. */
export function forEachTap(
  { height, width }: Window,
  visit: (place: Cell, tap: Cell, y: number, x: number) => void,
): void {
  for (let row = 0; row < height.places; row += 1) {
    for (let column = 0; column < width.places; column += 1) {
      const place = { row, column };
      for (let tapRow = 0; tapRow < height.taps; tapRow += 1) {
        const y = height.start + row * height.stride + tapRow * height.dilation;
        if (y < 0 || y >= height.length) continue;
        for (let tapColumn = 0; tapColumn < width.taps; tapColumn += 1) {
          const x = width.start + column * width.stride + tapColumn * width.dilation;
          if (x >= 0 && x < width.length) visit(place, { row: tapRow, column: tapColumn }, y, x);
        }
      }
    }
  }
}
