/** What is known of the shapes and types of results, against what TF.js gives, with shapes known and known in part. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import type { Facts } from '../../../src/calculus/numbers/facts.ts';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { factsOfResults, typedResult } from '../../../src/calculus/numbers/results/index.ts';
import { resultTypes } from '../../../src/libraries/tfjs/preconditions.ts';
import { type Draw, type DrawnCall, argumentOf, makers, shapers } from './calls.ts';
import { drawFrom, hidden, whole } from './draw.ts';
import { near, sampled } from './sampled.ts';

beforeAll(async () => { await tf.setBackend('cpu'); });

function result(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** A result and what is known of it, one by one where there are several. */
function held(given: unknown, operation: string, args: readonly Argument[]): readonly (readonly [tf.Tensor, Facts])[] {
  if (given instanceof tf.Tensor) return [[given, typedResult(resultTypes, single, operation, args)]];
  if (typeof given !== 'object' || given === null) return [];
  const { items, fields, each } = factsOfResults(single, operation, args);
  return Object.entries(given).flatMap(([key, value]) => (value instanceof tf.Tensor ? [[value, items?.[Number(key)] ?? fields?.[key] ?? each] as const] : []));
}

function isTrue({ shape, dtype }: tf.Tensor, { dimensions: { open, lengths }, type }: Facts): boolean {
  const isLong = open ? lengths.length <= shape.length : lengths.length === shape.length;
  return isLong && lengths.every((length, index) => length === undefined || length === shape[shape.length - lengths.length + index]) && (type === undefined || type === dtype);
}

test('what is known of a result is true', () => {
  const problems: string[] = [];
  let known = 0;
  for (const [index, make] of [...makers, ...shapers, ...sampled.map((path) => (draw: Draw): DrawnCall => near(path, draw))].entries()) {
    for (let seed = 0; seed < 60; seed++) {
      const draw = drawFrom(index * 1000 + seed);
      const call = make(draw);
      const given = result(call.run);
      for (const hide of [whole, hidden(draw)]) {
        const args = call.args.map((value) => argumentOf(value, hide));
        for (const [value, facts] of held(given, call.operation, args)) {
          if (!facts.dimensions.open) known++;
          if (!isTrue(value, facts)) problems.push(`${call.operation}: ${JSON.stringify(facts.dimensions)} ${String(facts.type)}, and it is ${JSON.stringify(value.shape)} ${value.dtype} of ${JSON.stringify(args.map((each) => (each.kind === 'tensor' ? each.facts.dimensions : each)))}`);
        }
      }
    }
  }
  expect(problems.slice(0, 12)).toEqual([]);
  expect(known).toBeGreaterThan(2000);
});

test('of every operation with one result the shape is known, where those of the operands are', () => {
  const unknown = sampled.filter((path) => {
    const call = near(path, { int: (_, to) => to, pick: ([first]) => first! });
    const given = result(call.run);
    return given instanceof tf.Tensor && typedResult(resultTypes, single, path, call.args.map((value) => argumentOf(value, whole))).dimensions.open;
  });
  // Losses that are not reduced, and shapes that hang on numbers.
  expect(unknown.filter((path) => !path.startsWith('losses.'))).toEqual(['bitwiseAnd', 'broadcastArgs', 'metrics.sparseCategoricalAccuracy', 'sparse.sparseSegmentMean', 'sparse.sparseSegmentSum']);
});
