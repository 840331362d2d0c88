import { describe, expect, it } from 'vitest';
import * as core from '../../../src/autodiff/index.ts';
import { autodiff } from '../../../src/libraries/autodiff/index.ts';
import * as written from '../../../src/libraries/autodiff/operations.ts';
import { differences, flippedTables } from '../measure/differences.ts';
import { data, otherNames, unmade } from './accounted.ts';
import { methods } from './measure.ts';
import { exportedFunctions, otherMethods } from './samples.ts';
import { measureTables } from './tables.ts';

const measured = measureTables();
const tensorMembers = autodiff.classes.Tensor?.members ?? {};

describe('the table of operations', () => {
  it('states what the core does, row by row', () => {
    expect(differences(written.operations, measured.operations)).toEqual([]);
    expect(differences(written.methodOperations, measured.methodOperations)).toEqual([]);
    expect(written.methods).toEqual(measured.methods);
    expect(written.exceptions).toEqual(measured.exceptions);
  });

  it('would be caught with any derivative flipped', () => {
    const flips = flippedTables(written.operations);
    expect(flips.length).toBeGreaterThan(250);
    expect(flips.filter(({ table }) => differences(table, measured.operations).length !== 1).map(({ what }) => what)).toEqual([]);
  });

  it('has a derivative for every operation', () => {
    const rows = [...Object.values(written.operations), ...Object.values(written.methodOperations)];
    expect(rows.flatMap(({ operands }) => operands).filter(({ derivative }) => derivative === 'none')).toEqual([]);
  });
});

describe('the exports of the core', () => {
  it('are all accounted for, each once', () => {
    expect([...Object.keys(written.operations), ...otherNames].sort()).toEqual([...exportedFunctions()].sort());
    expect(Object.entries(core).filter(([, value]) => typeof value !== 'function').map(([name]) => name).sort()).toEqual([...data].sort());
  });

  it('have a meaning, unless they are no matter of gradients', () => {
    const without = otherNames.filter((name) => autodiff.members[name] === undefined && !unmade.includes(name));
    // Of what these call, and when, the linter knows no more than their types.
    expect(without).toEqual(['gradientCheck', 'observeGradients']);
  });

  it('are all that the linter gives a meaning', () => {
    expect(Object.keys(autodiff.members).filter((name) => !otherNames.includes(name))).toEqual([]);
    expect(Object.keys(autodiff.classes).filter((name) => !(name in core))).toEqual([]);
  });
});

describe('the members of classes', () => {
  it('of tensors are all accounted for, each once', () => {
    expect([...Object.keys(written.methods), ...Object.keys(written.methodOperations), ...Object.keys(otherMethods)].sort()).toEqual(methods.names());
    expect(Object.keys(otherMethods).filter((name) => name !== 'constructor' && !Object.hasOwn(tensorMembers, name))).toEqual([]);
  });

  it.each([
    ['Tensor', core.scalar(1)],
    ['Variable', core.variable(core.scalar(1))],
    ['TensorBuffer', core.buffer([1])],
    ['GradientTape', new core.GradientTape()],
    ['SGDOptimizer', core.train.sgd(0.1)],
    ['MomentumOptimizer', core.train.momentum(0.1, 0.9)],
    ['AdamOptimizer', core.train.adam()],
    ['AdagradOptimizer', core.train.adagrad(0.1)],
    ['RMSPropOptimizer', core.train.rmsprop(0.1)],
  ])('of %s exist, and have a meaning', (name, instance) => {
    const stated = membersOf(name);
    expect([...stated].filter((member) => !(member in instance))).toEqual([]);
    const known = new Set([...stated, ...Object.keys(written.methods), ...Object.keys(written.methodOperations), 'constructor']);
    expect([...namesOf(instance)].filter((member) => !known.has(member) && !internal.has(member))).toEqual([]);
  });
});

/** Protected. */
const internal = new Set(['rule', 'learningRate']);

function membersOf(name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at: string | undefined = name; at !== undefined; at = autodiff.classes[at]?.base) {
    for (const member of Object.keys(autodiff.classes[at]?.members ?? {})) found.add(member);
  }
  return found;
}

function namesOf(instance: object): ReadonlySet<string> {
  const names = new Set(Object.keys(instance));
  for (let at = Object.getPrototypeOf(instance) as object | null; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return names;
}
