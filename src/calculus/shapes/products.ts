/** Products of matrices, and convolutions. */
import { flagOf, isAbsent } from '../numbers/argument.ts';
import { type Dimensions, type Length, lengthAt } from '../numbers/dimensions.ts';
import type { Call } from '../numbers/results/call.ts';
import { broadcastVerdict } from './broadcasting.ts';
import { type Contract, type Verdict, all, each, failure, fits, given, lengthText, listed, rankOf, rankVerdict, stackOf, unknown } from './verdict.ts';

const transposing = 'Transpose one of them, or reshape it, so that the last axis of the first is as long as the last but one of the second.';

/** `matMul(a, b, transposeA, transposeB)`. */
const matMul: Contract = (call) => {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const flags = [flagOf(call.argument(2)), flagOf(call.argument(3))];
  if (flags.includes(undefined)) return unknown;
  const thin = [a, b].findIndex((each) => (rankOf(each) ?? 2) < 2);
  if (thin !== -1) return tooThin(call, a, b, thin);
  return all([broadcastVerdict(stackOf(a), stackOf(b), [given(call, 0), given(call, 1)]), innerVerdict(call, a, b, flags)]);
};

/** The stacks of matrices broadcast, and are looked at first. */
function innerVerdict(call: Call, a: Dimensions, b: Dimensions, [turnA, turnB]: readonly (boolean | undefined)[]): Verdict {
  const [inner, outer] = [lengthAt(a, turnA === true ? -2 : -1), lengthAt(b, turnB === true ? -1 : -2)];
  if (inner === undefined || outer === undefined || inner === outer) return inner === undefined || outer === undefined || a.open || b.open ? unknown : fits;
  return failure('shape-mismatch', {
    error: `Error in matMul: inner shapes (${lengthText(inner)}) and (${lengthText(outer)}) of Tensors with shapes ${listed(a)} and ${listed(b)} and transposeA=${String(turnA)} and transposeB=${String(turnB)} must match.`,
    given: [given(call, 0), given(call, 1)], why: `an inner length of ${lengthText(inner)} meets one of ${lengthText(outer)}`, advice: transposing,
  });
}

function tooThin(call: Call, a: Dimensions, b: Dimensions, thin: number): Verdict {
  const isScalar = rankOf(thin === 0 ? a : b) === 0;
  return failure('shape-mismatch', {
    error: thinError(call, a, b), given: [given(call, 0), given(call, 1)],
    why: `${isScalar ? 'a scalar' : 'a vector'} is no matrix`, advice: 'Give it two axes (`expandDims`, `as2D`), or call `dot`.',
  });
}

/** Of a vector TF.js reads an axis that is not there; where the lengths that it takes for the inner ones agree all the same, it fails in a reshape. */
function thinError(call: Call, a: Dimensions, b: Dimensions): string {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (flagOf(call.argument(2)) === true || flagOf(call.argument(3)) === true || rankA === undefined || rankB === undefined || rankA * rankB === 0) return '';
  if (rankB === 1) return innerError;
  const [inner, outer] = [lengthAt(a, -1), lengthAt(b, -2)];
  return inner === undefined || outer === undefined ? '' : inner === outer ? 'The new shape (' : innerError;
}

const innerError = 'Error in matMul: inner shapes (';

/** `dot(a, b)`: of vectors and matrices. */
const dot: Contract = (call) => {
  const [a, b] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA === undefined || rankB === undefined) return unknown;
  if (![rankA, rankB].every((rank) => rank === 1 || rank === 2)) {
    return failure('shape-mismatch', {
      error: `Error in dot: inputs must all be rank 1 or 2, but got ranks ${String(rankA)} and ${String(rankB)}.`, given: [given(call, 0), given(call, 1)],
      why: '`dot` takes vectors and matrices only', advice: 'Call `matMul` for stacks of matrices, `mul` for scalars.',
    });
  }
  const [inner, outer] = [lengthAt(a, -1), b.lengths[0]];
  if (inner === undefined || outer === undefined) return unknown;
  return inner === outer ? fits : failure('shape-mismatch', {
    error: `Error in dot: inner dimensions of inputs must match, but got ${lengthText(inner)} and ${lengthText(outer)}.`, given: [given(call, 0), given(call, 1)],
    why: `an inner length of ${lengthText(inner)} meets one of ${lengthText(outer)}`, advice: transposing,
  });
};

