/**
 * Variables that are kernels of consecutive layers and begin with one number everywhere: as `kernels.ts` for layers,
 * told from the operations that a scope runs between them.
 */
import type { Node } from '../../domain/graph.ts';
import type { Usage } from '../../libraries/usage.ts';
import type { Trace } from '../gradients/trace.ts';

export interface Symmetry {
  /** Kernels in a row. */
  readonly rows: readonly (readonly [Node, ...Node[]])[];
  /** What begins with one number and is used in a way that may tell its elements apart. */
  readonly apart: ReadonlySet<Node>;
}

/** `uniform` are tensors of one number, with their shapes. */
export function symmetryIn(trace: Trace, uniform: ReadonlyMap<Node, readonly number[]>): Symmetry {
  const kernels = trace.used.filter((node) => node.kind === 'source' && isKernel(uniform.get(node)));
  if (kernels.length < 2) return { rows: [], apart: new Set() };
  const walk = new Walk(trace, uniform);
  const next = new Map(kernels.map((kernel) => [kernel, walk.kernelsBehind(kernel)]));
  const follows = new Set([...next.values()].flatMap((behind) => behind ?? []));
  const rowFrom = (first: Node): readonly [Node, ...Node[]] => {
    const row: [Node, ...Node[]] = [first];
    for (const kernel of row) for (const behind of next.get(kernel) ?? []) if (!row.includes(behind)) row.push(behind);
    return row;
  };
  return {
    rows: kernels.filter((kernel) => !follows.has(kernel)).map(rowFrom).filter((row) => row.length > 1),
    apart: new Set(kernels.filter((kernel) => next.get(kernel) === undefined && !follows.has(kernel))),
  };
}

/** More than one input, and more than one unit, whichever way it is turned. */
function isKernel(shape: readonly number[] | undefined): boolean {
  return shape?.length === 2 && shape.every((size) => size > 1);
}

class Walk {
  readonly #consumers = new Map<Node, Set<Node>>();
  readonly #usage: Usage;

  constructor(trace: Trace, readonly uniform: ReadonlyMap<Node, readonly number[]>) {
    this.#usage = trace.tape.library.usage;
    for (const node of trace.used) for (const { from } of node.inputs) this.#consumers.set(from, (this.#consumers.get(from) ?? new Set()).add(node));
  }

  /** The kernels in which all that a kernel's units give ends up; undefined where something else may tell the units apart. */
  kernelsBehind(kernel: Node): readonly Node[] | undefined {
    const alike = new Set(this.#users(kernel));
    if (![...alike].every((product) => this.#isProduct(product, undefined, kernel))) return undefined;
    const [biases, ends] = [new Set<Node>(), new Set<Node>()];
    for (const value of alike) {
      for (const user of this.#users(value)) {
        const other = user.inputs.map(({ from }) => from).find((from) => from !== value);
        if (other !== undefined && this.#isProduct(user, value, other)) ends.add(other);
        else if (this.#usage.elementwise.has(user.path ?? '') && other === undefined) alike.add(user);
        else if (user.path === this.#usage.sum && (other === undefined || this.uniform.has(other))) {
          alike.add(user);
          if (other !== undefined) biases.add(other);
        } else return undefined;
      }
    }
    const isOnlyThere = (node: Node): boolean => this.#users(node).every((user) => user.inputs.some(({ from }) => alike.has(from)));
    return ends.size > 0 && [...biases, ...ends].every(isOnlyThere) ? [...ends] : undefined;
  }

  #users(node: Node): readonly Node[] {
    return [...this.#consumers.get(node) ?? []];
  }

  /** The plain product of a value and a kernel of one number. */
  #isProduct(node: Node, value: Node | undefined, kernel: Node): boolean {
    const [left, right, ...more] = node.inputs;
    return node.path === this.#usage.denseProduct && node.plain && more.length === 0 && right?.from === kernel && (value === undefined || left?.from === value) && left?.from !== kernel && this.uniform.has(kernel) && kernel.kind === 'source';
  }
}
