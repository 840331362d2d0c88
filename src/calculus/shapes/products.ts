/** Products of matrices, and convolutions. */
import { flagOf, isAbsent, numbersOf } from '../numbers/argument.ts';
import { type Dimensions, type Length, lengthAt } from '../numbers/dimensions.ts';
import { times } from '../numbers/length.ts';
import type { Call } from '../numbers/results/call.ts';
import { broadcastVerdict } from './broadcasting.ts';
import { type Contract, type Given, type Verdict, all, demanded, failure, fits, given, lengthText, listed, rankOf, stackOf, unknown } from './verdict.ts';

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

/** As many channels as the filter is for. */
const convolution = ({ name, rank, inChannels, format }: Convolution): Contract => (call) => {
  const [x, filter] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const layout = call.argument(format);
  const isLast = layout.kind === 'constant' && (layout.value === undefined || layout.value === null || (typeof layout.value === 'string' && layout.value.endsWith('C')));
  const [input, wanted]: readonly [Length, Length] = [lengthAt(x, -1), filter.open ? undefined : filter.lengths[inChannels]];
  if (!isLast || input === undefined || wanted === undefined || rankOf(x) === undefined || rankOf(filter) !== rank) return unknown;
  // Whether the window fits is not looked at.
  if (input === wanted) return unknown;
  return failure('shape-mismatch', {
    error: name === 'depthwiseConv2d'
      ? `Error in depthwiseConv2d: number of input channels (${lengthText(input)}) must match the inChannels dimension in filter ${lengthText(wanted)}.`
      : `Error in ${name}: depth of input (${lengthText(input)}) must match input depth for filter ${lengthText(wanted)}.`,
    given: [given(call, 0), given(call, 1)], why: `${lengthText(input)} channels meet a filter for ${lengthText(wanted)}`, advice: 'Make the filter for as many channels as the input has.',
  });
};

/** Channels that must be as many as a filter is for. */
interface Matched {
  readonly found: Length;
  readonly wanted: Length;
  /** `found` and `wanted` stand in it. */
  readonly error: (found: string, wanted: string) => string;
  readonly why: (found: string, wanted: string) => string;
}

function matched(shown: readonly Given[], { found, wanted, error, why }: Matched): Verdict {
  if (found === undefined || wanted === undefined) return unknown;
  const texts = [lengthText(found), lengthText(wanted)] as const;
  return found === wanted ? fits : failure('shape-mismatch', { error: error(...texts), given: shown, why: why(...texts), advice: 'Make the filter for as many channels as there are on both of its sides.' });
}

function isWide(call: Call, at: number, rank: number): boolean {
  return rankOf(call.tensor(at).dimensions) === rank;
}

/** `conv2dTranspose(x, filter, outputShape, strides, pad)`: the filter is that of the convolution that goes the other way. */
const transposedConvolution = (name: string, wide: number): Contract => (call) => {
  const [x, filter] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const shape = call.argument(2).kind === 'list' ? numbersOf(call.argument(2)) : undefined;
  const [rank, filterRank] = [rankOf(x), rankOf(filter)];
  if (rank === undefined || shape === undefined || (rank !== wide && rank !== wide - 1)) return unknown;
  const shown = [given(call, 0), given(call, 1)];
  const ofChannels = (side: string, found: Length, wanted: Length, why: Matched['why']): Verdict => (filterRank !== wide ? unknown : matched(shown, { found, wanted, error: (...[is, should]) => `Error in ${name}: depth of ${side} (${is}) must match ${side} depth for filter ${should}.`, why }));
  return all([
    demanded(shape.length === rank, () => failure('shape-mismatch', {
      error: `Length of inShape (${String(shape.length)}) and rank of dy (${String(rank)}) must match`, given: [given(call, 0)],
      why: `the shape of the output has ${String(shape.length)} axes`, advice: 'Give one length for each axis, the batch and the channels too.',
    })),
    demanded(filterRank === undefined ? undefined : filterRank === wide, () => failure('shape-mismatch', {
      error: `Error in ${name}: filter must be rank ${String(wide)}, but got rank ${String(filterRank)}`, given: [given(call, 1)], why: `its \`filter\` must have ${String(wide)} axes`, advice: 'Give it the axes that are missing (`expandDims`, `reshape`).',
    })),
    ofChannels('input', shape.at(-1), lengthAt(filter, wide - 2), (found, wanted) => `the output is to have ${found} channels, and the filter gives ${wanted}`),
    ofChannels('output', lengthAt(x, -1), lengthAt(filter, wide - 1), (found, wanted) => `${found} channels meet a filter for ${wanted}`),
    // Whether the lengths of space go together is not looked at.
    unknown,
  ]);
};

/** `dilation2d(x, filter, …)`. */
const dilation2d: Contract = (call) => {
  const [x, filter] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  if (rankOf(x) === undefined || rankOf(filter) !== 3) return unknown;
  return all([matched([given(call, 0), given(call, 1)], { found: lengthAt(x, -1), wanted: filter.lengths[2], error: (found, wanted) => `Error in dilation2d:  input and filter must have the same depth: ${found} vs ${wanted}`, why: (found, wanted) => `${found} channels meet a filter for ${wanted}` }), unknown]);
};

