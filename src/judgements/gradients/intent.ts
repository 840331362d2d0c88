/**
 * What a program means to train. A scope may use networks that nobody trains, without a word in the code: a teacher,
 * random features, a backbone from a checkpoint. That such a source gets no gradient is true, and no mistake. Lost is
 * what the code treats as it treats what it trains.
 */
import type { Edge, Node } from '../../domain/graph.ts';
import type { Library } from '../../libraries/library.ts';
import type { Break, Trace } from './trace.ts';

/** How a source gets its first values: drawn or filled as weights are, or from data of the program. */
type Beginning = 'drawn' | 'filled' | 'data' | 'layer' | 'model';

/**
 * Whether a source that was used before the scope, and is lost by that, is meant to train with those that the scope
 * trains (`trained`). What is computed before a scope may be a target or an input; it is neither where
 *
 * - it is only added up into the target, so that it is as good as not there; or
 * - it is made anew for this run (not `reused`), and what meets it first are weights that begin as the source does:
 *   one network, of which a part stands before the scope.
 */
export function isMeant(trace: Trace, source: Node, breaks: readonly Break[], trained: ReadonlySet<Node>, reused: (value: Node) => boolean): boolean {
  const meeting = new Meetings(trace, trained);
  return breaks.some(({ before, edge, after }) => {
    if (meeting.isAddedOnly(edge, after)) return true;
    return !reused(before) && meeting.of(edge, after).some(({ weights, how }) => isTreatedAlike(source, weights, how, trace.tape.library));
  });
}

/**
 * Whether a scope trains nothing but, perhaps, what its function is handed, and only measures by that what was computed
 * before it: `ys` in `prediction.sub(ys).square()` are labels, whatever they are made of, for nobody trains labels. What
 * is handed over to be multiplied may be the weights that this scope trains on a value of another network.
 */
export function isMeasured(trace: Trace, breaks: readonly Break[]): boolean {
  const meeting = new Meetings(trace, trace.externals);
  const measures = new Set(breaks.flatMap(({ edge, after }) => meeting.measuresOf(edge, after) ?? []));
  const externals = meeting.externals();
  return externals.length > 0 && externals.every((node) => node.handed && measures.has(node));
}

/**
 * Whether all that a scope takes of a source is a target for what it trains: the answers of a network, detached on
 * purpose, by a read or a stop, and compared with those of another. Weights that are read themselves are no answers.
 */
export function isTarget(trace: Trace, breaks: readonly Break[], trained: ReadonlySet<Node>): boolean {
  if (trained.size === 0) return false;
  const meeting = new Meetings(trace, trained);
  return breaks.every(({ cause, before, edge, after }) => (cause === 'host-read' || cause === 'stop-gradient') && after.kind !== 'source'
    && meeting.isAnswer(before) && !meeting.isAddedOnly(edge, after) && meeting.of(edge, after).every(({ how }) => how === 'compared'));
}

/**
 * Whether variables that a list leaves out are like those that it names: the list is incomplete, not a choice. As soon
 * as one of them is of its own kind, as the base of an adapter or an earlier layer is, it is one.
 */
export function isForgotten(leftOut: readonly Node[], listed: readonly Node[], library: Library): boolean {
  return leftOut.every((each) => listed.some((other) => isListedAlike(each, other, library)));
}

function isListedAlike(leftOut: Node, listed: Node, library: Library): boolean {
  if (leftOut.site.start === listed.site.start && leftOut.site.file === listed.site.file) return true;
  const [begins, others] = [beginningOf(leftOut, library), beginningOf(listed, library)];
  if (begins === others) return begins === 'data' || sameShape(leftOut, listed);
  // Nobody wants a bias that stays at zero beside a kernel that trains.
  return begins === 'filled' && others === 'drawn';
}

function sameShape({ role: a }: Node, { role: b }: Node): boolean {
  if (a.kind !== 'source' || b.kind !== 'source' || a.shape === undefined || b.shape === undefined) return false;
  return a.shape.length === b.shape.length && a.shape.every((length, axis) => length === b.shape?.[axis]);
}

/** Whether a source begins with random values, as weights do. */
export function isDrawn(source: Node, library: Library): boolean {
  return beginningOf(source, library) === 'drawn';
}

function isTreatedAlike(source: Node, weights: readonly Node[], how: Meeting['how'], library: Library): boolean {
  const begins = beginningOf(source, library);
  return weights.some((each) => {
    const others = beginningOf(each, library);
    // A bias begins with zeros where its kernel is drawn.
    return begins === others ? begins !== 'model' : how === 'added' && begins === 'drawn' && others !== 'data';
  });
}

function beginningOf(source: Node, library: Library): Beginning {
  if (source.role.kind !== 'source') return 'data';
  if (source.role.made !== 'variable') return source.parts.length > 0 || source.belonging?.place !== undefined ? 'model' : 'layer';
  const leaves = new Set<Node>([source]);
  for (const node of leaves) for (const { from, effect } of node.inputs) if (effect !== 'assign') leaves.add(from);
  leaves.delete(source);
  const forms = [...leaves].flatMap(({ path }) => (path !== undefined && Object.hasOwn(library.members, path) ? library.members[path] ?? [] : []));
  const made = forms.flatMap((form) => (form.is === 'leaf' ? form : []));
  if (made.some(({ random }) => random === true)) return 'drawn';
  return made.length > 0 && made.every(({ shape, value }) => shape !== undefined && value !== undefined) ? 'filled' : 'data';
}

