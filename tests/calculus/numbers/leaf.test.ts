/** Tensors made of host data: what the library's table says of them, against TF.js. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import { factsOfLeaf } from '../../../src/calculus/numbers/leaf.ts';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { tfjs } from '../../../src/libraries/tfjs/index.ts';
import { describeFacts, lies } from './claims.ts';

type Given = number | boolean | string | undefined | readonly Given[];

function known(value: Given): Argument {
  return typeof value === 'object' ? { kind: 'list', items: value.map(known), complete: true } : { kind: 'constant', value };
}

/** A call, and what must be known of it: `…` for any number of axes, `?` for a length; then the range, then each element. */
const calls: readonly (readonly [name: string, args: readonly Given[], claim: string])[] = [
  ['scalar', [0.1], 'float32[] 0.10000000149011612..0.10000000149011612'],
  ['scalar', [1.7, 'int32'], 'int32[] 1..1'],
  ['scalar', [true], 'bool[] 1..1'],
  ['tensor', [[1, -2, 0.5]], 'float32[3] -2..1 1..1 -2..-2 0.5..0.5'],
  ['tensor', [[[1, 2], [3, 4]]], 'float32[2,2] 1..4 1..1 2..2 3..3 4..4'],
  ['tensor', [[1, 2], [2, 1]], 'float32[2,1] 1..2 1..1 2..2'],
  ['tensor', [[true, false]], 'bool[2] 0..1 1..1 0..0'],
  ['tensor1d', [[0.3, 0.6, -0.7], 'bool'], 'bool[3] 0..1 0..0 1..1 1..1'],
  ['tensor1d', [[1.7, -1.7], 'int32'], 'int32[2] -1..1 1..1 -1..-1'],
  ['tensor2d', [[[1], [2]]], 'float32[2,1] 1..2 1..1 2..2'],
  ['tensor2d', [[1, 2, 3, 4], [4, 1]], 'float32[4,1] 1..4 1..1 2..2 3..3 4..4'],
  ['tensor2d', [[1, 2], [1, 2], 'int32'], 'int32[1,2] 1..2 1..1 2..2'],
  ['tensor3d', [[[[5]]]], 'float32[1,1,1] 5..5'],
  ['fill', [[2, 2], 0.5], 'float32[2,2] 0.5..0.5'],
  ['fill', [[2], 1.7, 'int32'], 'int32[2] 1..1'],
  ['zeros', [[3, 1]], 'float32[3,1] 0..0'],
  ['ones', [[2], 'bool'], 'bool[2] 1..1'],
  ['randomNormal', [[4, 1]], 'float32[4,1] -Infinity..Infinity'],
  ['randomUniform', [[2, 3], -1, 1], 'float32[2,3] -Infinity..Infinity'],
  ['truncatedNormal', [[1, 2]], 'float32[1,2] -Infinity..Infinity'],
  ['linspace', [0, 1, 3], 'float32[3] -Infinity..Infinity'],
  ['linspace', [0, 4, 3], 'float32[3] 0..4 0..0 2..2 4..4'],
  ['linspace', [5, 1, 1], 'float32[1] 5..5'],
  ['range', [0, 3], 'float32[3] 0..2 0..0 1..1 2..2'],
  ['range', [0, 4, 3, 'int32'], 'int32[2] 0..3 0..0 3..3'],
  ['range', [3, 0], 'float32[3] 1..3 3..3 2..2 1..1'],
  ['range', [0, 3, -1], 'float32[0] -Infinity..Infinity'],
  ['range', [2, 2], 'float32[0] -Infinity..Infinity'],
  ['range', [0, 1, 0.3], 'float32[4] -Infinity..Infinity'],
  ['range', [0, 2, 1, 'bool'], 'bool[2] -Infinity..Infinity'],
  ['range', [0, 100], 'float32[100] 0..99'],
  ['eye', [2], 'float32[2,2] -Infinity..Infinity'],
  ['eye', [2, 3], 'float32[2,3] -Infinity..Infinity'],
  ['eye', [2, 3, [4]], 'float32[4,2,3] -Infinity..Infinity'],
  ['eye', [2, 3, [4], 'int32'], 'int32[4,2,3] -Infinity..Infinity'],
  ['randomUniform', [[2], 0, 5, 'int32'], 'int32[2] -Infinity..Infinity'],
];

function factsOf(name: string, args: readonly Argument[]): ReturnType<typeof factsOfLeaf> {
  const meaning = tfjs.members[name];
  if (meaning?.is !== 'leaf') throw new Error(`${name} makes no tensor`);
  return factsOfLeaf(single, meaning, args);
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.each(calls)('%s(%j) is %s', (name, args, claim) => {
  const facts = factsOf(name, args.map(known));
  expect(describeFacts(facts)).toBe(claim);
  expect(lies(facts, (tf as unknown as Record<string, (...given: unknown[]) => tf.Tensor>)[name]!(...args))).toEqual([]);
});

describe('of data that is not known', () => {
  const unknown: Argument = { kind: 'unknown' };

  test('the shape that is given is known', () => {
    expect(describeFacts(factsOf('tensor2d', [unknown, known([2, 1])]))).toBe('?[2,1] -Infinity..Infinity');
  });

  test('a length that is not known is left open', () => {
    expect(describeFacts(factsOf('tensor2d', [unknown, { kind: 'list', items: [unknown, known(1)], complete: true }]))).toBe('?[?,1] -Infinity..Infinity');
  });

  test('a shape that is not known says nothing', () => {
    expect(describeFacts(factsOf('zeros', [unknown]))).toBe('float32[…] 0..0');
    expect(describeFacts(factsOf('tensor', [unknown]))).toBe('?[…] -Infinity..Infinity');
  });

  test('rows of a known length, and nobody knows how many', () => {
    const rows: Argument = { kind: 'list', items: [{ kind: 'list', items: [unknown], complete: true }], complete: false };
    expect(describeFacts(factsOf('tensor2d', [rows]))).toBe('?[?,1] -Infinity..Infinity');
    // The number might be an array.
    expect(describeFacts(factsOf('tensor', [rows]))).toBe('?[…] -Infinity..Infinity');
  });

  test('a type that is not known may be any', () => {
    expect(describeFacts(factsOf('tensor1d', [known([0.3, 1.5]), unknown]))).toBe('?[2] 0..1.5 0..0.30000001192092896 1..1.5');
  });
});
