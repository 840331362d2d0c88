/** The tensors and other values of a library that can be got at when a run of a piece of code is over. */
import type { Node } from '../../domain/graph.ts';
import type { Value } from '../../domain/value.ts';
import { Reachable } from '../../interpreter/values/reachable.ts';

export class ReachableNodes extends Reachable {
  readonly #nodes = new Set<Node>();

  has(node: Node): boolean {
    return this.isBlind || this.#nodes.has(node);
  }

  protected override met(value: Value): void {
    if (value.kind === 'tensor' || value.kind === 'unknown') this.#node(value.node);
    if (value.kind === 'instance' && value.node !== undefined) this.#nodes.add(value.node);
    super.met(value);
  }

  /** What is joined, or has been through unknown code, may be what it comes from. */
  #node(node: Node): void {
    if (this.#nodes.has(node)) return;
    this.#nodes.add(node);
    if (node.kind === 'join' || node.kind === 'external' || node.kind === 'anything') for (const { from } of node.inputs) this.#node(from);
  }
}
