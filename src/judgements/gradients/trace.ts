/**
 * Activity analysis of one scope: which sources its target still depends on differentiably, and where the paths
 * from the others end. Varied is what a source reaches, useful is what reaches the target (Hascoët and Pascual,
 * "The Tapenade automatic differentiation tool", 2013, section 4).
 */
import type { Cause } from '../../calculus/cause.ts';
import { difference, products } from '../../calculus/numbers/flat.ts';
import type { Edge, Moment, Node, Tape } from '../../domain/graph.ts';
import type { Held } from './held.ts';
import { RecordedPaths } from './recorded.ts';

/** A place where a path from a source ends. */
export interface Break {
  readonly cause: Cause;
  /** The last value that still varied with the source. */
  readonly before: Node;
  /** What was made of it. */
  readonly after: Node;
  readonly edge: Edge;
  /** From the source to `before`. */
  readonly path: readonly Node[];
}

export class Trace {
  /** Sources that the target depends on differentiably. */
  readonly reached = new Set<Node>();
  /** Constants in the live part. */
  readonly constants = new Set<Node>();
  /** Values from beyond the analysed code in the live part. */
  readonly externals = new Set<Node>();
  /** Everything from which the gradient of the target is computed. */
  readonly live: Node[] = [];
  /** Unknown code inside the scope has a part in the target: nothing can be said of it. */
  anything = false;
  /** Values made before the scope that it uses, and how. */
  readonly crossings: { readonly edge: Edge; readonly after: Node }[] = [];
  /** What the tape connects, whatever the derivatives. */
  readonly recorded: RecordedPaths;
  #surely: ReadonlySet<Node> | undefined;
  readonly #useful = new Set<Node>();
  readonly #consumers = new Map<Node, { readonly edge: Edge; readonly to: Node }[]>();

  /** What the gradient is asked for, and what that may be: one of several values after a branch is one of them. */
  readonly asked: ReadonlySet<Node>;

  /** `moment`: when the scope ended. What is made of its values later does not belong to it. */
  constructor(readonly target: Node, readonly tape: Tape, readonly moment: Moment, asked: ReadonlySet<Node>, readonly held: Held) {
    this.asked = new Set([...asked].flatMap((node) => node.alternatives()));
    this.recorded = new RecordedPaths(target, tape, moment);
    this.#collectLive();
    for (const node of asked) if (node.alternatives().some((each) => this.reached.has(each))) this.reached.add(node);
    this.#collectUseful();
  }

  /** Every source with some path to the target, live or not. */
  get sources(): readonly Node[] {
    return [...this.#useful].filter((node) => node.kind === 'source' || this.asked.has(node));
  }

  /** Everything with some path to the target, live or not. */
  get used(): readonly Node[] {
    return [...this.#useful];
  }

  /** Whether every part of the live target is known, arguments of the code under analysis taken as data. */
  get isKnown(): boolean {
    return [...this.externals].every((node) => node.handed);
  }

  uses(node: Node): boolean {
    return node.alternatives().some((each) => this.#useful.has(each));
  }

  /** Whether a path from the source leads through nothing that is unknown. What unknown code makes of a value may be cut off from it. */
  surelyReaches(source: Node): boolean {
    this.#surely ??= this.#behindKnown();
    return source.alternatives().some((each) => this.#surely?.has(each));
  }

  #behindKnown(): ReadonlySet<Node> {
    const live = new Set(this.live);
    const found = new Set([this.target]);
    for (const node of found) {
      if (node.kind === 'external' && node.isOn(this.tape)) continue;
      for (const { from, effect } of node.inputsAt(this.moment)) if (effect === 'flows' && live.has(from)) found.add(from);
    }
    return found;
  }

  /** Whether it was computed before the scope, or beside it. */
  isOutside(node: Node): boolean {
    return !node.isOn(this.tape) && (node.kind === 'operation' || node.kind === 'read' || node.kind === 'host');
  }

  /** Whether the library trains it, for certain, when the scope ends. What is no source is not in question. */
  trains(node: Node): boolean {
    return node.trainability(this.moment) === 'yes';
  }

  #collectLive(): void {
    const seen = new Set<Node>();
    const pending: Node[] = [this.target];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      this.live.push(node);
      if (this.asked.has(node)) {
        this.reached.add(node);
        // One source may stand on another.
        if (!node.transparent && (node.kind !== 'operation' || !node.isOn(this.tape))) continue;
      }
      switch (node.kind) {
        case 'source': for (const each of this.#mayBe(node)) this.reached.add(each); continue;
        case 'anything': this.anything = true; continue;
        case 'constant': this.constants.add(node); continue;
        case 'external': this.externals.add(node); break;
        default: break;
      }
      for (const edge of node.inputsAt(this.moment)) {
        if (edge.effect !== 'flows') continue;
        if (this.isOutside(edge.from) && !this.asked.has(edge.from)) this.crossings.push({ edge, after: node });
        else pending.push(edge.from);
      }
    }
    if ([...this.externals].some((node) => node.isOn(this.tape))) for (const source of this.#heldElsewhere()) this.reached.add(source);
  }

  /** Unknown code that runs in the scope may make its answer of anything that it has, and run again the functions of ours that have made it. */
  #heldElsewhere(): readonly Node[] {
    const behind = new Set(this.held.nodes);
    for (const node of behind) if (!this.held.isMadeOnce(node)) for (const { from, effect } of node.inputsAt(this.moment)) if (effect === 'flows') behind.add(from);
    return [...behind].filter(({ kind }) => kind === 'source');
  }

  /** A source that is known by its type only may be any of those that went to where it comes from. */
  #mayBe(source: Node): readonly Node[] {
    if (source.role.kind !== 'source' || source.role.made !== 'beyond') return [source];
    const behind = new Set([source]);
    for (const node of behind) for (const edge of node.inputsAt(this.moment)) if (edge.effect === 'flows') behind.add(edge.from);
    return [...behind].filter(({ kind }) => kind === 'source');
  }

  #collectUseful(): void {
    const pending: Node[] = [this.target];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (this.#useful.has(node)) continue;
      this.#useful.add(node);
      for (const edge of node.inputsAt(this.moment)) {
        const list = this.#consumers.get(edge.from);
        if (list === undefined) this.#consumers.set(edge.from, [{ edge, to: node }]);
        else list.push({ edge, to: node });
        pending.push(edge.from);
      }
    }
  }