/** `separableConv2d(x, depthwise, pointwise, strides, pad, dilations, format)`. */
const separableConvolution: Contract = (call) => {
  const [depthwise, pointwise] = [call.tensor(1).dimensions, call.tensor(2).dimensions];
  const layout = call.argument(6);
  if (!isAbsent(layout) && !(layout.kind === 'constant' && layout.value === 'NHWC')) return unknown;
  const areWide = isWide(call, 1, 4) && isWide(call, 2, 4);
  const inner = times(lengthAt(depthwise, 2), lengthAt(depthwise, 3));
  return all([
    areWide && lengthAt(pointwise, 0) === 1 && lengthAt(pointwise, 1) === 1 && [0, 1, 2].every((at) => call.tensor(at).type === 'float32') ? fits : unknown,
    areWide ? matched([given(call, 1), given(call, 2)], { found: lengthAt(pointwise, 2), wanted: inner, error: (found, wanted) => `Error in separableConv2d: the third dimension of pointwise filter must be ${wanted}, but got ${found}.`, why: (found, wanted) => `the first filter gives ${wanted} channels, and the second takes ${found}` }) : unknown,
    areWide ? matched([given(call, 0), given(call, 1)], { found: lengthAt(call.tensor(0).dimensions, -1), wanted: lengthAt(depthwise, 2), error: (found, wanted) => `Error in depthwiseConv2d: number of input channels (${found}) must match the inChannels dimension in filter ${wanted}.`, why: (found, wanted) => `${found} channels meet a filter for ${wanted}` }) : unknown,
    unknown,
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

/** `outerProduct(a, b)`: of vectors. */
const outerProduct: Contract = (call) => {
  const [a, b] = [rankOf(call.tensor(0).dimensions), rankOf(call.tensor(1).dimensions)];
  if (a === undefined || b === undefined || (a === 1 && b === 1)) return a === 1 && b === 1 ? fits : unknown;
  return failure('shape-mismatch', {
    error: `Error in outerProduct: inputs must be rank 1, but got ranks ${String(a)} and ${String(b)}.`, given: [given(call, 0), given(call, 1)],
    why: '`outerProduct` takes two vectors', advice: 'Make vectors of them (`flatten`, `squeeze`), or call `matMul` for a column and a row.',
  });
};

/** `linalg.gramSchmidt(rows)`: no more vectors than they are long. */
const gramSchmidt: Contract = (call) => {
  const { open, lengths } = call.tensor(0).dimensions;
  if (open || lengths.length !== 2 || call.argument(0).kind !== 'tensor') return unknown;
  const [count, length] = lengths;
  return all([demanded(typeof count !== 'number' || typeof length !== 'number' ? undefined : count <= length, () => failure('shape-mismatch', {
    error: `Gram-Schmidt: Number of vectors (${lengthText(count)}) exceeds number of dimensions (${lengthText(length)}).`, given: [given(call, 0)],
    why: `${lengthText(count)} vectors of ${lengthText(length)} numbers cannot be orthogonal`, advice: 'Give no more rows than there are columns.',
  })), unknown]);
};

/** `linalg.bandPart(a, numLower, numUpper)`. */
const bandPart: Contract = (call) => {
  const { dimensions } = call.tensor(0);
  const within = (name: string, at: number, axis: number, of: string): Verdict => {
    const [count, length] = [call.argument(at), lengthAt(dimensions, axis)];
    const holds = count.kind !== 'constant' || typeof count.value !== 'number' || typeof length !== 'number' || !Number.isInteger(count.value) ? undefined : count.value <= length;
    return demanded(holds, () => failure('shape-mismatch', {
      error: `bandPart(): ${name} (${count.kind === 'constant' ? String(count.value) : '?'}) must not be greater than the number of ${of} (${lengthText(length)}).`, given: [given(call, 0)],
      why: `there are ${lengthText(length)} ${of}`, advice: 'Give a negative number for the whole triangle.',
    }));
  };
  return all([within('numLower', 1, -2, 'rows'), within('numUpper', 2, -1, 'columns'), unknown]);
};

export const productContracts: Readonly<Record<string, Contract>> = {
  matMul, dot, einsum, outerProduct, batchNorm, batchNorm2d: batchNorm, batchNorm3d: batchNorm, batchNorm4d: batchNorm, 'linalg.gramSchmidt': gramSchmidt, 'linalg.bandPart': bandPart,
  conv1d: convolution({ name: 'conv1d', rank: 3, inChannels: 1, format: 4 }),
  conv2d: convolution({ name: 'conv2d', rank: 4, inChannels: 2, format: 4 }),
  conv3d: convolution({ name: 'conv3d', rank: 5, inChannels: 3, format: 4 }),
  depthwiseConv2d: convolution({ name: 'depthwiseConv2d', rank: 4, inChannels: 2, format: 4 }),
  conv2dTranspose: transposedConvolution('conv2dDerInput', 4), conv3dTranspose: transposedConvolution('conv3dDerInput', 5), separableConv2d: separableConvolution, dilation2d,
};
