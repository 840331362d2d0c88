/** Every verdict of a contract against what TF.js does, with shapes known, known in part, and not at all. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { OperationContracts } from '../../../src/calculus/shapes/contracts.ts';
import { preconditions } from '../../../src/libraries/tfjs/preconditions.ts';
import { type Draw, type DrawnCall, argumentOf, makers } from './calls.ts';
import { drawFrom, hidden, whole } from './draw.ts';
import { near, sampled } from './sampled.ts';

beforeAll(async () => { await tf.setBackend('cpu'); });

const runs = 60;
const contracts = new OperationContracts(preconditions);
/** Calls as they are drawn for the contracts, and near the samples of the tables. */
const all = [...makers, ...sampled.filter((path) => contracts.operations.has(path)).map((path) => (draw: Draw): DrawnCall => near(path, draw))];

/** The error that it throws. */
function thrown({ run }: DrawnCall): string | undefined {
  try {
    tf.tidy(() => { run(); });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function problem(call: DrawnCall, error: string | undefined, args: readonly Argument[]): string | undefined {
  const verdict = contracts.verdict(single, call.operation, args);
  const told = `${call.operation}(${JSON.stringify(args.map((argument) => (argument.kind === 'tensor' ? argument.facts.dimensions : argument)))})`;
  if (verdict.kind === 'fits' && error !== undefined) return `${told} fits, and throws ${error}`;
  if (verdict.kind !== 'fails') return undefined;
  if (error === undefined) return `${told} fails (${verdict.error}), and does not throw`;
  return error.startsWith(verdict.error) ? undefined : `${told} throws ${error}, not ${verdict.error}`;
}

test('no verdict is refuted', () => {
  const problems: string[] = [];
  for (const [index, make] of all.entries()) {
    for (let seed = 0; seed < runs; seed++) {
      const draw = drawFrom(index * 1000 + seed);
      const call = make(draw);
      const error = thrown(call);
      for (const hide of [whole, hidden(draw)]) {
        const found = problem(call, error, call.args.map((value) => argumentOf(value, hide)));
        if (found !== undefined) problems.push(found);
      }
    }
  }
  expect(problems.slice(0, 20)).toEqual([]);
});

test('where the shapes are known, most errors are foreseen', () => {
  let [thrownCount, foreseen] = [0, 0];
  for (const [index, make] of makers.entries()) {
    for (let seed = 0; seed < runs; seed++) {
      const call = make(drawFrom(index * 1000 + seed));
      if (thrown(call) === undefined) continue;
      thrownCount++;
      if (contracts.verdict(single, call.operation, call.args.map((value) => argumentOf(value, whole))).kind === 'fails') foreseen++;
    }
  }
  expect(thrownCount).toBeGreaterThan(1000);
  expect(foreseen / thrownCount).toBeGreaterThan(0.95);
});

test('every contract is tried', () => {
  const tried = new Set(all.map((make) => make(drawFrom(1)).operation));
  expect([...contracts.operations].filter((name) => !tried.has(name))).toEqual(['raggedGather', 'raggedTensorToTensor', 'as3D', 'as4D', 'as5D', 'tensor4d', 'tensor5d', 'tensor6d']);
});