/** Where a value that is cut off, or what is made of it alone, meets what the scope trains. */
interface Meeting {
  /** The weights that it meets, where the other operand is made of nothing else. */
  readonly weights: readonly Node[];
  readonly how: 'added' | 'compared' | 'otherwise';
}

class Meetings {
  readonly #trace: Trace;
  readonly #trained: ReadonlySet<Node>;

  constructor(trace: Trace, trained: ReadonlySet<Node>) {
    this.#trace = trace;
    this.#trained = trained;
  }

  /** The first ones on the way to the target. */
  of(edge: Edge, after: Node): readonly Meeting[] {
    const seen = new Set<Node>();
    const meet = ({ from }: Edge, to: Node): readonly Meeting[] => {
      if (seen.has(to)) return [];
      seen.add(to);
      const others = this.#othersOf(to, from).filter((node) => this.#isVaried(node));
      if (others.length === 0) return this.#trace.usersOf(to).flatMap((next) => meet(next.edge, next.to));
      const weights = others.flatMap((node) => this.#weightsAlone(node));
      return [{ weights, how: this.#meansOf(to, weights) }];
    };
    return meet(edge, after);
  }

  /** Nothing but sums stands between the value and the target from where it meets what varies. */
  isAddedOnly(edge: Edge, after: Node): boolean {
    let met = false;
    const goesOn = ({ from }: Edge, to: Node): boolean => {
      const varied = this.#othersOf(to, from).filter((node) => this.#isVaried(node));
      met ||= varied.length > 0;
      if (met && !this.#isLinear(to, varied)) return false;
      const users = this.#trace.usersOf(to);
      return users.length === 0 ? met : users.every((next) => goesOn(next.edge, next.to));
    };
    return goesOn(edge, after);
  }

  /** What the scope takes from code that is not known. */
  externals(): readonly Node[] {
    const { externals, target, moment } = this.#trace;
    const found = new Set([target]);
    for (const each of found) {
      if (externals.has(each) || this.#trace.isOutside(each)) continue;
      for (const { from, effect } of each.inputsAt(moment)) if (effect === 'flows') found.add(from);
    }
    return [...found].filter((node) => externals.has(node));
  }

  /** The values that are met as they are, in sums and comparisons; undefined where one is met in another way. */
  measuresOf(edge: Edge, after: Node): readonly Node[] | undefined {
    const found = new Set<Node>();
    const goesOn = ({ from }: Edge, to: Node): boolean => {
      const others = this.#othersOf(to, from).filter((node) => this.#isVaried(node));
      for (const other of others) found.add(other);
      if (others.length > 0 && !this.#measures(to)) return false;
      return this.#trace.usersOf(to).every((next) => goesOn(next.edge, next.to));
    };
    return goesOn(edge, after) ? [...found] : undefined;
  }

  #measures({ path = '' }: Node): boolean {
    const { additive, comparing } = this.#trace.tape.library.usage;
    return additive.has(path) || comparing.has(path);
  }

  /** Whether a value is made of weights and of data. */
  isAnswer(value: Node): boolean {
    return this.#behind(value).some(({ kind }) => kind === 'constant' || kind === 'external');
  }

  #meansOf({ path = '' }: Node, weights: readonly Node[]): Meeting['how'] {
    const { additive, comparing } = this.#trace.tape.library.usage;
    if (weights.length === 0 && comparing.has(path)) return 'compared';
    return additive.has(path) ? 'added' : 'otherwise';
  }

  /** Whether an operation on the value is linear in it: a product is, where nothing that varies stands beside it. */
  #isLinear(node: Node, varied: readonly Node[]): boolean {
    const { additive, products } = this.#trace.tape.library.usage;
    if (node.transparent || node === this.#trace.target) return true;
    return node.path !== undefined && (additive.has(node.path) || (products.has(node.path) && varied.length === 0));
  }

  #othersOf(node: Node, operand: Node): readonly Node[] {
    return node.transparent ? [] : node.inputsAt(this.#trace.moment).filter(({ from, effect }) => from !== operand && effect === 'flows').map(({ from }) => from);
  }

  #isVaried(node: Node): boolean {
    return this.#behind(node).some((each) => this.#trained.has(each) || each.kind === 'anything');
  }

  /** The trained weights behind a value that is made of nothing else. */
  #weightsAlone(node: Node): readonly Node[] {
    const leaves = this.#behind(node).filter((each) => (each.kind !== 'operation' && !each.transparent) || this.#trace.isOutside(each));
    return leaves.every((each) => each.kind === 'source') ? leaves.filter((each) => this.#trained.has(each)) : [];
  }

  /** What a value is made of within the scope. */
  #behind(node: Node): readonly Node[] {
    const found = new Set([node]);
    for (const each of found) {
      if (each.kind === 'source' || this.#trace.isOutside(each)) continue;
      for (const { from, effect } of each.inputsAt(this.#trace.moment)) if (effect === 'flows') found.add(from);
    }
    return [...found];
  }
}
