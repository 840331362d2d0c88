/** Gradients that do not come back because of shapes, against what TF.js does, with shapes known, known in part, and not at all. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { gapOf } from '../../../src/calculus/shapes/backward.ts';
import { tfjs } from '../../../src/libraries/tfjs/index.ts';
import { type Draw, argumentOf, makers } from './calls.ts';
import { drawFrom, hidden, whole } from './draw.ts';

beforeAll(async () => { await tf.setBackend('cpu'); });

type Operation = (...args: readonly unknown[]) => tf.Tensor;

interface Attempt {
  readonly operation: string;
  readonly args: Parameters<typeof argumentOf>[0][];
  readonly at: number;
  /** Undefined where the gradient comes back. */
  readonly error: string | undefined;
}

/** One operand after the other is differentiated; none where the call does not work forward. */
function attempts(operation: string, args: Attempt['args']): readonly Attempt[] {
  const run = (tf as unknown as Record<string, Operation>)[operation]!;
  return args.flatMap((operand, at): readonly Attempt[] => {
    if (!(operand instanceof tf.Tensor)) return [];
    const passed = { forward: false };
    try {
      tf.tidy(() => {
        tf.grad((x) => {
          const result = run(...args.with(at, x));
          passed.forward = true;
          return tf.sum(result);
        })(operand);
      });
    } catch (error) {
      return passed.forward ? [{ operation, args, at, error: (error as Error).message }] : [];
    }
    return [{ operation, args, at, error: undefined }];
  });
}

const names = new Set([...tfjs.exceptions.values()].flat().filter(({ condition: { kind } }) => kind === 'broadcast' || kind === 'rank outside').map(({ operation }) => operation));
const stacks = (draw: Draw): readonly number[] => Array.from({ length: draw.int(0, 2) }, () => draw.pick([1, 2, 2, 3]));

function drawn(): readonly Attempt[] {
  const tried = makers.flatMap((make, index) => Array.from({ length: 60 }, (_, seed) => make(drawFrom(index * 1000 + seed)))).filter(({ operation }) => names.has(operation));
  const products = Array.from({ length: 400 }, (_, seed) => {
    const draw = drawFrom(seed);
    const [rows, inner, columns, turnA, turnB] = [draw.int(1, 3), draw.int(1, 3), draw.int(1, 3), draw.pick([false, true]), draw.pick([false, true])];
    const [a, b] = [turnA ? [inner, rows] : [rows, inner], turnB ? [columns, inner] : [inner, columns]];
    return { operation: 'matMul', args: [tf.ones([...stacks(draw), ...a]), tf.ones([...stacks(draw), ...b]), turnA, turnB] };
  });
  const tiles = Array.from({ length: 7 }, (_, rank) => ({ operation: 'tile', args: [tf.ones(Array<number>(rank).fill(2)), Array<number>(rank).fill(1)] }));
  return [...tried, ...products, ...tiles].flatMap(({ operation, args }) => attempts(operation, [...args]));
}

/** A gradient that needs a tensor without elements fails in ways of its own. */
const isEmpty = ({ args }: Attempt): boolean => args.some((arg) => arg instanceof tf.Tensor && arg.size === 0);

test('what is said of a gradient happens, and where the shapes are known, it is said', () => {
  const problems: string[] = [];
  let gaps = 0;
  for (const [seed, attempt] of drawn().entries()) {
    const { operation, args, at, error } = attempt;
    const told = `${operation}(${args.map((arg) => (arg instanceof tf.Tensor ? `[${arg.shape.join(', ')}]` : JSON.stringify(arg))).join(', ')}), operand ${String(at)}`;
    for (const hide of [whole, hidden(drawFrom(seed))]) {
      const gap = gapOf(single, operation, args.map((value) => argumentOf(value, hide)), at);
      if (gap !== undefined && error?.startsWith(gap.error) !== true) problems.push(`${told}: ${gap.error}, and it is ${String(error)}`);
      if (hide === whole && gap === undefined && error !== undefined && !isEmpty(attempt)) problems.push(`${told} throws ${error}`);
      if (gap !== undefined) gaps++;
    }
  }
  expect(problems.slice(0, 20)).toEqual([]);
  expect(gaps).toBeGreaterThan(200);
});
