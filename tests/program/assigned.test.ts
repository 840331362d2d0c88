import { expect, test } from 'vitest';
import { assignedNames } from '../../src/program/writes/assigned.ts';
import { parse } from './support/programs.ts';

const assigned = (text: string): readonly string[] => [...assignedNames(parse(text))].sort();

test('names that are assigned, stepped, deleted or given by a loop, wherever they stand', () => {
  expect(assigned('a = 1; b += 2; c++; --d; for (e of []) {} for (f in {}) {} [g, { h: i = 1 }] = x; (() => { j ??= 1; })();'))
    .toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
});

test('a declaration assigns nothing, but by `var`, which may declare a function or a parameter again', () => {
  expect(assigned('const a = 1; let b = 2; function c(d) { for (const e of d) e(); } class F {} var g = 3; try {} catch (h) {}')).toEqual(['g', 'h']);
});
