/** Tensors, variables, layers and models of which no more is known than their type. */
import { noFacts } from '../calculus/numbers/facts.ts';
import { Node } from '../domain/graph.ts';
import type { LibraryClass, Value } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Provenance } from '../interpreter/machine/semantics.ts';
import type { Library } from '../libraries/library.ts';
import { below, ownerOf } from '../libraries/owner.ts';
import type { StaticType } from '../program/program.ts';

/** Classes that extend one another, before a library's is found. */
const deepest = 8;

export class TypedValues {
  readonly #sources = new Map<Node, Node>();

  constructor(readonly machine: Machine, readonly libraries: readonly Library[]) {}

  valueOf(type: StaticType, from: Provenance): Value | undefined {
    const of = this.#classOf(type);
    return of && this.#instance(of, from);
  }

  /** The library's class that a type is or extends. */
  #classOf(type: StaticType, depth = 0): LibraryClass | undefined {
    if (type.kind !== 'instance' || depth > deepest) return undefined;
    const owner = ownerOf(this.libraries, type);
    const name = below(owner?.module?.prefix ?? '', type.name);
    if (owner !== undefined && Object.hasOwn(owner.library.classes, name)) return { library: owner.library, name };
    if (type.class !== undefined) return undefined;
    for (const base of type.bases()) {
      const found = this.#classOf(base, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #instance({ library, name }: LibraryClass, from: Provenance): Value {
    switch (library.classes[name]?.instance) {
      case 'tensor': return { kind: 'tensor', library, class: name, node: from.node, facts: noFacts };
      case 'variable': return { kind: 'tensor', library, class: name, node: this.#source(from), facts: noFacts };
      case 'parametrised': return { kind: 'instance', library, class: name, node: this.#source(from) };
      default: return { kind: 'instance', library, class: name, node: undefined };
    }
  }

  /** Weights that come from beyond the analysed code: a source of their own for each unknown value. */
  #source({ node, name, site }: Provenance): Node {
    if (node.kind === 'anything') return node;
    let source = this.#sources.get(node);
    if (source === undefined) {
      const { frame, depth } = this.machine;
      source = new Node({ kind: 'source', made: 'beyond', trainable: 'yes' }, name, node.site, frame.chain, undefined);
      const known = node.name ?? name;
      if (known !== '') source.call(known, depth);
      source.connect(node, 'flows', site);
      this.#sources.set(node, source);
    }
    return source;
  }
}
