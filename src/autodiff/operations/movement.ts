/**
 * Moving elements without changing them. Each such operation is a linear map y[i] = x[from[i]]; its adjoint is the
 * transposed map x̄[from[i]] += ȳ[i]; and the adjoint of that is the first map again (Griewank and Walther,
 * "Evaluating Derivatives", 2008, section 3.2: the adjoint of an assignment).
 *
 * Layout, indexing, pooling and the patches of a convolution are movements, and get their derivatives here.
 */
import { allocate, arithmetic } from '../dtype.ts';
import type { Adjoints } from '../operation.ts';
import { resultOf } from '../result.ts';
import { sizeOf, walk, type Shape } from '../../calculus/shape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';

/** Which element of a tensor of shape `source` each element of a tensor of shape `target` is. */
export interface Movement {
  readonly source: Shape;
  readonly target: Shape;
  /** How many elements lie together in both tensors, so that they move as one. */
  readonly run: number;
  /** For each run of the target, in order, where it begins in the source; or `NOWHERE`. */
  readonly from: Int32Array;
}

/** The beginning of a run that is not in the source. */
export const NOWHERE = -1;

/** Tensors that chose the places (the indices of `gather`): no gradient flows to them. */
type Choosers = Readonly<Record<string, Tensor>>;

/** The movement whose elements lie `strides` apart in the source: permutations, blocks and repetitions are such. */
export function strided(source: Shape, target: Shape, strides: readonly number[], start = 0): Movement {
  let run = 1;
  let axes = target.length;
  while (axes > 0 && (strides[axes - 1] === run || target[axes - 1] === 1)) {
    axes -= 1;
    run *= target[axes]!;
  }
  return { source, target, run, from: walk(target.slice(0, axes), strides.slice(0, axes), start) };
}

/** y[i] = x[from[i]], and `filler` where from[i] is `NOWHERE`. */
export function move(name: string, x: Tensor, movement: Movement, filler = 0, choosers: Choosers = {}): Tensor {
  const { target, run, from } = movement;
  const elements = valuesOf(x);
  const values = allocate(x.dtype, from.length * run);
  if (filler !== 0) values.fill(filler);
  for (let each = 0, at = 0; each < from.length; each += 1, at += run) {
    const start = from[each]!;
    if (start === NOWHERE) continue;
    for (let step = 0; step < run; step += 1) values[at + step] = elements[start + step]!;
  }
  const adjoints: Adjoints<string> = { x: (dy) => scatterAdd('scatterAdd', dy, movement), ...zeros(choosers) };
  return resultOf<string>(name, { x, ...choosers }, { values, shape: target, dtype: x.dtype }, adjoints);
}

/** y[from[i]] += x[i]: the transpose of `move`, which takes a tensor of the target's shape to one of the source's. */
export function scatterAdd(name: string, x: Tensor, movement: Movement, choosers: Choosers = {}): Tensor {
  const { source, run, from } = movement;
  const elements = valuesOf(x);
  const dtype = arithmetic(x.dtype);
  const values = allocate(dtype, sizeOf(source));
  for (let each = 0, at = 0; each < from.length; each += 1, at += run) {
    const start = from[each]!;
    if (start === NOWHERE) continue;
    for (let step = 0; step < run; step += 1) values[start + step]! += elements[at + step]!;
  }
  const adjoints: Adjoints<string> = { x: (dy) => move('gather', dy, movement), ...zeros(choosers) };
  return resultOf<string>(name, { x, ...choosers }, { values, shape: source, dtype }, adjoints);
}

/** A choice is a step function of what chose. */
const zeros = (choosers: Choosers): Adjoints<string> => Object.fromEntries(Object.keys(choosers).map((each) => [each, 'zero-derivative' as const]));
