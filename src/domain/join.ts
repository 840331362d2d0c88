/**
 * The join of the lattice of abstract values: what holds of either of two values. Where one of them says it already, it
 * is that very value that comes out: who compares what was there with what is there now need not look inside.
 */
import { joinFacts, joinRounds, noFacts, sameFacts } from '../calculus/numbers/facts.ts';
import type { Site } from '../program/ir.ts';
import { Node } from './graph.ts';
import { type Content, isList } from './store.ts';
import type { ListState, PromiseValue, TensorValue, UnknownValue, Value } from './value.ts';
import { absent, countOf, host, members, never, nodeOf, plainHost } from './values.ts';

/** A union with more members than this says too little to be worth following. */
const unionLimit = 8;

/** Of functions and objects, code that is given any of them may call it or write to it: none may be forgotten before there are very many. */
const heldLimit = 64;

/** A value that may be more nodes than this may be anything. */
const alternativesLimit = 48;

/** An unknown value that may be more nodes than this takes in all that follow. */
const unknownLimit = 4;

export class Joiner {
  readonly #nodes = new Map<Node, Map<Node, Node>>();
  /** Functions and objects that an unknown value stands for, and that nobody has been told of: whoever uses it may call them and write to them. */
  #dropped: Value[] = [];
  /** Those that stand for any number of unknown values. */
  readonly #many = new Set<Node>();
  /** What the values that are joined come from: the ways through a branch, or the rounds of a loop that is brought to its fixpoint. */
  #ways: 'branches' | 'rounds' = 'branches';

  /** Runs `body`, in which joins are those of ways of a kind. */
  between<T>(ways: 'branches' | 'rounds', body: () => T): T {
    const outer = this.#ways;
    this.#ways = ways;
    try {
      return body();
    } finally {
      this.#ways = outer;
    }
  }

  get hasDropped(): boolean {
    return this.#dropped.length > 0;
  }

  /** The functions and objects that were given up since this was last asked. */
  takeDropped(): readonly Value[] {
    const dropped = this.#dropped;
    this.#dropped = [];
    return dropped;
  }

  /** Bound, so that it can be handed to the store. */
  readonly contents = (a: Content, b: Content): Content => {
    if (a === b) return a;
    if (isList(a)) return isList(b) ? this.lists(a, b) : a;
    return isList(b) ? b : this.values(a, b);
  };

  lists(a: ListState, b: ListState): ListState {
    if (a.items.length === b.items.length) {
      const joined = counted({ items: a.items.map((item, index) => this.values(item, b.items[index] ?? never)), others: this.values(a.others, b.others) }, a, b);
      return sameParts(joined, a) ? a : sameParts(joined, b) ? b : joined;
    }
    const shared = Math.min(a.items.length, b.items.length);
    const items = a.items.slice(0, shared).map((item, index) => this.values(item, b.items[index] ?? never));
    const tail = [...a.items.slice(shared), ...b.items.slice(shared)];
    return counted({ items, others: this.all([a.others, b.others, ...tail]) }, a, b);
  }

  all(values: readonly Value[]): Value {
    return values.reduce<Value>((result, value) => this.values(result, value), never);
  }

  values(a: Value, b: Value): Value {
    if (a === b || b.kind === 'never') return a;
    if (a.kind === 'never') return b;
    if (a.kind !== 'union' && b.kind !== 'union') return this.#merge(a, b) ?? { kind: 'union', members: [a, b] };
    const before = members(a);
    const after = members(b);
    const result: Value[] = [...before];
    for (const member of after) this.#add(result, member);
    if (sameItems(result, before)) return a;
    if (sameItems(result, after)) return b;
    const [only] = result;
    if (result.length === 1 && only !== undefined) return only;
    if (result.length > unionLimit) return this.#collapse(result);
    return { kind: 'union', members: result };
  }

