/** Tells the compiler of the methods that `chained.ts` puts on tensors. A file of its own, for declarations to be emitted whole. */
import type { ChainedMethods } from './chained.ts';

declare module './tensor.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface can be merged, a type cannot
  interface Tensor extends ChainedMethods {}
}
