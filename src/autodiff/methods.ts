/** Tells the compiler of the methods that `chained.ts` puts on tensors. Declared there, its own declarations would lose the import of `Tensor`. */
import type { ChainedMethods } from './chained.ts';

declare module './tensor.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface can be merged, a type cannot
  interface Tensor extends ChainedMethods {}
}