/** `einsum('bi,ij->bj', a, b)`: one letter is one length. */
const einsum: Contract = (call) => {
  const equation = call.argument(0);
  const text = equation.kind === 'constant' && typeof equation.value === 'string' ? equation.value.replaceAll(' ', '') : '';
  const [, from = ''] = /^([a-z]+(?:,[a-z]+)?)->[a-z]*$/iu.exec(text) ?? [];
  const operands = from.split(',').map((letters, index) => ({ letters, dimensions: call.tensor(index + 1).dimensions }));
  if (from === '' || call.args.length !== operands.length + 1 || operands.some(({ letters, dimensions }) => rankOf(dimensions) !== letters.length || new Set(letters).size < letters.length)) return unknown;
  const axes = operands.flatMap(({ letters, dimensions }) => letters.split('').map((letter, axis) => ({ letter, axis, dimensions, length: dimensions.lengths[axis] })));
  const pairs = axes.flatMap((axis, index) => axes.slice(0, index).filter(({ letter }) => letter === axis.letter).map((before) => [before, axis] as const));
  const clash = pairs.find(([before, { length }]) => before.length !== undefined && length !== undefined && before.length !== length);
  if (clash === undefined) return pairs.every(([before, { length }]) => before.length !== undefined && length !== undefined) ? fits : unknown;
  const [before, { letter, axis, dimensions, length }] = clash;
  return failure('shape-mismatch', {
    error: pairs.every((pair) => pair.every((each) => each.length !== undefined)) ? `Expected dimension ${lengthText(before.length)} at axis ${String(axis)} of input shaped [${listed(dimensions)}], but got dimension ${lengthText(length)}` : '',
    given: operands.map((_, index) => given(call, index + 1)), why: `\`${letter}\` is ${lengthText(before.length)} long in the one and ${lengthText(length)} in the other`, advice: 'A letter stands for one length: name the axes by other letters, or bring them to one length.',
  });
};

interface Convolution {
  /** As TF.js names it in its errors. */
  readonly name: string;
  /** Of the input, with the batch. */
  readonly rank: number;
  /** How many axes of the filter stand before its input channels. */
  readonly inChannels: number;
  readonly format: number;
}

/** The input of a convolution may do without its batch. */
const convolution = (form: Convolution): Contract => each(
  (call) => ranked(call, form.name, { argument: 0, ranks: [form.rank, form.rank - 1], wanted: `input must be rank ${String(form.rank)}, but got rank` }),
  (call) => ranked(call, form.name, { argument: 1, ranks: [form.name === 'depthwiseConv2d' ? 4 : form.rank], wanted: `filter must be rank ${String(form.rank)}, but got rank` }),
  (call) => channels(call, form),
);

interface Ranked {
  readonly argument: number;
  readonly ranks: readonly number[];
  readonly wanted: string;
}

function ranked(call: Call, name: string, { argument, ranks, wanted }: Ranked): Verdict {
  const { dimensions } = call.tensor(argument);
  return rankVerdict(dimensions, (rank) => ranks.includes(rank), () => failure('shape-mismatch', {
    error: `Error in ${name}: ${wanted} ${String(dimensions.lengths.length)}.`, given: [given(call, argument)],
    why: `\`${name}\` takes ${ranks.toReversed().join(' or ')} axes`, advice: 'Give it the axes that are missing (`expandDims`, `reshape`).',
  }));
}

function channels(call: Call, { name, rank, inChannels, format }: Convolution): Verdict {
  const [x, filter] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const layout = call.argument(format);
  const isLast = layout.kind === 'constant' && (layout.value === undefined || layout.value === null || (typeof layout.value === 'string' && layout.value.endsWith('C')));
  const [input, wanted]: readonly [Length, Length] = [lengthAt(x, -1), filter.open ? undefined : filter.lengths[inChannels]];
  if (!isLast || input === undefined || wanted === undefined || rankOf(x) === undefined || rankOf(filter) !== rank) return unknown;
  if (input === wanted) return fits;
  return failure('shape-mismatch', {
    error: name === 'depthwiseConv2d'
      ? `Error in depthwiseConv2d: number of input channels (${lengthText(input)}) must match the inChannels dimension in filter ${lengthText(wanted)}.`
      : `Error in ${name}: depth of input (${lengthText(input)}) must match input depth for filter ${lengthText(wanted)}.`,
    given: [given(call, 0), given(call, 1)], why: `${lengthText(input)} channels meet a filter for ${lengthText(wanted)}`, advice: 'Make the filter for as many channels as the input has.',
  });
}

