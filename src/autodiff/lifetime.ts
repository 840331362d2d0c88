import { TensorError } from './errors.ts';
import type { Call } from './provenance/origin.ts';
import { Tensor, type Computed } from './tensor.ts';

/** Tensors in arrays and objects, as `tidy` and `dispose` accept them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as TF.js's TensorContainer: anything may hold tensors
export type TensorContainer = any;

/** The tensors made in each open `tidy`, innermost last. */
const scopes: Set<Tensor>[] = [];

/** A new tensor, which the innermost `tidy` will dispose. */
export function makeTensor(computed: Computed, call: Call | null, operands: readonly Tensor[]): Tensor {
  const tensor = new Tensor(computed.values, computed.shape, computed.dtype, { call, operands });
  scopes.at(-1)?.add(tensor);
  return tensor;
}

/**
 * Runs `fn` and disposes every tensor made in it, except those that it returns (alone, in arrays or objects), kept
 * tensors and variables. As TF.js's: a promise cannot keep what is computed after its first `await`.
 * @param nameOrFn the function, or a name for readers followed by the function
 */
export function tidy<Result>(nameOrFn: string | (() => Result), fn?: () => Result): Result {
  const body = typeof nameOrFn === 'function' ? nameOrFn : fn;
  if (typeof body !== 'function') throw new TensorError('argument', 'Please provide a function to tidy()');
  const made = new Set<Tensor>();
  const depth = scopes.push(made);
  let result: Result | undefined;
  try {
    result = body();
    if (result instanceof Promise) console.error('Cannot return a Promise inside of tidy.');
    return result;
  } finally {
    scopes.length = depth - 1;
    const returned = new Set(tensorsIn(result));
    for (const tensor of made) {
      if (tensor.kept) continue;
      if (returned.has(tensor)) scopes.at(-1)?.add(tensor);
      else tensor.dispose();
    }
  }
}

/** Protects `tensor` from every `tidy`. */
export function keep<T extends Tensor>(tensor: T): T {
  tensor.kept = true;
  return tensor;
}

/** Disposes the tensors in `container`: a tensor, or arrays and objects of tensors. */
export function dispose(container: TensorContainer): void {
  for (const tensor of tensorsIn(container)) tensor.dispose();
}

function tensorsIn(container: unknown, seen = new Set<unknown>()): Tensor[] {
  if (container instanceof Tensor) return [container];
  if (typeof container !== 'object' || container === null || ArrayBuffer.isView(container) || seen.has(container)) return [];
  seen.add(container);
  return Object.values(container).flatMap((part) => tensorsIn(part, seen));
}
