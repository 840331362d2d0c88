/** The gradient-flow graph of one scope as it is drawn: what leads to its target, and what becomes of the gradient on the way. */
import type { Cause } from '../calculus/cause.ts';
import type { Dimensions } from '../calculus/numbers/dimensions.ts';
import { shapeText } from '../calculus/shapes/verdict.ts';
import type { Edge, Node } from '../domain/graph.ts';
import type { Obstacle } from '../judgements/coverage/obstacle.ts';
import type { Fate, ScopeVerdict, SourceVerdict } from '../judgements/gradients/inspection.ts';
import type { Trace } from '../judgements/gradients/trace.ts';
import type { Site } from '../program/index.ts';
import { grouped } from '../grouped.ts';

export type Part = 'source' | 'operation' | 'read' | 'data' | 'unknown' | 'target';

/** What comes back along an edge. */
export type Current =
  /** The gradient. */
  | 'live'
  /** The gradient ends here. */
  | 'cut'
  /** Nothing, for the path is cut elsewhere. */
  | 'severed'
  /** Nothing, and nothing is asked for. */
  | 'data';

export interface FlowNode {
  readonly id: number;
  readonly part: Part;
  readonly label: string;
  readonly site: Site;
  /** Computed before the scope began to record. */
  readonly before: boolean;
  /** `[2, ?]`: of a tensor, as far as it is known. */
  readonly shape: string | undefined;
  /** Of a source. */
  readonly fate: Fate | undefined;
}

export interface FlowEdge {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly current: Current;
  /** Of a cut. */
  readonly cause: Cause | undefined;
}

export interface FlowGraph {
  /** The scope as written: `minimize`. */
  readonly scope: string;
  readonly site: Site;
  readonly target: FlowNode;
  /** Sources first, the target last, as far as loops allow. */
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Everything in the target is known. */
  readonly complete: boolean;
  /** What keeps the scope from being followed to its end. */
  readonly obstacles: readonly Obstacle[];
  /** What is thrown before any gradient is there. */
  readonly error: string | undefined;
  readonly verdicts: readonly { readonly name: string; readonly fate: Fate; readonly reported: boolean; readonly cuts: readonly { readonly cause: Cause; readonly site: Site }[] }[];
}

interface Link {
  readonly from: Node;
  readonly to: Node;
  readonly effect: Edge['effect'];
}

/** What is known of the program beside the scope. */
export interface Surroundings {
  readonly textOf: (site: Site) => string;
  readonly shapes: ReadonlyMap<Node, Dimensions>;
}

export function flowGraph(verdict: ScopeVerdict, obstacles: readonly Obstacle[], { textOf, shapes }: Surroundings): FlowGraph {
  const { trace, sources } = verdict;
  const named = new Map(sources.flatMap(({ node, name, fate }) => (node === undefined ? [] : [[node, { name, fate }] as const])));
  const links = linksOf(trace);
  const gradient = new Gradient(trace, links);
  const drawn = links.filter(({ to }) => to === trace.target || gradient.concerns(to));
  const nodes = new Map<Node, FlowNode>();
  for (const node of inOrder(trace.target, drawn)) {
    const known = named.get(node);
    nodes.set(node, {
      id: nodes.size,
      part: partOf(node, trace, gradient),
      label: known?.name ?? labelOf(node, textOf),
      site: node.site,
      shape: shownShape(shapes.get(node)),
      before: trace.isOutside(node) && gradient.concerns(node),
      fate: known?.fate,
    });
  }
  const edges = drawn.flatMap((link): FlowEdge[] => {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
    const current = gradient.along(link);
    return from === undefined || to === undefined ? [] : [{ from, to, current, cause: current === 'cut' ? gradient.causeOf(link) : undefined }];
  });
  return {
    scope: verdict.run.label,
    site: verdict.site,
    target: nodes.get(trace.target)!,
    nodes: [...nodes.values()],
    edges,
    complete: verdict.complete,
    obstacles,
    error: verdict.error,
    verdicts: sources.toSorted(bySite).map(({ name, fate, reported, breaks }) => ({ name, fate, reported, cuts: unique(breaks.map(({ cause, after }) => ({ cause, site: after.site }))) })),
  };
}

function shownShape(dimensions: Dimensions | undefined): string | undefined {
  return dimensions === undefined || (dimensions.open && dimensions.lengths.length === 0) ? undefined : shapeText(dimensions);
}

/** Everything that leads to the target, joins left out. A variable's history before the scope is no part of it. */
function linksOf(trace: Trace): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<Node>([trace.target]);
  // The set grows while it is walked.
  for (const to of seen) {
    if (trace.asked.has(to) || (to.kind === 'source' && !to.isOn(trace.tape))) continue;
    for (const { from, effect } of inputsOf(to)) {
      links.push({ from, to, effect });
      seen.add(from);
    }
  }
  return links;
}

