/** Operations that cut axes into blocks, or put a border around them. */
import { type Argument, certainNumbersOf, isAbsent, numberOf } from '../numbers/argument.ts';
import { type Length, lengthAt } from '../numbers/dimensions.ts';
import { type Contract, type Verdict, all, demanded, failure, given, lengthText, listed, rankOf, unknown } from './verdict.ts';

/** `[[before, after], …]` */
function pairsOf(argument: Argument): readonly (readonly number[])[] | undefined {
  if (argument.kind !== 'list' || !argument.complete) return undefined;
  const pairs = argument.items.map((item) => (item.kind === 'list' ? certainNumbersOf(item) : undefined));
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function isMultiple(length: Length, of: number): boolean | undefined {
  return typeof length === 'number' && of !== 0 ? length % of === 0 : undefined;
}

/** `spaceToBatchND(x, blockShape, paddings)`. */
const spaceToBatchND: Contract = (call) => {
  const x = call.tensor(0).dimensions;
  const [blocks, paddings, rank] = [certainNumbersOf(call.argument(1)), pairsOf(call.argument(2)), rankOf(x)];
  if (blocks === undefined || paddings === undefined || rank === undefined) return unknown;
  const covered = x.lengths.slice(1, blocks.length + 1).map((length, axis) => isMultiple(typeof length === 'number' ? length + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0) : undefined, blocks[axis] ?? 0));
  return all([
    demanded(rank > blocks.length, () => failure('shape-mismatch', {
      error: `input rank ${String(rank)} should be > than [blockShape] ${String(blocks.length)}`, given: [given(call, 0)], why: `the blocks have ${String(blocks.length)} axes, and the batch stands before them`, advice: 'Give a tensor with a batch, and one axis for each of the block\'s.',
    })),
    demanded(paddings.length === blocks.length, () => failure('shape-mismatch', { error: `paddings.shape[0] ${String(paddings.length)} must be equal to [blockShape] ${String(blocks.length)}`, given: [given(call, 0)], why: `there are ${String(paddings.length)} paddings for ${String(blocks.length)} axes`, advice: 'Give one pair for each axis of the blocks.' })),
    demanded(allHold(covered), () => failure('shape-mismatch', {
      error: `input spatial dimensions ${listed({ open: false, lengths: x.lengths.slice(1) })} with paddings ${paddings.join(',')} must be divisible by blockShapes ${blocks.join(',')}`, given: [given(call, 0)],
      why: `blocks of ${blocks.join(' × ')} do not cover it`, advice: 'Pad each axis up to a multiple of its block.',
    })),
    unknown,
  ]);
};

/** Fails where one fails for certain. */
function allHold(each: readonly (boolean | undefined)[]): boolean | undefined {
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
}

/** `batchToSpaceND(x, blockShape, crops)`. */
const batchToSpaceND: Contract = (call) => {
  const x = call.tensor(0).dimensions;
  const [blocks, crops, rank] = [certainNumbersOf(call.argument(1)), pairsOf(call.argument(2)), rankOf(x)];
  if (blocks === undefined || crops === undefined || rank === undefined || blocks.length === 0) return unknown;
  const product = blocks.reduce((all, block) => all * block);
  return all([
    demanded(rank > blocks.length, () => failure('shape-mismatch', {
      error: `input rank is ${String(rank)} but should be > than blockShape.length ${String(blocks.length)}`, given: [given(call, 0)], why: `the blocks have ${String(blocks.length)} axes, and the batch stands before them`, advice: 'Give a tensor with a batch, and one axis for each of the block\'s.',
    })),
    demanded(crops.length === blocks.length, () => failure('shape-mismatch', { error: `crops.length is ${String(crops.length)} but should be equal to blockShape.length  ${String(blocks.length)}`, given: [given(call, 0)], why: `there are ${String(crops.length)} crops for ${String(blocks.length)} axes`, advice: 'Give one pair for each axis of the blocks.' })),
    demanded(isMultiple(x.lengths[0], product), () => failure('shape-mismatch', {
      error: `input tensor batch is ${lengthText(x.lengths[0])} but is not divisible by the product of the elements of blockShape ${blocks.join(' * ')} === ${String(product)}`, given: [given(call, 0)],
      why: `a batch of ${lengthText(x.lengths[0])} cannot be dealt out to blocks of ${String(product)}`, advice: 'Give as many images as blocks, or a multiple of that.',
    })),
    unknown,
  ]);
};

/** `depthToSpace(x, blockSize, dataFormat)`. */
const depthToSpace: Contract = (call) => {
  const x = call.tensor(0).dimensions;
  const block = numberOf(call.argument(1));
  if (block === undefined || block <= 1 || rankOf(x) !== 4 || !isAbsent(call.argument(2))) return unknown;
  const depth = lengthAt(x, 3);
  return all([demanded(isMultiple(depth, block ** 2), () => failure('shape-mismatch', {
    error: `Dimension size must be evenly divisible by ${String(block ** 2)} but is ${lengthText(depth)} for depthToSpace with input shape ${listed(x)}`, given: [given(call, 0)],
    why: `its ${lengthText(depth)} channels are no multiple of ${String(block ** 2)}`, advice: 'A block of n × n pixels takes n² channels of the input for each of the result.',
  })), unknown]);
};

/** `mirrorPad(x, paddings, mode)`: what is mirrored must be there. */
const mirrorPad: Contract = (call) => {
  const x = call.tensor(0).dimensions;
  const [paddings, rank, mode] = [pairsOf(call.argument(1)), rankOf(x), call.argument(2)];
  if (paddings === undefined || rank === undefined || rank === 0 || mode.kind !== 'constant' || (mode.value !== 'reflect' && mode.value !== 'symmetric')) return unknown;
  const offset = mode.value === 'reflect' ? 1 : 0;
  return all([
    demanded(paddings.length === rank, () => failure('shape-mismatch', { error: `Padding doesn't match input. Must be ${String(rank)}. Got ${String(paddings.length)}.`, given: [given(call, 0)], why: `there are ${String(paddings.length)} paddings for ${String(rank)} axes`, advice: 'Give one pair for each axis.' })),
    ...x.lengths.map((length, axis): Verdict => demanded(paddings[axis]?.length !== 2 || typeof length !== 'number' ? undefined : paddings[axis].every((border) => border >= 0 && border <= length - offset), () => failure('shape-mismatch', {
      error: `Padding in dimension ${String(axis)} cannot be greater than or equal to ${String(Number(length) - offset)} or less than 0 for input of shape ${listed(x)}`, given: [given(call, 0)],
      why: `axis ${String(axis)} is ${lengthText(length)} long, and ${String(Math.max(...paddings[axis] ?? []))} are to be mirrored`, advice: mode.value === 'reflect' ? 'Mirror fewer than there are: the border itself is not repeated.' : 'Mirror no more than there are.',
    }))),
  ]);
};


export const blockContracts: Readonly<Record<string, Contract>> = { spaceToBatchND, batchToSpaceND, depthToSpace, mirrorPad };
