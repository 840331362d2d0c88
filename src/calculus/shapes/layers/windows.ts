/** Layers that move a window over the axes between batch and channels, or add to those axes. */
import { numberOf } from '../../numbers/argument.ts';
import { type Axis, type LayerShape, type Outcome, computed, gives, jsonOf, refuses, unknownOutcome } from './layer-shape.ts';
import { type Settings, margins, perAxis, word } from './settings.ts';

/** Names of the axes between batch and channels. */
const names = ['steps', 'height, width', 'depth, height, width'];

/** What a layer over so many axes takes. */
export function windowed(axes: number): string {
  return `[batch, ${names[axes - 1] ?? ''}, channels]`;
}

export function refusesRank(shape: LayerShape, rank: number, wanted: string): Outcome | undefined {
  return shape.length === rank ? undefined : refuses('rank', `rank ${String(rank)}, ${wanted}`, { wanted: String(rank), found: String(shape.length) });
}

/** Where the channels stand, and where the other axes begin; undefined where that is not known. */
function layout(settings: Settings, rank: number): { readonly channels: number; readonly first: number } | undefined {
  const format = word(settings('dataFormat'), 'channelsLast');
  if (format === 'channelsLast') return { channels: rank - 1, first: 1 };
  return format === 'channelsFirst' ? { channels: 1, first: 2 } : undefined;
}

function windowLength(length: Axis, window: number, padding: string, stride: number, dilation = 1): Axis {
  return computed([length], (given = 0) => {
    const covered = padding === 'same' ? given : given - (window + (window - 1) * (dilation - 1)) + 1;
    return Math.floor((covered + stride - 1) / stride);
  });
}

/** The shape with other lengths where the window moves, and other channels. */
function withWindow(shape: LayerShape, first: number, lengths: readonly Axis[], channels: { readonly at: number; readonly length: Axis }): LayerShape {
  const after = [...shape];
  for (const [index, length] of lengths.entries()) after[first + index] = length;
  after[channels.at] = channels.length;
  return after;
}

export function convolution(settings: Settings, shape: LayerShape, axes: number): Outcome {
  const refused = refusesRank(shape, axes + 2, windowed(axes));
  // Along one axis the rank is asked for first.
  if (refused !== undefined && axes === 1) return refused;
  const at = layout(settings, shape.length);
  const channels = at === undefined ? undefined : shape[at.channels];
  if (at === undefined || (refused !== undefined && channels === undefined)) return unknownOutcome;
  if (channels === null) return refuses('open channels', 'a known number of channels');
  return refused ?? gives(convolved(settings, shape, axes, at, numberOf(settings('filters'))));
}

function convolved(settings: Settings, shape: LayerShape, axes: number, at: { readonly channels: number; readonly first: number }, filters: Axis): LayerShape | undefined {
  const [sizes, strides, dilations] = [settings('kernelSize'), settings('strides'), settings('dilationRate')].map((setting) => perAxis(setting, axes, 1));
  const padding = word(settings('padding'), 'valid');
  if (sizes === undefined || strides === undefined || dilations === undefined || (padding !== 'valid' && padding !== 'same')) return undefined;
  const lengths = sizes.map((size, axis) => windowLength(shape[at.first + axis], size, padding, strides[axis] ?? 1, dilations[axis]));
  return withWindow(shape, at.first, lengths, { at: at.channels, length: filters });
}

export function transposedConvolution(settings: Settings, shape: LayerShape, axes: number): Outcome {
  const refused = refusesRank(shape, axes + 2, windowed(axes));
  if (refused !== undefined) return refused;
  const at = layout(settings, shape.length);
  const [sizes, strides] = [settings('kernelSize'), settings('strides')].map((setting) => perAxis(setting, axes, 1));
  const padding = word(settings('padding'), 'valid');
  if (at === undefined || shape[at.channels] === null) return unknownOutcome;
  if (sizes === undefined || strides === undefined || (padding !== 'valid' && padding !== 'same')) return gives(undefined);
  const lengths = sizes.map((size, axis) => {
    const stride = strides[axis] ?? 1;
    return computed([shape[at.first + axis]], (length = 0) => length * stride + (padding === 'valid' ? Math.max(size - stride, 0) : 0));
  });
  return gives(withWindow(shape, at.first, lengths, { at: at.channels, length: numberOf(settings('filters')) }));
}