/** The inputs of a node that are no joins; through a join, those of the join. */
function inputsOf(node: Node): readonly Pick<Edge, 'from' | 'effect'>[] {
  const found = new Map<Node, Edge['effect']>();
  const seen = new Set<Node>();
  const collect = (at: Node, outer: Edge['effect']): void => {
    for (const { from, effect } of at.inputs) {
      const through = outer === 'flows' ? effect : outer;
      if (!from.transparent) {
        // Of several ways the open one counts.
        if (found.get(from) !== 'flows') found.set(from, through);
      } else if (!seen.has(from)) {
        seen.add(from);
        collect(from, through);
      }
    }
  };
  collect(node, 'flows');
  found.delete(node);
  return [...found].map(([from, effect]) => ({ from, effect }));
}

/** Which nodes and edges the gradient passes. */
class Gradient {
  /** What comes from a source by any way. */
  readonly #concerned: ReadonlySet<Node>;
  /** What comes from a source by a way that is open. */
  readonly #varied: ReadonlySet<Node>;
  /** What the gradient of the target comes back to. */
  readonly #live: ReadonlySet<Node>;

  constructor(readonly trace: Trace, links: readonly Link[]) {
    const isSource = (node: Node): boolean => node.kind === 'source' || trace.asked.has(node);
    const sources = links.map(({ from }) => from).filter(isSource);
    const open = links.filter((link) => this.#isOpen(link));
    this.#concerned = closure(sources, links, 'onward');
    this.#varied = closure(sources, open, 'onward');
    this.#live = closure([trace.target], open.filter(({ effect }) => effect === 'flows'), 'back');
  }

  concerns(node: Node): boolean {
    return this.#concerned.has(node);
  }

  along(link: Link): Current {
    if (!this.#concerned.has(link.from)) return 'data';
    if (!this.#isOpen(link)) return this.#varied.has(link.from) ? 'cut' : 'severed';
    return this.#varied.has(link.from) && this.#live.has(link.to) && !this.trace.isOutside(link.to) ? 'live' : 'severed';
  }

  causeOf({ from, effect }: Link): Cause {
    return this.trace.isOutside(from) || effect === 'flows' ? 'computed-outside' : effect;
  }

  /** Before the scope nothing is recorded, so nothing is cut there; all is where the scope begins. */
  #isOpen({ from, to, effect }: Link): boolean {
    if (this.trace.isOutside(to)) return true;
    return effect === 'flows' && (!this.trace.isOutside(from) || this.trace.asked.has(from));
  }
}

/** All that can be reached, the starts included. */
function closure(starts: Iterable<Node>, links: readonly Link[], direction: 'onward' | 'back'): ReadonlySet<Node> {
  const [near, far] = direction === 'onward' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const next = grouped(links, (link) => link[near]);
  const reached = new Set(starts);
  // The set grows while it is walked.
  for (const node of reached) for (const link of next.get(node) ?? []) reached.add(link[far]);
  return reached;
}

/** Each node after those it is made of. */
function inOrder(target: Node, links: readonly Link[]): readonly Node[] {
  const inputs = grouped(links, ({ to }) => to);
  const order = new Set<Node>();
  const entered = new Set<Node>();
  // Chains of operations may be longer than the stack is deep.
  const pending: Node[] = [target];
  for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
    if (entered.has(node)) {
      order.add(node);
      pending.pop();
      continue;
    }
    entered.add(node);
    pending.push(...(inputs.get(node) ?? []).map(({ from }) => from).filter((from) => !entered.has(from)).reverse());
  }
  return [...order];
}

function partOf(node: Node, trace: Trace, gradient: Gradient): Part {
  if (node === trace.target) return 'target';
  if (node.kind === 'source' || trace.asked.has(node)) return 'source';
  if (node.kind === 'anything') return 'unknown';
  if (!gradient.concerns(node)) return node.kind === 'external' && !node.handed ? 'unknown' : 'data';
  return node.kind === 'read' || node.kind === 'host' ? 'read' : 'operation';
}

function labelOf(node: Node, textOf: (site: Site) => string): string {
  if (node.name !== undefined && node.kind !== 'operation') return node.name;
  if (node.kind === 'operation' || node.kind === 'read' || node.kind === 'host') return node.label;
  return short(textOf(node.site)) || node.label;
}

/** Code on one line, cut where it is long. */
export function short(text: string, length = 30): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** As the sources stand in the code. */
function bySite({ node: a }: SourceVerdict, { node: b }: SourceVerdict): number {
  if (a === undefined || b === undefined) return 0;
  return a.site.file === b.site.file ? a.site.start - b.site.start : a.site.file < b.site.file ? -1 : 1;
}

function unique<T extends { readonly cause: Cause; readonly site: Site }>(cuts: readonly T[]): readonly T[] {
  return [...new Map(cuts.map((cut) => [`${cut.cause} ${cut.site.file} ${String(cut.site.start)}`, cut])).values()];
}