/** `maxPool(x, …)`. */
const pooling = (name: string, rank: number, of: string): Contract => (call) => {
  const { dimensions } = call.tensor(0);
  return rankVerdict(dimensions, (given) => given === rank || given === rank - 1, () => failure('shape-mismatch', {
    error: `Error in ${name}: ${of} must be rank ${String(rank)} but got rank ${String(dimensions.lengths.length)}.`, given: [given(call, 0)],
    why: `\`${name}\` takes ${String(rank - 1)} or ${String(rank)} axes`, advice: 'Give it the axes that are missing (`expandDims`, `reshape`).',
  }));
};

/** `image.resizeBilinear(images, size)`. */
const resizing = (name: string): Contract => (call) => {
  const { dimensions } = call.tensor(0);
  return rankVerdict(dimensions, (rank) => rank === 3 || rank === 4, () => failure('shape-mismatch', {
    error: `Error in ${name}: x must be rank 3 or 4, but got rank ${String(dimensions.lengths.length)}.`, given: [given(call, 0)],
    why: 'an image has three axes, a stack of images four', advice: 'Give it an axis for its channels (`expandDims(-1)`), and for a stack one for the images.',
  }));
};

/** `image.rgbToGrayscale(image)` and back. */
const coloured = (name: string, count: number, kind: string): Contract => (call) => {
  const { dimensions } = call.tensor(0);
  const channels = lengthAt(dimensions, -1);
  return all([
    rankVerdict(dimensions, (rank) => rank >= 2, () => failure('shape-mismatch', { error: `Error in ${name}: images must be at least rank 2, but got rank ${String(dimensions.lengths.length)}.`, given: [given(call, 0)], why: 'an image has an axis for its channels', advice: 'Give it the axes that are missing (`expandDims`, `reshape`).' })),
    channels === undefined ? unknown : channels === count ? fits : failure('shape-mismatch', {
      error: `Error in ${name}: last dimension of ${kind} image should be size ${String(count)}, but got size ${lengthText(channels)}.`, given: [given(call, 0)],
      why: `its last axis has ${lengthText(channels)} channels, and ${String(count)} ${count === 1 ? 'is' : 'are'} wanted`, advice: 'Convert the image only where it is one of that kind.',
    }),
  ]);
};

/** `batchNorm(x, mean, variance, offset, scale)`: the statistics have as many axes as one another. */
const batchNorm: Contract = (call) => {
  const ranks = ['mean', 'variance', 'offset', 'scale'].map((name, index) => ({ name, at: index + 1, rank: isAbsent(call.argument(index + 1)) ? 'absent' : rankOf(call.tensor(index + 1).dimensions) }));
  const [mean, ...others] = ranks;
  const other = others.find(({ rank }) => rank !== 'absent' && rank !== undefined && rank !== mean?.rank);
  if (mean?.rank === undefined || mean.rank === 'absent' || other === undefined || others.some(({ rank }) => rank === undefined)) return unknown;
  return failure('shape-mismatch', {
    error: `Batch normalization gradient requires mean and ${other.name} to have equal ranks.`, given: [given(call, 1), given(call, other.at)],
    why: `\`mean\` and \`${other.name}\` have different numbers of axes`, advice: 'Compute them along the same axes.',
  });
};

export const productContracts: Readonly<Record<string, Contract>> = {
  matMul, dot, einsum, batchNorm,
  conv1d: convolution({ name: 'conv1d', rank: 3, inChannels: 1, format: 4 }),
  conv2d: convolution({ name: 'conv2d', rank: 4, inChannels: 2, format: 4 }),
  conv3d: convolution({ name: 'conv3d', rank: 5, inChannels: 3, format: 4 }),
  depthwiseConv2d: convolution({ name: 'depthwiseConv2d', rank: 4, inChannels: 2, format: 4 }),
  maxPool: pooling('maxPool', 4, 'input'), avgPool: pooling('avgPool', 4, 'x'), maxPool3d: pooling('maxPool3d', 5, 'x'), avgPool3d: pooling('avgPool3d', 5, 'x'),
  'image.resizeBilinear': resizing('resizeBilinear'), 'image.resizeNearestNeighbor': resizing('resizeNearestNeighbor'),
  'image.grayscaleToRGB': coloured('grayscaleToRGB', 1, 'a grayscale'), 'image.rgbToGrayscale': coloured('RGBToGrayscale', 3, 'an RGB'),
};
