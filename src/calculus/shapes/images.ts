/** Images, stacks of them, and boxes in them. */
import { numbersOf } from '../numbers/argument.ts';
import { type Dimensions, lengthAt } from '../numbers/dimensions.ts';
import type { Call } from '../numbers/results/call.ts';
import { type Contract, type Verdict, all, demanded, failure, fits, given, lengthText, listed, rankOf, shapeText, unknown } from './verdict.ts';

/** `image.resizeBilinear(images, size)`. */
const resizing = (name: string): Contract => (call) => {
  const size = call.argument(1);
  const lengths = size.kind === 'list' ? numbersOf(size) : undefined;
  return all([demanded(lengths === undefined ? undefined : lengths.length === 2, () => failure('shape-mismatch', {
    error: `Error in ${name}: new shape must 2D, but got shape ${listed({ open: false, lengths: lengths ?? [] })}.`, given: [given(call, 0), { text: shapeText({ open: false, lengths: lengths ?? [] }), argument: 1 }],
    why: 'the new size is a height and a width', advice: 'Give two numbers: `[height, width]`.',
  })), unknown]);
};

/** `image.rgbToGrayscale(image)` and back. */
const coloured = (name: string, count: number, kind: string): Contract => (call) => {
  const channels = lengthAt(call.tensor(0).dimensions, -1);
  return demanded(channels === undefined ? undefined : channels === count, () => failure('shape-mismatch', {
    error: `Error in ${name}: last dimension of ${kind} image should be size ${String(count)}, but got size ${lengthText(channels)}.`, given: [given(call, 0)],
    why: `its last axis has ${lengthText(channels)} channels, and ${String(count)} ${count === 1 ? 'is' : 'are'} wanted`, advice: 'Convert the image only where it is one of that kind.',
  }));
};

/** `image.transform(images, transforms, …)`. */
const transform: Contract = (call) => {
  const [images, transforms] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rank, [count, width]] = [rankOf(transforms), transforms.lengths];
  const batch = images.open ? undefined : images.lengths[0];
  const holds = rank === undefined ? undefined : rank !== 2 || (typeof width === 'number' && width !== 8) || (typeof count === 'number' && count !== 1 && typeof batch === 'number' && count !== batch) ? false : undefined;
  return demanded(holds, () => failure('shape-mismatch', {
    error: 'Error in transform: Input transform should be batch x 8 or 1 x 8', given: [given(call, 0), given(call, 1)], why: 'a projective transform is eight numbers, one row for each image or one for all', advice: 'Give `[images, 8]` or `[1, 8]`.',
  }));
};

/** A shape that is wanted whole; `error`: with what of it is not known. */
function wanted(call: Call, at: number, shape: Dimensions['lengths'], about: { readonly error: string; readonly why: string; readonly advice: string }): Verdict {
  const { open, lengths } = call.tensor(at).dimensions;
  const isOther = shape.some((length, axis) => length !== undefined && lengths[axis] !== undefined && lengths[axis] !== length);
  if (open) return unknown;
  if (lengths.length === shape.length && !isOther) return shape.every((length, axis) => length !== undefined && length === lengths[axis]) ? fits : unknown;
  return failure('shape-mismatch', { ...about, given: at === 1 ? [given(call, 1)] : [given(call, 1), given(call, at)] });
}

/** `image.cropAndResize(image, boxes, boxInd, cropSize)`. */
const cropping: Contract = (call) => {
  const boxes = call.tensor(1).dimensions;
  const count = boxes.open ? undefined : boxes.lengths[0];
  // TF.js shows the boxes in both.
  const error = (name: string, size: string): string => `Error in cropAndResize: ${name} must be have size [${lengthText(count)}${size}] but had shape ${listed(boxes)}.`;
  return all([
    wanted(call, 1, [count, 4], { error: error('boxes', ',4'), why: 'a box is four numbers', advice: 'Give a row of four numbers for each box: `[y1, x1, y2, x2]`.' }),
    wanted(call, 2, [count], { error: error('boxInd', ''), why: 'each box needs the number of its image', advice: 'Give as many image numbers as there are boxes, in one row.' }),
    // How large the pieces are to be is not looked at.
    unknown,
  ]);
};

/** `image.nonMaxSuppression(boxes, scores, …)`. */
const suppression: Contract = (call) => {
  const [boxes, scores] = [call.tensor(0).dimensions, call.tensor(1).dimensions];
  const [rank, scoreRank, width, count, other] = [rankOf(boxes), rankOf(scores), lengthAt(boxes, 1), lengthAt(boxes, 0), lengthAt(scores, 0)];
  const about = { given: [given(call, 0), given(call, 1)], why: 'there is one score for each box of four numbers', advice: 'Give the boxes as `[count, 4]`, and the scores as `[count]`.' };
  const fail = (error: string): Verdict => failure('shape-mismatch', { ...about, error });
  return all([
    rank === undefined ? unknown : rank === 2 ? fits : fail(`boxes must be a 2D tensor, but was of rank '${String(rank)}'`),
    rank !== 2 || width === undefined ? unknown : width === 4 ? fits : fail(`boxes must have 4 columns, but 2nd dimension was ${lengthText(width)}`),
    scoreRank === undefined ? unknown : scoreRank === 1 ? fits : fail('scores must be a 1D tensor'),
    rank !== 2 || scoreRank !== 1 || count === undefined || other === undefined ? unknown : count === other ? fits : fail(`scores has incompatible shape with boxes. Expected ${lengthText(count)}, but was ${lengthText(other)}`),
    unknown,
  ]);
};

/** TF.js looks at the thresholds first. */
const behindThresholds: Contract = (call) => {
  const verdict = suppression(call);
  return verdict.kind === 'fails' && [3, 4, 5].some((at) => call.args[at] !== undefined) ? { ...verdict, error: '' } : verdict;
};

export const imageContracts: Readonly<Record<string, Contract>> = {
  'image.resizeBilinear': resizing('resizeBilinear'), 'image.resizeNearestNeighbor': resizing('resizeNearestNeighbor'),
  'image.grayscaleToRGB': coloured('grayscaleToRGB', 1, 'a grayscale'), 'image.rgbToGrayscale': coloured('RGBToGrayscale', 3, 'an RGB'),
  'image.transform': transform, 'image.cropAndResize': cropping, ...Object.fromEntries(['', 'WithScore', 'Padded'].map((form) => [`image.nonMaxSuppression${form}`, behindThresholds])),
};
