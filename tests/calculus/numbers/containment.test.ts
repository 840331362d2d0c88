/** The calculus of numbers against TF.js: what is claimed of a result holds of the result. */
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { shapeOf } from '../../../src/calculus/numbers/dimensions.ts';
import { elementFacts, noFacts, rangeFacts } from '../../../src/calculus/numbers/facts.ts';
import { flatOperands } from '../../../src/calculus/numbers/flat.ts';
import { anyNumber, exactly, hull } from '../../../src/calculus/numbers/interval.ts';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { factsOfResult } from '../../../src/calculus/numbers/results/index.ts';
import { describeFacts, lies } from './claims.ts';
import { type Called, type Draw, type Known, drawn } from './operations.ts';

const runs = Number(process.env.NUMBERS_RUNS ?? 1500);
const seed = process.env.NUMBERS_SEED === undefined ? 20_261_125 : Number(process.env.NUMBERS_SEED);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const numbers = [-120, -30, -7, -2, -1, -0.5, -1e-8, 0, 0, 1e-8, 0.1, 0.3, 0.5, 1, 1, 2, 3, 6, 6.5, 20.5, 45, 120];
const shapes: readonly (readonly number[])[] = [[], [1], [2], [3], [2, 1], [1, 2], [2, 2], [3, 1], [2, 3], [1, 1], [2, 1, 2], [2, 2, 2]];

/** Numbers between 0 and 1, one after the other. */
type Choices = () => number;

/** Mulberry32. */
function choicesFrom(start: number): Choices {
  let state = start;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawFrom(choices: Choices, pool: readonly Known[]): Draw {
  const int = (from: number, to: number): number => from + Math.floor(choices() * (to - from + 1));
  const pick: Draw['pick'] = (list) => list[int(0, list.length - 1)]!;
  return { int, pick, known: () => pick(pool) };
}

/** A tensor of numbers drawn at random, of which more or less is known. */
function leaf(choices: Choices): Known {
  const { pick, int } = drawFrom(choices, []);
  const shape = pick(shapes);
  const type = pick(['float32', 'float32', 'float32', 'int32', 'bool'] as const);
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, () => (int(0, 3) === 0 ? choices() * 4 - 2 : pick(numbers)));
  const tensor = tf.tensor(values, [...shape], type);
  const elements = Array.from(tensor.dataSync(), exactly);
  const known = elementFacts(elements, shape, type);
  switch (int(0, 5)) {
    case 0: return { tensor, facts: rangeFacts(known.range, known.dimensions, type) };
    case 1: return { tensor, facts: rangeFacts(known.range, { open: true, lengths: shape.slice(int(0, shape.length)) }, type) };
    case 2: return { tensor, facts: rangeFacts(anyNumber, { open: false, lengths: shape.map((length) => (int(0, 1) === 0 ? length : undefined)) }, type) };
    case 3: return { tensor, facts: elementFacts(elements.map((each) => hull([each, exactly(pick(numbers))])), shape, type) };
    case 4: return { tensor, facts: pick([noFacts, rangeFacts(anyNumber, known.dimensions, type)]) };
    default: return { tensor, facts: known };
  }
}

function attempt<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

function describeCall({ operation, args, tensors }: Called): string {
  const told = args.map((argument) => (argument.kind === 'tensor' ? describeFacts(argument.facts) : JSON.stringify(argument)));
  return `${operation}(${told.join('; ')}) of ${tensors.map((each) => JSON.stringify(each.arraySync())).join('; ')}`;
}

/** Operands of a call that are said to be flat, and that a gradient comes back to. */
function falseFlats({ operation, args, tensors, run }: Called): readonly string[] {
  const flat = flatOperands(single, operation, args);
  if (flat.size === 0 || args[0]?.kind !== 'tensor') return [];
  const grads = attempt(() => tf.grads((...inputs: tf.Tensor[]) => run(...inputs))(tensors.map((each) => each.clone())));
  return [...flat.keys()].flatMap((operand) => (grads !== undefined && Array.from(grads[operand]?.dataSync() ?? []).some((value) => value !== 0 && !Number.isNaN(value)) ? [`operand ${operand} gets a gradient`] : []));
}

/** Small, and of numbers that are finite and whose squares do not come round, as whole numbers do at 2^31. */
function isOrdinary(tensor: tf.Tensor): boolean {
  return tensor.size > 0 && tensor.size <= 64 && Array.from(tensor.dataSync()).every((value) => Number.isFinite(value) && (tensor.dtype !== 'int32' || Math.abs(value) < 2 ** 15));
}

const counts = { calls: 0, exact: 0, flat: 0, shapes: 0 };

function check(choices: Choices): void {
  tf.tidy(() => {
    const pool = Array.from({ length: 4 }, () => leaf(choices));
    for (let step = 0; step < 6; step++) {
      const draw = drawFrom(choices, pool);
      const call = draw.pick(drawn)(draw);
      const tensor = attempt(() => call.run(...call.tensors));
      // TF.js gives some results a shape that their numbers do not fill.
      if (tensor === undefined || tensor.dataSync().length !== tensor.size) continue;
      const facts = factsOfResult(single, call.operation, call.args);
      // Arithmetic on truth values is done in bytes that come round; where it is not known that they are, nobody does it.
      if (tensor.dtype === 'bool' && (facts.type === undefined || tensor.dataSync().some((value) => value > 1))) continue;
      expect(lies(facts, tensor), `${describeCall(call)} gives ${JSON.stringify(tensor.arraySync())}, claimed ${describeFacts(facts)}`).toEqual([]);
      expect(falseFlats(call), describeCall(call)).toEqual([]);
      counts.calls++;
      if (facts.elements !== undefined) counts.exact++;
      if (shapeOf(facts.dimensions) !== undefined) counts.shapes++;
      if (flatOperands(single, call.operation, call.args).size > 0) counts.flat++;
      if (isOrdinary(tensor)) pool.push({ tensor, facts });
    }
  });
}

test('of random operations on random tensors, shape, type, range, elements and flat operands are as claimed', () => {
  fc.assert(fc.property(fc.noShrink(fc.integer()), (start) => { check(choicesFrom(start)); }), { numRuns: runs, seed });
  // The claims are worth something: most shapes are known, and elements and flat operands are met often.
  expect(counts.shapes / counts.calls).toBeGreaterThan(0.3);
  expect(counts.exact / counts.calls).toBeGreaterThan(0.1);
  expect(counts.flat / counts.calls).toBeGreaterThan(0.02);
  console.log(JSON.stringify(counts));
});