  #add(result: Value[], value: Value): void {
    for (let index = 0; index < result.length; index++) {
      const joined = this.#merge(result[index]!, value);
      if (joined !== undefined) {
        result[index] = joined;
        return;
      }
    }
    result.push(value);
  }

  /** One value for both, where there is one that loses nothing the analysis follows. */
  #merge(a: Value, b: Value): Value | undefined {
    if (same(a, b)) return a;
    if (isPlain(a) && isPlain(b)) return this.#plain(a, b);
    if (a.kind === 'tensor' && b.kind === 'tensor') return this.#tensors(a, b);
    if (a.kind === 'promise' && b.kind === 'promise') return this.#promises(a, b);
    return a.kind === 'unknown' && b.kind === 'unknown' ? this.#unknowns(a, b) : undefined;
  }

  #plain(a: Value, b: Value): Value {
    const from = a.kind === 'host' ? a.node : undefined;
    const other = b.kind === 'host' ? b.node : undefined;
    const node = from === undefined || other === undefined ? from ?? other : this.nodes(from, other);
    const lengths = commonLengths(a, b);
    if (a.kind === 'host' && node === from && a.is === undefined && sameLengths(lengths, a.lengths)) return a;
    return b.kind === 'host' && node === other && b.is === undefined && sameLengths(lengths, b.lengths) ? b : host(node, lengths);
  }

  #promises(a: PromiseValue, b: PromiseValue): PromiseValue {
    const value = this.values(a.value, b.value);
    return value === a.value && a.course === undefined ? a : { kind: 'promise', value };
  }

  #unknowns(a: UnknownValue, b: UnknownValue): UnknownValue {
    const node = this.#unknown(a.node, b.node);
    const type = a.type === b.type ? a.type : undefined;
    return node === a.node && type === a.type ? a : { kind: 'unknown', node, type };
  }

  #tensors(a: TensorValue, b: TensorValue): TensorValue {
    const node = this.nodes(a.node, b.node);
    const name = a.class === b.class ? a.class : 'Tensor';
    const facts = this.#ways === 'rounds' ? joinRounds(a.facts, b.facts) : joinFacts(a.facts, b.facts);
    return node === a.node && name === a.class && facts === a.facts ? a : { kind: 'tensor', library: a.library, class: name, node, facts };
  }

  /**
   * As `nodes`, of values of which nothing is known. One that may be many others stands for any more of them from then
   * on: where each comes from is remembered, and code that waits for it finds nothing new.
   */
  #unknown(a: Node, b: Node): Node {
    const [many, other] = this.#many.has(a) ? [a, b] : [b, a];
    if (!this.#many.has(many)) {
      const node = this.nodes(a, b);
      if (alternatives(node).length <= unknownLimit) return node;
      const whole = new Node({ kind: 'anything', handed: false }, '', a.site, a.chain, a.tapes ?? b.tapes);
      for (const from of alternatives(node)) whole.connect(from, 'flows', a.site);
      this.#many.add(whole);
      return whole;
    }
    for (const from of other === many ? [] : alternatives(other)) many.connect(from, 'flows', many.site);
    return many;
  }

  /** The node that is one or the other. The same two give the same node, so that loops come to rest. */
  nodes(a: Node, b: Node): Node {
    if (a === b || includes(a, b)) return a;
    if (includes(b, a)) return b;
    const known = this.#nodes.get(a)?.get(b) ?? this.#nodes.get(b)?.get(a);
    if (known !== undefined) return known;
    // Of a branch within a round, not every alternative is there in some round.
    const node = joined(a, b, this.#ways === 'rounds' && !a.isChoice && !b.isChoice ? 'rounds' : 'branches');
    const row = this.#nodes.get(a) ?? new Map<Node, Node>();
    this.#nodes.set(a, row.set(b, node));
    return node;
  }

  #collapse(values: readonly Value[]): Value {
    const held = values.filter(isHeld);
    if (held.length > heldLimit) return this.#whole(values);
    const others = values.filter((value) => !isHeld(value));
    return { kind: 'union', members: others.length > unionLimit ? [...held, this.#whole(others)] : values };
  }

  /** One value for several of which it is not followed which it is. */
  #whole(values: readonly Value[]): Value {
    const held = values.filter(isHeld);
    this.#dropped.push(...held);
    const nodes = values.flatMap((value) => nodeOf(value) ?? []);
    const [first] = nodes;
    const site = first?.site ?? held.map(placeOf).find((place) => place !== undefined);
    if (site === undefined) return plainHost;
    const node = new Node({ kind: 'anything', handed: false }, '', site, first?.chain, first?.tapes);
    for (const from of nodes) node.connect(from, 'flows', site);
    return { kind: 'unknown', node, type: undefined };
  }
}

/** Where a function or an object is written. */
function placeOf(value: Value): Site | undefined {
  return value.kind === 'object' ? value.heap.site : value.kind === 'closure' || value.kind === 'class' ? value.code.site : undefined;
}

