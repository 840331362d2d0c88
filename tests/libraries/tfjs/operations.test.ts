import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Derivative } from '../../../src/calculus/derivative.ts';
import * as written from '../../../src/libraries/tfjs/operations.ts';
import { preconditions, resultTypes } from '../../../src/libraries/tfjs/preconditions.ts';
import { differences, flippedTables } from '../measure/differences.ts';
import { leafCreators, namespaces, otherNames } from './accounted.ts';
import { declaredParameters } from './declarations.ts';
import { unknownOperands } from './exceptions.ts';
import { prepare } from './measure.ts';
import { methods } from './methods.ts';
import { asynchronousSamples, otherMethods } from './samples.ts';
import { measureTables, type Tables } from './tables.ts';

let measured: Tables;

beforeAll(async () => {
  await prepare();
  measured = await measureTables();
}, 60_000);

describe('the table of operations', () => {
  it('states what the installed TF.js does, row by row', () => {
    expect(differences(written.operations, measured.operations)).toEqual([]);
    expect(differences(written.methodOperations, measured.methodOperations)).toEqual([]);
  });

  it('states the methods, exceptions, promises and second derivatives of the installed TF.js', () => {
    expect(written.methods).toEqual(measured.methods);
    expect(written.exceptions).toEqual(measured.exceptions);
    expect(written.asynchronous).toEqual(measured.asynchronous);
    expect(written.higherOrder).toEqual(measured.higherOrder);
    expect(written.lifetimes).toEqual(measured.lifetimes);
    expect(preconditions).toEqual(measured.preconditions);
    expect(resultTypes).toEqual(measured.resultTypes);
  });

  it('would be caught with any derivative flipped', () => {
    const flips = flippedTables(written.operations);
    expect(flips.length).toBeGreaterThan(600);
    const missed = flips.filter(({ table }) => differences(table, measured.operations).length !== 1);
    expect(missed.map(({ what }) => what)).toEqual([]);
  });

  it('would be caught with a row missing or added', () => {
    const { matMul, ...rest } = written.operations;
    expect(differences(rest, measured.operations)).toEqual(['matMul']);
    expect(differences({ ...written.operations, another: matMul! }, measured.operations)).toEqual([
      'another',
    ]);
  });
});

describe('the exceptions', () => {
  it('contradict the row of an operand that exists', () => {
    expect(unknownOperands()).toEqual([]);
    const idle = written.exceptions.filter(({ operation, operand, derivative }) => {
      const row = written.operations[operation]?.operands.find(({ name }) => name === operand);
      return row === undefined || row.derivative === derivative;
    });
    expect(idle).toEqual([]);
  });

  it('never let more through than the row', () => {
    const order: readonly Derivative[] = ['none', 'zero', 'flows'];
    const more = written.exceptions.filter(({ operation, operand, derivative }) => {
      const row = written.operations[operation]?.operands.find(({ name }) => name === operand);
      return row !== undefined && order.indexOf(derivative) > order.indexOf(row.derivative);
    });
    expect(more).toEqual([]);
  });
});

describe('the public functions of TF.js', () => {
  it('are all accounted for, each once', () => {
    const accounted = [
      ...Object.keys(written.operations),
      ...Object.keys(written.asynchronous),
      ...leafCreators,
      ...otherNames,
    ];
    expect(accounted.sort()).toEqual(publicFunctions().sort());
  });

  it('and so are the methods of tensors', () => {
    const accounted = [
      ...Object.keys(written.methods),
      ...Object.keys(written.methodOperations),
      ...Object.keys(otherMethods),
    ];
    expect(accounted.sort()).toEqual(methods.names());
  });

  it('declare the operands under the names and positions of the table', () => {
    const parametersOf = declaredParameters();
    const rows = { ...written.operations, ...written.asynchronous };
    const wrong = Object.entries(rows)
      .filter(([path]) => !path.startsWith('fused.'))
      .map(([path, { operands }]) => ({
        path,
        declared: parametersOf(path).filter(({ tensor }) => tensor).map(({ name, at }) => `${at} ${name}`),
        stated: operands.map(({ name, at }) => `${at} ${name}`),
      }))
      .filter(({ declared, stated }) => declared.join() !== stated.join());
    // Each of these differs for a reason.
    expect(wrong).toEqual([
      // A rest parameter: one position for each of the at most two tensors.
      { path: 'einsum', declared: ['1 tensors'], stated: ['1 tensors', '2 tensors'] },
      // Cells are functions over tensors.
      {
        path: 'multiRNNCell',
        declared: ['1 data', '2 c', '3 h'],
        stated: ['0 lstmCells', '1 data', '2 c', '3 h'],
      },
      // TF.js records nothing for the tensors that give the splits.
      {
        path: 'raggedGather',
        declared: ['0 paramsNestedSplits', '1 paramsDenseValues', '2 indices'],
        stated: ['1 paramsDenseValues', '2 indices'],
      },
      {
        path: 'raggedTensorToTensor',
        declared: ['0 shape', '1 values', '2 defaultValue', '3 rowPartitionTensors'],
        stated: ['0 shape', '1 values', '2 defaultValue'],
      },
      // A window function that gives a tensor, from a length.
      { path: 'signal.stft', declared: ['0 signal', '4 windowFn'], stated: ['0 signal'] },
    ]);
  }, 60_000);

  it('that give promises read operands to the host', () => {
    expect(Object.keys(written.asynchronous)).toEqual(Object.keys(asynchronousSamples));
    const idle = Object.entries(written.asynchronous).filter(([, { operands }]) => !operands.some(({ read }) => read));
    expect(idle).toEqual([]);
  });
});

function publicFunctions(): string[] {
  const top = functionNames(tf);
  return [...top, ...namespaces.flatMap((space) => functionNames(tf[space]).map((name) => `${space}.${name}`))];
}

function functionNames(owner: object): string[] {
  return Object.entries(owner)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
}
