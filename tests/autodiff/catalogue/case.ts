import type * as core from '../../../src/autodiff/index.ts';

/** The core's surface, which real TF.js stands in for in differential tests. */
export type Api = typeof core;
export type Tensor = core.Tensor;

/** The numbers of one input. */
export interface Input {
  readonly shape: readonly number[];
  readonly dtype: core.DataType;
  readonly values: readonly number[];
}

/** One program over one operation, with its inputs. */
export interface Case {
  readonly operation: string;
  /** What distinguishes it from other cases of the operation. */
  readonly note: string;
  readonly inputs: readonly Input[];
  readonly run: (tf: Api, ...inputs: Tensor[]) => Tensor;
  /** Where TF.js departs, in its value or its gradient in an input: the id of the row in the table of departures. */
  readonly departs?: Readonly<Partial<Record<'value' | number, string>>>;
}

/** Repeatable numbers that stay away from each other and from zero, so that no kink is near. */
function spread(count: number, low: number, high: number, seed: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const position = ((index * 7 + seed * 3) % 11) / 11 + ((index * 5 + seed) % 13) / 150;
    const value = low + (high - low) * Math.min(position, 0.999);
    return Math.abs(value) < 0.06 ? value + 0.13 : value;
  });
}

let seeds = 0;

/** Numbers in [low, high). */
export const floats = (shape: readonly number[], low = -2, high = 2): Input => {
  seeds += 1;
  return { shape, dtype: 'float32', values: spread(size(shape), low, high, seeds) };
};

export const positives = (shape: readonly number[]): Input => floats(shape, 0.3, 2.4);

export const given = (values: readonly number[], shape: readonly number[] = [values.length], dtype: core.DataType = 'float32'): Input => ({ shape, dtype, values });

export const integers = (values: readonly number[], shape: readonly number[] = [values.length]): Input => given(values, shape, 'int32');

export const booleans = (values: readonly number[], shape: readonly number[] = [values.length]): Input => given(values, shape, 'bool');

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export const describeInputs = (inputs: readonly Input[]): string => inputs.map(({ shape, dtype }) => `${dtype === 'float32' ? '' : dtype}[${shape}]`).join(' ');