function isHeld({ kind }: Value): boolean {
  return kind === 'closure' || kind === 'class' || kind === 'object' || kind === 'native';
}

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function sameParts(a: ListState, b: ListState): boolean {
  return a.others === b.others && a.count === b.count && sameItems(a.items, b.items);
}

/** With the number of items that either of two lists has, where it is the same. */
function counted(joined: ListState, a: ListState, b: ListState): ListState {
  const count = countOf(a);
  return count === undefined || joined.others.kind === 'never' || count !== countOf(b) ? joined : { ...joined, count };
}

/** What a node may be: itself, or what it joins. */
function alternatives(node: Node): readonly Node[] {
  return node.kind === 'join' ? node.inputs.map((edge) => edge.from) : [node];
}

/** Whether everything that `b` may be, `a` may be too. */
function includes(a: Node, b: Node): boolean {
  if (a.kind !== 'join') return false;
  const all = new Set(alternatives(a));
  return alternatives(b).every((node) => all.has(node));
}

/** A join of plain nodes, never of joins, so that a chain of branches stays flat. */
function joined(a: Node, b: Node, of: 'branches' | 'rounds'): Node {
  const all = new Set([...alternatives(a), ...alternatives(b)]);
  const role = all.size > alternativesLimit ? { kind: 'anything', handed: false } as const : { kind: 'join', of } as const;
  const node = new Node(role, '', a.site, a.chain, a.tapes ?? b.tapes);
  for (const from of all) node.connect(from, 'flows', a.site);
  return node;
}

function isPlain(value: Value): boolean {
  return value.kind === 'host' || (value.kind === 'literal' && value.value !== undefined && value.value !== null);
}

type Lengths = Extract<Value, { kind: 'host' }>['lengths'];

/** What two plain values have in common: to be numbers, or arrays of one length. */
function commonLengths(a: Value, b: Value): Lengths {
  const [one, other] = [lengthsOf(a), lengthsOf(b)];
  return sameLengths(one, other) ? one : undefined;
}

function lengthsOf(value: Value): Lengths {
  return value.kind === 'host' ? value.lengths : value.kind === 'literal' && typeof value.value === 'number' ? [] : undefined;
}

function sameLengths(a: Lengths, b: Lengths): boolean {
  return a === b || (a?.length === b?.length && a?.[0] === b?.[0]);
}

/** Whether two values are the same element of the lattice. */
function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'never': case 'uninitialised': return a.kind === b.kind;
    case 'literal': return b.kind === 'literal' && Object.is(a.value, b.value) && (a === absent) === (b === absent);
    case 'host': return b.kind === 'host' && a.node === b.node && a.is === b.is && sameLengths(a.lengths, b.lengths);
    case 'tensor': return b.kind === 'tensor' && a.node === b.node && a.class === b.class && sameFacts(a.facts, b.facts);
    case 'closure': return b.kind === 'closure' && a.code === b.code && a.environment === b.environment && a.receiver === b.receiver && a.bound === b.bound;
    case 'symbol': return b.kind === 'symbol' && a.name === b.name;
    case 'native': return b.kind === 'native' && a.call === b.call;
    case 'object': return b.kind === 'object' && a.heap === b.heap;
    case 'class': return b.kind === 'class' && a.code === b.code && a.statics === b.statics;
    case 'promise': return b.kind === 'promise' && a.course === b.course && (a.course !== undefined || same(a.value, b.value));
    case 'library': return b.kind === 'library' && a.library === b.library && a.path === b.path;
    case 'module': return b.kind === 'module' && a.file === b.file;
    case 'instance': return b.kind === 'instance' && a.library === b.library && a.class === b.class && a.node === b.node && a.block === b.block && a.turn === b.turn && sameFacts(a.facts ?? noFacts, b.facts ?? noFacts) && same(a.element ?? never, b.element ?? never);
    case 'unknown': return b.kind === 'unknown' && a.node === b.node && a.type === b.type;
    case 'union': return b.kind === 'union' && a.members.length === b.members.length && a.members.every((member) => b.members.some((other) => same(member, other)));
  }
}

export function sameContent(a: Content | undefined, b: Content): boolean {
  if (a === undefined) return false;
  if (isList(a)) return isList(b) && a.count === b.count && a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index] ?? never)) && same(a.others, b.others);
  return !isList(b) && same(a, b);
}