  /** Where the paths from a source end that does not reach the target. */
  breaksOf(source: Node): readonly Break[] {
    const breaks: Break[] = [];
    const pending = [...source.alternatives()];
    const parent = new Map<Node, Node | undefined>(pending.map((node) => [node, undefined]));
    const beforeScope = new Set<Node>();
    // The list grows while it is walked.
    for (const node of pending) {
      const outside = beforeScope.has(node);
      for (const { edge, to } of this.usersOf(node)) {
        const cause = this.#step(edge, to, outside);
        if (cause === 'none') continue;
        if (cause === 'on') {
          if (!parent.has(to)) {
            parent.set(to, node);
            pending.push(to);
            // A join is neither: what comes through it stays what it was.
            if (this.isOutside(to) || (outside && to.transparent)) beforeScope.add(to);
          }
          continue;
        }
        breaks.push({ cause, before: node, after: to, edge, path: pathTo(node, parent) });
      }
    }
    return breaks;
  }

  /** What comes of a varied value one step on: it goes on, it is no path at all, or why it ends. */
  #step(edge: Edge, to: Node, outside: boolean): 'on' | 'none' | Cause {
    const toOutside = this.isOutside(to);
    if (toOutside || (outside && to.transparent)) {
      // Before the scope plain code may read and compute as it likes; what is not differentiable there carries nothing on.
      return edge.effect === 'flows' || edge.effect === 'host-read' || edge.effect === 'host-arithmetic' ? 'on' : 'none';
    }
    if (edge.effect === 'assign') return outside ? 'none' : 'assign';
    // A variable that starts with this value before the scope is a source of its own.
    if (to.kind === 'source') return to.isOn(this.tape) && !outside ? (edge.effect === 'flows' ? 'on' : edge.effect) : edge.effect === 'flows' && !outside ? 'on' : 'none';
    // Unknown code has got the value before the scope: whether it is in what that hands out, nobody can say.
    if (outside && to.kind === 'external' && !to.isOn(this.tape)) return 'none';
    if (outside) return edge.effect === 'flows' || edge.effect === 'host-read' ? 'computed-outside' : 'none';
    return edge.effect === 'flows' ? 'on' : edge.effect;
  }

  /** What is made of a node, on the way to the target. */
  usersOf(node: Node): readonly { readonly edge: Edge; readonly to: Node }[] {
    return this.#consumers.get(node) ?? [];
  }

  /** How early the scope first names a value that was made before it. */
  entered(node: Node): number {
    const order = [...this.tape.entries.keys()].indexOf(node);
    return order === -1 ? Number.MAX_SAFE_INTEGER : order;
  }

  /** From a node on to the target, by any edges. */
  onward(from: Node): readonly Node[] {
    const parent = new Map<Node, Node | undefined>([[from, undefined]]);
    const pending: Node[] = [from];
    for (const node of pending) {
      if (node === this.target) break;
      for (const { to } of this.usersOf(node)) {
        if (parent.has(to)) continue;
        parent.set(to, node);
        pending.push(to);
      }
    }
    return pathTo(this.target, parent);
  }

  /** Everything that a value is made of. */
  origins(node: Node): readonly Node[] {
    const seen = new Set([node]);
    for (const each of seen) for (const { from } of each.inputsAt(this.moment)) seen.add(from);
    return [...seen];
  }

  /** The longest way back from a node: how a value without a source came about. */
  origin(node: Node): readonly Node[] {
    const path: Node[] = [node];
    const seen = new Set(path);
    const unseen = (of: Node): Node | undefined => of.inputsAt(this.moment).map((edge) => edge.from).find((from) => !seen.has(from));
    for (let at = unseen(node); at !== undefined; at = unseen(at)) {
      seen.add(at);
      path.unshift(at);
    }
    return path;
  }
}

/** Measured: a gradient is multiplied on the way back, also with the zeros that the numbers of an operand decide on, but where the library leaves elements out. */
export function isMultiplied(effect: Edge['effect'], { path }: Node): boolean {
  if (effect === 'flows') return true;
  if (path === undefined || path === 'clipByValue') return false;
  return effect === 'zero-derivative' ? products.has(path) || path === difference : effect === 'dead-activation' || effect === 'constant-where';
}

function pathTo(node: Node, parent: ReadonlyMap<Node, Node | undefined>): readonly Node[] {
  const path: Node[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = parent.get(at)) path.unshift(at);
  return path;
}