export function depthwiseConvolution(settings: Settings, shape: LayerShape): Outcome {
  if (shape.length < 4) return refuses('rank of depthwise', `rank 4, ${windowed(2)}`, { shape: jsonOf(shape) });
  const at = layout(settings, shape.length);
  // Dilation is left out of account where the output is foretold.
  if (at === undefined || shape.length > 4 || shape[at.channels] === null || perAxis(settings('dilationRate'), 2, 1)?.every((rate) => rate === 1) !== true) return unknownOutcome;
  const [times] = perAxis(settings('depthMultiplier'), 1, 1) ?? [];
  return gives(convolved(settings, shape, 2, at, computed([shape[at.channels], times], (channels = 0, multiplier = 0) => channels * multiplier)));
}

export function separableConvolution(settings: Settings, shape: LayerShape): Outcome {
  if (shape.length < 4) return refuses('rank of separable', `rank 4, ${windowed(2)}`, { shape: jsonOf(shape) });
  const at = layout(settings, shape.length);
  return shape.length > 4 || at === undefined || shape[at.channels] === null ? unknownOutcome : convolution(settings, shape, 2);
}

export function pooling(settings: Settings, shape: LayerShape, axes: number): Outcome {
  const refused = refusesRank(shape, axes + 2, windowed(axes));
  if (refused !== undefined) return refused;
  const at = axes === 1 ? { channels: 2, first: 1 } : layout(settings, shape.length);
  const sizes = perAxis(settings('poolSize'), axes, 2);
  const padding = word(settings('padding'), 'valid');
  if (at === undefined || sizes === undefined || (padding !== 'valid' && padding !== 'same')) return gives(undefined);
  const strides = settings('strides');
  const steps = strides.kind === 'constant' && strides.value == null ? sizes : perAxis(strides, axes, 1);
  if (steps === undefined) return gives(undefined);
  const lengths = sizes.map((size, axis) => windowLength(shape[at.first + axis], size, padding, steps[axis] ?? 1));
  return gives(withWindow(shape, at.first, lengths, { at: at.channels, length: shape[at.channels] }));
}

export function globalPooling(settings: Settings, shape: LayerShape, axes: number): Outcome {
  const refused = refusesRank(shape, axes + 2, windowed(axes));
  if (refused !== undefined) return refused;
  const at = axes === 1 ? { channels: 2 } : layout(settings, shape.length);
  return gives(at === undefined ? undefined : [shape[0], shape[at.channels]]);
}

/** `sign`: whether the margins are added or taken away. */
function margined(settings: Settings, shape: LayerShape, key: string, sign: 1 | -1): Outcome {
  const refused = refusesRank(shape, 4, windowed(2));
  if (refused !== undefined) return refused;
  const at = layout(settings, shape.length);
  const sides = margins(settings(key), 1);
  if (at === undefined || sides === undefined) return gives(undefined);
  const lengths = sides.map(([before, behind], axis) => computed([shape[at.first + axis]], (length = 0) => length + sign * (before + behind)));
  return gives(withWindow(shape, at.first, lengths, { at: at.channels, length: shape[at.channels] }));
}

export function padding(settings: Settings, shape: LayerShape): Outcome {
  // What has been cut away beyond nothing counts as open there.
  return shape.some((length) => length != null && length < 0) ? unknownOutcome : margined(settings, shape, 'padding', 1);
}

export function cropping(settings: Settings, shape: LayerShape): Outcome {
  const isOpen = shape.length === 4 && shape.includes(null, 1);
  // The library takes away from an open length as from nothing.
  return isOpen ? unknownOutcome : margined(settings, shape, 'cropping', -1);
}

export function enlarging(settings: Settings, shape: LayerShape): Outcome {
  const refused = refusesRank(shape, 4, windowed(2));
  if (refused !== undefined) return refused;
  const at = layout(settings, shape.length);
  const size = settings('size');
  const sizes = size.kind === 'constant' && typeof size.value === 'number' ? undefined : perAxis(size, 2, 2);
  if (at === undefined || sizes === undefined) return gives(undefined);
  const lengths = sizes.map((times, axis) => computed([shape[at.first + axis]], (length = 0) => length * times));
  return gives(withWindow(shape, at.first, lengths, { at: at.channels, length: shape[at.channels] }));
}

