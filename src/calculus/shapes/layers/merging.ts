/** Layers that make one output of several inputs. */
import { isAbsent, numberOf } from '../../numbers/argument.ts';
import { type Axis, type LayerShape, type Outcome, computed, gives, isKnown, jsonOf, refuses, unknownOutcome } from './layer-shape.ts';
import type { Settings } from './settings.ts';

export function sum(_: Settings, inputs: readonly LayerShape[]): Outcome {
  const [first, ...rest] = inputs;
  if (first === undefined || rest.length === 0) return refuses('one input', 'an array of two inputs or more', { count: String(inputs.length) });
  const batches = new Set(inputs.map(([batch]) => batch).filter((batch) => batch !== null));
  if (batches.has(undefined) && batches.size > 1) return unknownOutcome;
  if (batches.size > 1) return refuses('batches', 'inputs of one batch size', { shapes: listed(inputs) });
  let shape: LayerShape = first.slice(1);
  for (const [index, input] of rest.entries()) {
    const next = broadcast(shape, input.slice(1));
    if (next === undefined) return refuses('broadcast', 'shapes that broadcast', { shapes: [shape, input.slice(1)].sort((a, b) => b.length - a.length).map(jsonOf).join(' ') }, index + 1);
    shape = next;
  }
  const [batch = null] = [...batches];
  return gives([batches.has(undefined) ? undefined : batch, ...shape]);
}

/** The longer shape, each axis stretched; undefined where two lengths do not go together. */
function broadcast(a: LayerShape, b: LayerShape): LayerShape | undefined {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  const extra = long.length - short.length;
  const lengths = short.map((length, index) => together(long[extra + index], length));
  return lengths.includes('apart') ? undefined : [...long.slice(0, extra), ...lengths as readonly Axis[]];
}

function together(x: Axis, y: Axis): Axis | 'apart' {
  const isOpen = (length: Axis): boolean => length === null || (length !== undefined && length < 0);
  if (x === undefined || y === undefined) return undefined;
  if (isOpen(x) || isOpen(y)) return null;
  if (x === 1) return y;
  return y === 1 || x === y ? x : 'apart';
}

export function concatenation(settings: Settings, inputs: readonly LayerShape[]): Outcome {
  const [first, ...rest] = inputs;
  if (first === undefined || rest.length === 0) return refuses('concatenate one', 'an array of two inputs or more');
  const setting = settings('axis');
  const given = isAbsent(setting) ? -1 : numberOf(setting);
  if (given === undefined || given >= first.length || given < -first.length) return unknownOutcome;
  const axis = given < 0 ? given + first.length : given;
  // Which batch comes of batches of any size is not known.
  if (axis === 0) return unknownOutcome;
  const odd = rest.findIndex((shape) => differs(first, shape, given));
  if (odd !== -1) return refuses('concatenate', `shapes that agree but for axis ${String(given)}`, { shapes: listed(inputs) }, odd + 1);
  if (rest.some((shape) => shape.length !== first.length)) return unknownOutcome;
  return gives(first.map((length, at) => (at === axis ? computed(inputs.map((shape) => shape[axis]), (...lengths) => lengths.reduce((all, each) => all + each, 0)) : length)));
}

/** Certainly, beside the axis along which they are joined. An open length agrees with an open one alone. */
function differs(a: LayerShape, b: LayerShape, axis: number): boolean {
  const [x, y] = [a.toSpliced(axis, 1), b.toSpliced(axis, 1)];
  return x.length !== y.length || x.some((length, at) => isKnown(length) && isKnown(y[at]) && length !== y[at]);
}

export function dotProduct(settings: Settings, inputs: readonly LayerShape[]): Outcome {
  const [a, b, ...more] = inputs;
  if (a === undefined || b === undefined || more.length > 0 || a.length > 3 || b.length > 3) return unknownOutcome;
  const axes = axesOf(settings, a, b);
  if (axes === undefined) return unknownOutcome;
  const [x, y] = [a[axes[0]], b[axes[1]]];
  if (isKnown(x) && isKnown(y) && x !== y) return refuses('dot', 'the same length along both axes', { left: String(x), right: String(y) }, 1);
  const output = [...a.toSpliced(axes[0], 1), ...b.toSpliced(axes[1], 1).slice(1)];
  return gives(output.length === 1 ? [...output, 1] : output);
}

function axesOf(settings: Settings, a: LayerShape, b: LayerShape): readonly [number, number] | undefined {
  const setting = settings('axes');
  const pair = setting.kind === 'list' && setting.complete ? setting.items.map(numberOf) : [numberOf(setting), numberOf(setting)];
  const [x, y] = pair.map((axis, index) => (axis === undefined ? undefined : axis < 0 ? axis + (index === 0 ? a : b).length : axis));
  return x === undefined || y === undefined || x <= 0 || y <= 0 || x >= a.length || y >= b.length ? undefined : [x, y];
}

function listed(shapes: readonly LayerShape[]): string {
  return `[${shapes.map(jsonOf).join(',')}]`;
}
