/**
 * Sources that train by one path while another one of theirs is cut. Most cuts of that kind are meant: targets,
 * baselines, samples, straight-through estimators. Told are two forms that hardly are:
 *
 * - a term: what is cut enters the target as a number that is added, so that it is as good as not there;
 * - a part: what is cut was computed from the very value that it then meets, a statistic that takes part in nothing.
 *
 * Everything is claimed of every run: a path through a branch counts where all its alternatives carry it.
 */
import type { Node } from '../../domain/graph.ts';
import type { Program } from '../../program/program.ts';
import type { Verdict } from './losses.ts';
import { isDetachHelper } from './suggestions.ts';
import type { Break, Trace } from './trace.ts';

export interface PartialLoss {
  readonly at: Break;
  readonly form: 'term' | 'part';
  readonly sources: readonly Node[];
  /** A path of the first source that is not cut. */
  readonly alive: readonly Node[];
}

export function partialLosses(program: Program, { run, trace, trained }: Verdict): readonly PartialLoss[] {
  if (trace.anything || !trace.used.some(isCut)) return [];
  const flow = new CertainFlow(trace);
  const byCut = new Map<Node, { readonly at: Break; readonly form: PartialLoss['form']; readonly sources: Node[]; readonly alive: readonly Node[] }>();
  for (const source of trained.filter((node) => trace.trains(node) && !node.unwanted)) {
    const breaks = trace.breaksOf(source);
    const alive = breaks.length === 0 ? undefined : flow.path(source, trace.target);
    if (alive === undefined || !flow.after(source).has(trace.target)) continue;
    for (const at of breaks) {
      const form = formOf(program, flow, trace, source, at);
      const known = byCut.get(at.after);
      if (known !== undefined && form === known.form) known.sources.push(source);
      else if (known === undefined && form !== undefined) byCut.set(at.after, { at, form, sources: [source], alive });
    }
  }
  return run.form.kind === 'function' && run.form.role === 'layer' ? [] : [...byCut.values()];
}

function isCut({ kind, inputs }: Node): boolean {
  return kind === 'read' || inputs.some(({ effect }) => effect === 'stop-gradient');
}

/** How what is cut comes back, for certain and in a way that is hardly meant. */
function formOf(program: Program, flow: CertainFlow, trace: Trace, source: Node, at: Break): PartialLoss['form'] | undefined {
  const { cause, before, after } = at;
  if ((cause !== 'host-read' && cause !== 'stop-gradient') || (before === source && cause === 'stop-gradient')) return undefined;
  const returning = flow.after(after);
  if (!flow.after(source).has(before) || !returning.has(trace.target) || [...returning].some(isRough)) return undefined;
  const meetings = meetingsOf(trace, returning);
  const last = bare(trace, before);
  // A value and itself, stopped; a value and the difference of something and itself, stopped: tricks that are known.
  const tricks = last.path === trace.tape.library.usage.difference ? [last, ...last.inputs.map(({ from }) => bare(trace, from))] : [last];
  if (meetings.some(({ other }) => tricks.includes(other))) return undefined;
  if (isAdded(flow, trace, returning, after)) return meetings.some(({ other }) => flow.isVaried(other)) ? 'term' : undefined;
  return meetsItsOrigin(flow, trace, meetings, source, before, isByName(program, at, trace)) ? 'part' : undefined;
}

/** Plain code made something of the values whose derivative may be zero everywhere. */
function isRough({ kind, coarse }: Node): boolean {
  return coarse && (kind === 'read' || kind === 'host');
}

/** A stop that says that it is one, or a helper that does. */
function isByName(program: Program, at: Break, trace: Trace): boolean {
  return at.cause === 'stop-gradient' || isDetachHelper(program, at, trace) !== undefined;
}

/** The value of which this one is another shape or type, if it is. */
function bare(trace: Trace, node: Node): Node {
  const [only] = node.inputs;
  return node.path !== undefined && trace.tape.library.usage.rearranging.has(node.path) && only !== undefined ? bare(trace, only.from) : node;
}

interface Meeting {
  readonly at: Node;
  readonly other: Node;
}

