/** Complex numbers, and signals: of what they give only the shape is followed. */
import { isAbsent, numberOf } from '../argument.ts';
import { type Length, anyDimensions, closed, lengthAt, resized } from '../dimensions.ts';
import { type NamedType, rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import { plus, times } from '../length.ts';
import { floatsOf } from '../types.ts';
import { type Result, shaped } from './call.ts';

const same = (type: NamedType): Result => shaped((call) => call.tensor(0).dimensions, type);

/** Of a signal of real numbers one half of the spectrum. */
function half(length: Length): Length {
  return typeof length === 'number' ? Math.floor(length / 2) + 1 : undefined;
}

/** `rfft(x, length)`: to another length TF.js crops wholly, and pads in part. */
const rfft = shaped((call) => {
  const { dimensions } = call.tensor(0);
  return resized(dimensions, -1, isAbsent(call.argument(1)) ? half(lengthAt(dimensions, -1)) : undefined);
}, 'complex64');

/** `irfft(x)`: of rows. */
const irfft = shaped((call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  const last = lengths.at(-1);
  if (open || lengths.length !== 2 || typeof last !== 'number' || last <= 2) return anyDimensions;
  return closed([lengths[0], plus(times(2, last), -2)]);
}, 'float32');

/** `signal.frame(x, length, step)`, without an end that is filled up. */
const frame: Result = (call) => {
  const { dimensions: { open, lengths }, type } = call.tensor(0);
  const [length, step] = [numberOf(call.argument(1)), numberOf(call.argument(2))];
  // Of an array it reads a size that is not there.
  if (call.argument(0).kind !== 'tensor' || open || lengths.length !== 1 || length === undefined) return rangeFacts(anyNumber, anyDimensions, floatsOf(type));
  return rangeFacts(anyNumber, closed([isAbsent(call.argument(3)) ? framesIn(lengths[0], length, step) : undefined, length]), floatsOf(type));
};

function framesIn(signal: Length, length: number, step: number | undefined): Length {
  if (typeof signal !== 'number' || step === undefined || step <= 0) return undefined;
  return signal < length ? 0 : Math.floor((signal - length) / step) + 1;
}

/** `signal.stft(x, length, step)`: the spectrum of each frame, of which the length is the next power of two. */
const stft: Result = (call) => {
  const { dimensions } = frame(call);
  const [length, padded] = [numberOf(call.argument(1)), numberOf(call.argument(3))];
  const transformed = isAbsent(call.argument(3)) && length !== undefined ? 2 ** Math.ceil(Math.log2(length)) : padded;
  return rangeFacts(anyNumber, dimensions.open ? anyDimensions : resized(dimensions, -1, transformed === length ? half(transformed) : undefined), 'complex64');
};

export const signalResults: Readonly<Record<string, Result>> = {
  complex: same('complex64'), real: same('float32'), imag: same('float32'), 'signal.frame': frame, 'signal.stft': stft,
  ...Object.fromEntries(['', 'spectral.'].flatMap((space) => [[`${space}fft`, same('complex64')], [`${space}ifft`, same('complex64')], [`${space}rfft`, rfft], [`${space}irfft`, irfft]])),
};
