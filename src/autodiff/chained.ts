/** Operations as methods: `x.add(y)` is `add(x, y)`. As in TF.js, they are put on `Tensor.prototype` when this loads. */
import type { DataType } from './dtype.ts';
import type { TensorLike } from './convert.ts';
import { hostReads, type HostReads } from './host-read.ts';
import { Tensor } from './tensor.ts';
import { variable, type Variable } from './variable.ts';
import * as operations from './operations/index.ts';

/** Operations that are no methods of their first parameter, as in TF.js; all others are. */
const { addN, concat, dropout, losses, moments, outerProduct, Reduction, stack, stopGradient, where, ...methods } = operations;
const { cast, reshape } = methods;

/** Methods whose operation takes its tensors in another form. */
const rearranged = {
  where: (x: Tensor, condition: TensorLike, other: TensorLike): Tensor => where(condition, x, other),
  concat: (x: Tensor, others: Tensor | readonly Tensor[], axis?: number): Tensor => concat([x, ...listOf(others)], axis),
  stack: (x: Tensor, others: Tensor | readonly Tensor[], axis?: number): Tensor => stack([x, ...listOf(others)], axis),
  flatten: (x: Tensor): Tensor => reshape(x, [-1]),
  asScalar: (x: Tensor): Tensor => reshape(x, []),
  as1D: (x: Tensor): Tensor => reshape(x, [x.size]),
  as2D: (x: Tensor, rows: number, columns: number): Tensor => reshape(x, [rows, columns]),
  as3D: (x: Tensor, rows: number, columns: number, depth: number): Tensor => reshape(x, [rows, columns, depth]),
  as4D: (x: Tensor, rows: number, columns: number, depth: number, depth2: number): Tensor => reshape(x, [rows, columns, depth, depth2]),
  reshapeAs: (x: Tensor, other: Tensor): Tensor => reshape(x, other.shape),
  asType: (x: Tensor, dtype: DataType): Tensor => cast(x, dtype),
  toFloat: (x: Tensor): Tensor => cast(x, 'float32'),
  toInt: (x: Tensor): Tensor => cast(x, 'int32'),
  toBool: (x: Tensor): Tensor => cast(x, 'bool'),
  variable: (x: Tensor, trainable?: boolean, name?: string | null, dtype?: DataType | null): Variable => variable(x, trainable, name, dtype),
};

const listOf = (others: Tensor | readonly Tensor[]): readonly Tensor[] => (others instanceof Tensor ? [others] : others);

type Chained<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends (first: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
};

/** What `Tensor` has as methods; `methods.ts` tells the compiler. */
export type ChainedMethods = Chained<typeof methods> & Chained<typeof rearranged> & HostReads;

for (const [name, operation] of Object.entries({ ...methods, ...rearranged, ...hostReads })) {
  const method = function (this: Tensor, ...rest: unknown[]): unknown {
    return (operation as (...all: unknown[]) => unknown)(this, ...rest);
  };
  Object.defineProperty(Tensor.prototype, name, { value: method, writable: true, configurable: true });
}