/** Where values that were cut come together with others. */
function meetingsOf(trace: Trace, returning: ReadonlySet<Node>): readonly Meeting[] {
  return [...returning].flatMap((at) => (at.kind === 'operation' ? at.inputs.flatMap(({ from, effect }) => (effect === 'flows' && !returning.has(from) ? { at, other: bare(trace, from) } : [])) : []));
}

/** Whether everything that is made of the cut values, up to the target, adds and rearranges. */
function isAdded(flow: CertainFlow, { target, tape: { library: { usage } } }: Trace, returning: ReadonlySet<Node>, after: Node): boolean {
  return [...returning].every((node) => {
    if (node === after || node === target || node.transparent) return true;
    if (node.kind === 'host') return node.label === '+' || node.label === '-';
    if (node.path === undefined) return false;
    return usage.additive.has(node.path) || (usage.products.has(node.path) && node.inputs.every(({ from }) => returning.has(from) || !flow.isVaried(from)));
  });
}

/** Whether the cut values meet what they were computed from. */
function meetsItsOrigin(flow: CertainFlow, trace: Trace, meetings: readonly Meeting[], source: Node, before: Node, isStop: boolean): boolean {
  const { usage } = trace.tape.library;
  const { path: last } = bare(trace, before);
  return meetings.some(({ at, other }) => {
    if (!flow.after(source).has(other) || !flow.after(other).has(before)) return false;
    // A stop by name between two uses of the same weights is there on purpose.
    if (isStop && (other === source || other.kind !== 'operation')) return false;
    return !(at.path === usage.difference && last !== undefined && usage.extremes.has(last));
  });
}

/** What certainly depends on what, differentiably: paths of operations whose derivatives are known. */
class CertainFlow {
  readonly #consumers = new Map<Node, Node[]>();
  readonly #after = new Map<Node, ReadonlySet<Node>>();
  readonly #varied = new Set<Node>();
  readonly #target: Node;

  constructor(trace: Trace) {
    this.#target = trace.target;
    for (const node of trace.used) for (const { from, effect } of node.inputs) if (effect === 'flows') this.#consumes(node, from);
    for (const source of trace.sources) for (const node of this.#closure(source, () => true)) this.#varied.add(node);
  }

  #consumes(node: Node, from: Node): void {
    const others = this.#consumers.get(from);
    if (others === undefined) this.#consumers.set(from, [node]);
    else others.push(node);
  }

  /** Whether some source may be behind the value. */
  isVaried(node: Node): boolean {
    return this.#varied.has(node) || node.kind === 'external' || node.kind === 'anything';
  }

  /** Everything that certainly depends on a value, the value itself included. */
  after(start: Node): ReadonlySet<Node> {
    let found = this.#after.get(start);
    if (found === undefined) this.#after.set(start, found = this.#closure(start, (node, reached) => this.#carries(node, reached)));
    return found;
  }

  /** A shortest path. */
  path(start: Node, end: Node): readonly Node[] | undefined {
    const carriers = this.after(start);
    const parent = new Map<Node, Node | undefined>([[start, undefined]]);
    for (const [node] of parent) for (const next of this.#consumers.get(node) ?? []) if (carriers.has(next) && !parent.has(next)) parent.set(next, node);
    if (!parent.has(end)) return undefined;
    const path: Node[] = [];
    for (let at: Node | undefined = end; at !== undefined; at = parent.get(at)) path.unshift(at);
    return path;
  }

  #closure(start: Node, admits: (node: Node, reached: ReadonlySet<Node>) => boolean): ReadonlySet<Node> {
    const reached = new Set([start]);
    // The set grows while it is walked; what is not admitted yet is asked again with each of its inputs.
    for (const node of reached) for (const next of this.#consumers.get(node) ?? []) if (!reached.has(next) && admits(next, reached)) reached.add(next);
    return reached;
  }

  /** One of several values depends on what all of them depend on. */
  #carries(node: Node, reached: ReadonlySet<Node>): boolean {
    switch (node.kind) {
      case 'join': return node.inputs.every(({ from }) => reached.has(from));
      case 'operation': return node.path !== undefined || node === this.#target || node.inputs.some(({ from }) => from.kind === 'source' && reached.has(from));
      default: return node.kind === 'host';
    }
  }
}
