import { describe, expect, it } from 'vitest';
import { libraries } from '../../../src/libraries/index.ts';
import { ownerOf } from '../../../src/libraries/owner.ts';

const nameAt = (owner: string | undefined, path: string): string | undefined => ownerOf(libraries, { package: owner, path })?.library.name;

describe('the core is recognised', () => {
  it.each([
    ['installed', 'dist/src/autodiff/index.d.ts'],
    ['deep in its declarations', 'dist/src/autodiff/operations/arithmetic.d.ts'],
    ['in this repository', 'src/autodiff/index.ts'],
    ['by its specifier alone', 'autodiff'],
  ])('%s', (_, path) => {
    expect(nameAt('eslint-plugin-tensor', path)).toBe('autodiff');
  });
});

describe('nothing else is taken for it', () => {
  it.each([
    ['the main entry', 'dist/src/index.d.ts'],
    ['the main entry, by its specifier', ''],
    ['what the linter knows of it', 'src/libraries/autodiff/index.ts'],
    ['its tests', 'tests/autodiff/tfjs.ts'],
    ['a name that begins alike', 'src/autodifference.ts'],
  ])('%s', (_, path) => {
    expect(nameAt('eslint-plugin-tensor', path)).toBeUndefined();
  });

  it('another package', () => {
    expect(nameAt('eslint-plugin-other', 'src/autodiff/index.ts')).toBeUndefined();
    expect(nameAt(undefined, 'src/autodiff/index.ts')).toBeUndefined();
    expect(nameAt('@tensorflow/tfjs-core', 'dist/tensor.d.ts')).toBe('tfjs');
  });
});
