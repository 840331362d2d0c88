/** What a scope's tape connects: the operations it recorded between the sources and the target, whatever their derivatives. */
import type { Cause } from '../../calculus/cause.ts';
import type { Edge, Moment, Node, Tape } from '../../domain/graph.ts';

/** An operation without a derivative that the library will be asked to differentiate. */
export interface Underivable {
  readonly edge: Edge;
  readonly operation: Node;
  /** The sources for whose gradient it is asked. */
  readonly sources: readonly Node[];
}

/** Edges that a tape records: it learns of a zero or missing derivative only when it walks back. */
const recorded: ReadonlySet<Edge['effect']> = new Set<Cause | 'flows'>(['flows', 'zero-derivative', 'no-derivative', 'gradient-gap', 'constant-where', 'dead-activation', 'stop-gradient']);

/** Where the library throws when it walks back. */
export function isThrowing(effect: Edge['effect']): effect is 'no-derivative' | 'gradient-gap' {
  return effect === 'no-derivative' || effect === 'gradient-gap';
}

/** In every run that is known of: in other rounds of a loop an operand may have a shape with which all is well. */
function isConstant({ effect, site }: Edge, operation: Node): boolean {
  return effect !== 'gradient-gap' || operation.inputs.every((other) => other.site !== site || other.effect === effect);
}

/** Whether a path goes on on the tape where it ends for this reason: what is behind it gets zeros. */
export function isRecorded(cause: Cause): boolean {
  return recorded.has(cause);
}

/** Nodes, and edges with where they lead. */
interface Certain {
  readonly nodes: ReadonlySet<Node>;
  readonly edges: ReadonlyMap<Edge, Node>;
}

export class RecordedPaths {
  readonly #nodes: ReadonlySet<Node>;
  readonly #edges: { readonly edge: Edge; readonly to: Node }[] = [];
  readonly #certainties = new Map<Node, Certain>();

  constructor(readonly target: Node, readonly tape: Tape, readonly moment: Moment) {
    this.#nodes = this.#behind(target, (edge, to) => this.#edges.push({ edge, to }));
  }

  /** Whether the tape connects a source with the target: then its gradient is not missing, but zeros at least. */
  connects(source: Node): boolean {
    return this.#nodes.has(source);
  }

  /** Where its paths begin: sources, and values from beyond the analysed code. */
  get beginnings(): readonly Node[] {
    return [...this.#nodes].filter(({ kind }) => kind === 'source' || kind === 'external');
  }

  /** Only what lies on a path that every run takes: a branch may be one that is never chosen. */
  underivable(isAsked: (source: Node) => boolean): readonly Underivable[] {
    if (!this.#edges.some(({ edge }) => isThrowing(edge.effect))) return [];
    const found: Underivable[] = [];
    for (const [edge, operation] of this.#certain(this.target).edges) {
      // What is behind one that throws is not come to.
      if (!isThrowing(edge.effect) || !isConstant(edge, operation) || found.some((other) => other.operation !== operation && this.behind(other.edge.from).has(operation))) continue;
      const sources = [...this.behind(edge.from)].filter(isAsked);
      if (sources.length > 0) found.push({ edge, operation, sources });
    }
    return found;
  }

  /** Everything that the tape connects with a node from behind, in every run. */
  behind(node: Node): ReadonlySet<Node> {
    return this.#certain(node).nodes;
  }

  /** A way from a source on to a node. */
  path(source: Node, node: Node): readonly Node[] {
    const next = new Map<Node, Node>();
    this.#behind(node, ({ from }, to) => { if (from !== node && !next.has(from)) next.set(from, to); });
    const path: Node[] = [];
    for (let at: Node | undefined = source; at !== undefined; at = next.get(at)) path.push(at);
    return path;
  }

  /** What is behind a node in every run: of the alternatives of a branch, what they have in common. */
  #certain(start: Node): Certain {
    const known = this.#certainties.get(start);
    if (known !== undefined) return known;
    this.#certainties.set(start, { nodes: new Set(), edges: new Map() });
    const edges = new Map<Edge, Node>();
    const nodes = this.#behind(start, (edge, to) => edges.set(edge, to), (node) => !node.isChoice);
    for (const node of [...nodes]) {
      if (!node.isChoice) continue;
      const [first, ...others] = node.inputsAt(this.moment).map((edge) => this.#certain(edge.from));
      if (first === undefined) continue;
      for (const each of first.nodes) if (others.every((other) => other.nodes.has(each))) nodes.add(each);
      for (const [edge, to] of first.edges) if (others.every((other) => other.edges.has(edge))) edges.set(edge, to);
    }
    const result = { nodes, edges };
    this.#certainties.set(start, result);
    return result;
  }

  #behind(start: Node, visit: (edge: Edge, to: Node) => void, follows: (node: Node) => boolean = () => true): Set<Node> {
    const seen = new Set<Node>([start]);
    for (const node of seen) {
      // What was made before the scope is a constant to the tape, and a source, or a stop by name, is where it ends.
      if (node.kind === 'source' || node.detached || (!node.transparent && !node.isOn(this.tape)) || !follows(node)) continue;
      for (const edge of node.inputsAt(this.moment)) {
        if (!recorded.has(edge.effect)) continue;
        visit(edge, node);
        seen.add(edge.from);
      }
    }
    return seen;
  }
}
