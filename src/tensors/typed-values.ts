/** Tensors, variables, layers and models of which no more is known than their type. */
import { anyDimensions, closed, type Dimensions } from '../calculus/numbers/dimensions.ts';
import { type Facts, rangeFacts } from '../calculus/numbers/facts.ts';
import { anyNumber } from '../calculus/numbers/interval.ts';
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
    return of && this.#instance(of, from, factsOf(type, from));
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

  #instance({ library, name }: LibraryClass, from: Provenance, facts: Facts): Value {
    switch (library.classes[name]?.instance) {
      case 'tensor': return { kind: 'tensor', library, class: name, node: from.node, facts };
      case 'variable': return { kind: 'tensor', library, class: name, node: this.#source(from), facts };
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

function factsOf(type: StaticType, from: Provenance): Facts {
  return rangeFacts(anyNumber, dimensionsOf(type, from), undefined);
}

/** `Tensor<Rank.R2>` has two axes. What is said of a parameter is believed; elsewhere a type may be what the author asserts to please the compiler. */
function dimensionsOf(type: StaticType, { node }: Provenance): Dimensions {
  const rank = node.handed && type.kind === 'instance' ? type.member('rankType') : undefined;
  const axes = rank?.kind === 'literal' && typeof rank.value === 'string' ? /^R(\d)$/.exec(rank.value)?.[1] : undefined;
  return axes === undefined ? anyDimensions : closed(new Array<undefined>(Number(axes)).fill(undefined));
}
