/** Joins of what is known: they hold of both sides, and repeated in a loop they come to rest. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Dimensions, broadcast, closed, joinDimensions, matrixProduct, reduced, reshaped } from '../../../src/calculus/numbers/dimensions.ts';
import { type Facts, elementFacts, elementsOf, joinFacts, joinRounds, rangeFacts, sameFacts } from '../../../src/calculus/numbers/facts.ts';
import { type Interval, anyNumber, exactly } from '../../../src/calculus/numbers/interval.ts';

const number = fc.constantFrom(-3, -1, 0, 0.5, 1, 7);
const interval = fc.tuple(number, number).map(([a, b]): Interval => ({ low: Math.min(a, b), high: Math.max(a, b) }));
const length = fc.constantFrom(undefined, 1, 2, 3);
const dimensions: fc.Arbitrary<Dimensions> = fc.record({ open: fc.boolean(), lengths: fc.array(length, { maxLength: 3 }) });
const type = fc.constantFrom('float32' as const, 'int32' as const, undefined);
const facts: fc.Arbitrary<Facts> = fc.oneof(
  fc.tuple(interval, dimensions, type).map(([range, of, kind]) => rangeFacts(range, of, kind)),
  fc.tuple(fc.array(interval, { minLength: 2, maxLength: 2 }), type).map(([elements, kind]) => elementFacts(elements, [2], kind)),
);

const within = (outer: Interval, inner: Interval): boolean => outer.low <= inner.low && outer.high >= inner.high;

/** Whether everything that is claimed of `a` holds of all that `b` may be. */
function covers(a: Facts, b: Facts): boolean {
  const shapes = a.dimensions.lengths.every((each, axis) => {
    const other = b.dimensions.lengths[axis - a.dimensions.lengths.length + b.dimensions.lengths.length];
    return each === undefined || each === other;
  });
  const ranks = a.dimensions.open ? b.dimensions.lengths.length >= a.dimensions.lengths.length : !b.dimensions.open && b.dimensions.lengths.length === a.dimensions.lengths.length;
  const elements = elementsOf(b)?.elements;
  const each = a.elements === undefined || (elements !== undefined && a.elements.every((one, index) => within(one, elements[index] ?? anyNumber)));
  return shapes && ranks && each && within(a.range, b.range) && (a.type === undefined || a.type === b.type);
}

describe.each([['of branches', joinFacts], ['of rounds', joinRounds]])('a join %s', (_, join) => {
  test('holds of both sides', () => {
    fc.assert(fc.property(facts, facts, (a, b) => {
      const joined = join(a, b);
      expect(covers(joined, a) && covers(joined, b)).toBe(true);
    }), { numRuns: 2000, seed: 3 });
  });

  test('of something with itself changes nothing', () => {
    fc.assert(fc.property(facts, (a) => { expect(sameFacts(join(a, a), a)).toBe(true); }), { seed: 4 });
  });
});

test('rounds of a loop come to rest, whatever the body makes', () => {
  fc.assert(fc.property(fc.array(facts, { minLength: 40, maxLength: 40 }), (bodies) => {
    let [at, changes] = [bodies[0]!, 0];
    for (const body of bodies) {
      const next = joinRounds(at, body);
      if (!sameFacts(next, at)) changes++;
      at = next;
    }
    // Two steps for each bound, one for each length and for the rank, one for the type, one for the elements.
    expect(changes).toBeLessThanOrEqual(12);
  }), { seed: 5 });
});

test('a loop that counts gives up the elements, and of the bounds all but the sign', () => {
  const start = elementFacts([exactly(1), exactly(2)], [2], 'float32');
  const next = joinRounds(start, elementFacts([exactly(2), exactly(3)], [2], 'float32'));
  expect(next).toEqual(rangeFacts({ low: 0, high: Infinity }, closed([2]), 'float32'));
});

describe('shapes of which a part is known', () => {
  const rows: Dimensions = { open: true, lengths: [undefined, 1] };

  test('a bias of one element keeps one column, another may make more', () => {
    expect(broadcast(rows, closed([1]))).toEqual(rows);
    expect(broadcast(rows, closed([undefined]))).toEqual({ open: true, lengths: [undefined, undefined] });
    expect(broadcast(rows, closed([3]))).toEqual({ open: true, lengths: [undefined, 3] });
    expect(broadcast(rows, { open: true, lengths: [] })).toEqual({ open: true, lengths: [undefined, undefined] });
  });

  test('a product has the columns of its second matrix', () => {
    expect(matrixProduct({ open: true, lengths: [] }, closed([4, 1]), [false, false])).toEqual({ open: true, lengths: [undefined, 1] });
    expect(matrixProduct(closed([2, 3]), closed([4, 3]), [false, true])).toEqual(closed([2, 4]));
  });

  test('a sum over the last axis leaves what stands before it', () => {
    expect(reduced(rows, [-1], false)).toEqual({ open: true, lengths: [undefined] });
    expect(reduced(rows, [-1], true)).toEqual(rows);
    // Counted from the front, an axis may be any of those that are not known.
    expect(reduced(rows, [0], false)).toEqual({ open: true, lengths: [] });
  });

  test('what is left over in a new shape follows from the size, where that is known', () => {
    expect(reshaped(closed([2, 3]), [-1, 2])).toEqual(closed([3, 2]));
    expect(reshaped(rows, [-1, 1])).toEqual(closed([undefined, 1]));
  });

  test('what has one rank or another keeps the axes that both have', () => {
    expect(joinDimensions(closed([2, 1]), closed([1]))).toEqual({ open: true, lengths: [1] });
  });
});
