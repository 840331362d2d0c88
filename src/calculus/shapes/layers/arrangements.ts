/** Layers that take one input and put its elements, or what they compute of each of its rows, in another shape. */
import { type Argument, certainNumbersOf, isAbsent, numberOf, numbersOf } from '../../numbers/argument.ts';
import { type Axis, type LayerShape, type Outcome, gives, joined, jsonOf, product, refuses, unknownOutcome } from './layer-shape.ts';
import type { Settings } from './settings.ts';
import { refusesRank } from './windows.ts';

function refusesBelow(shape: LayerShape, least: number, wanted: string): Outcome | undefined {
  return shape.length >= least ? undefined : refuses('least rank', wanted, { wanted: String(least), found: String(shape.length) });
}

export function dense(settings: Settings, shape: LayerShape): Outcome {
  const refused = refusesBelow(shape, 2, 'rank 2 or more, [batch, features]');
  if (refused !== undefined) return refused;
  if (shape.at(-1) === null) return refuses('open features', 'a known number of features', { shape: joined([null, numberOf(settings('units'))]) });
  return gives([...shape.slice(0, -1), numberOf(settings('units'))]);
}

export function flat(_: Settings, shape: LayerShape): Outcome {
  const refused = refusesBelow(shape, 3, 'rank 3 or more');
  if (refused !== undefined) return refused;
  const rest = shape.slice(1);
  if (rest.includes(null)) return refuses('open flatten', 'known lengths behind the batch', { shape: joined(rest) });
  return gives([shape[0], product(rest)]);
}

export function reshape(settings: Settings, shape: LayerShape): Outcome {
  const target = targetOf(settings('targetShape'));
  if (target === undefined) return unknownOutcome;
  // The library compares sizes only where it knows all of them, the batch's too.
  if (shape.some((length) => length === null || (length !== undefined && length < 0))) return gives([shape[0], ...target]);
  if (shape.includes(undefined, 1)) return gives([shape[0], ...target.map((length) => (length === null ? undefined : length))]);
  return fitted(shape, target);
}

/** What is below zero stands for what is left over. */
function targetOf(setting: Argument): readonly Axis[] | undefined {
  const lengths = setting.kind === 'list' ? setting.items.map((item) => (isAbsent(item) ? null : numberOf(item))) : undefined;
  if (lengths === undefined || (setting.kind === 'list' && !setting.complete)) return undefined;
  return lengths.map((length) => (length !== undefined && length !== null && length < 0 ? null : length));
}

/** Of a shape that is known whole, as one is when the layer runs. */
function fitted(shape: LayerShape, target: readonly Axis[]): Outcome {
  const [size, taken] = [product(shape.slice(1)), product(target.filter((length) => length !== null))];
  const left = target.filter((length) => length === null).length;
  if (size == null || taken == null || left > 1) return unknownOutcome;
  const isRight = left === 0 ? size === taken : taken !== 0 && size % taken === 0;
  if (!isRight) return refuses('size', `${left === 0 ? '' : 'a multiple of '}${String(taken)} elements an example`);
  return gives([shape[0], ...target.map((length) => (length === null ? size / taken : length))]);
}

export function permutation(settings: Settings, shape: LayerShape): Outcome {
  const order = certainNumbersOf(settings('dims'));
  if (order === undefined) return unknownOutcome;
  return refusesRank(shape, order.length + 1, `as many axes as \`dims\` has, and the batch`) ?? gives([shape[0], ...order.map((axis) => shape[axis])]);
}

export function repetition(settings: Settings, shape: LayerShape): Outcome {
  return refusesRank(shape, 2, '[batch, features]') ?? gives([shape[0], numberOf(settings('n')), shape[1]]);
}

export function embedding(settings: Settings, shape: LayerShape): Outcome {
  const length = settings('inputLength');
  const width = numberOf(settings('outputDim'));
  if (isAbsent(length)) return gives([...shape, width]);
  const lengths = numbersOf(length);
  if (lengths === undefined || lengths.includes(undefined)) return unknownOutcome;
  const isRight = lengths.length === shape.length - 1 && lengths.every((each, axis) => shape[axis + 1] == null || shape[axis + 1] === each);
  if (!isRight) return refuses('input length', `sequences of length ${joined(lengths)}`, { length: joined(lengths), shape: joined(shape) });
  return gives([shape[0], ...lengths, width]);
}

export function normalisation(settings: Settings, shape: LayerShape): Outcome {
  const setting = settings('axis');
  const axis = isAbsent(setting) ? -1 : numberOf(setting);
  if (axis === undefined) return gives(shape);
  const at = axis < 0 ? axis + shape.length : axis;
  if (shape[at] === null) return refuses('open axis', `a known length of axis ${String(at)}`, { axis: String(at), shape: jsonOf(shape) });
  return at < 0 || at >= shape.length ? unknownOutcome : gives(shape);
}
