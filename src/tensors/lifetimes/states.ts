/** Whether a tensor is alive: what a cell of the store says of it. */
import { Allocation, Cell } from '../../domain/cell.ts';
import type { Node } from '../../domain/graph.ts';
import type { Disposal, Life, Region } from '../../domain/lifetimes.ts';
import { isList, type Content } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import { members, symbol } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Library } from '../../libraries/library.ts';

/**
 * - `alive`: the program disposes it, or the region in which it was made.
 * - `kept`: regions let it be.
 * - `static`: no region disposes it: a variable, or what keeps variables of its own.
 * - `loose`: nothing is known.
 * - the number of a disposal: it has been disposed.
 */
export type State = 'alive' | 'kept' | 'static' | 'loose' | number;

/** A tensor, or what keeps some, has been made by a call of a library of which it is known how long its tensors live. */
export function begin(m: Machine, library: Library, node: Node, { site, label }: Pick<Life, 'site' | 'label'>, kind: Life['kind'] = 'tensor'): void {
  if (library.lifetimes === undefined) return;
  const { lifetimes } = m.history;
  const life = lifetimes.lives.get(node) ?? { kind, library, cell: new Cell('life', new Allocation()), site, label, ...placeIn(m.frame) };
  lifetimes.live(node, life);
  const region = openRegion(m);
  const isFollowed = region?.kind !== 'opaque' && m.deeperCalls.size === 0;
  write(m, life, [!isFollowed ? 'loose' : kind === 'tensor' ? 'alive' : 'static']);
  if (region !== undefined && kind === 'tensor') region.made.add(node);
  lifetimes.round?.made.add(node);
  if (kind === 'tensor' && node.several) lifetimes.round?.uncounted.add(node);
}

const opaque: Pick<Region, 'kind' | 'made'> = { kind: 'opaque', made: new Set() };

/** Where it is made, as the code at hand stands. */
export function placeIn({ chain, conditions, caught }: Machine['frame']): Pick<Life, 'chain' | 'under' | 'caught'> {
  return { chain, under: conditions, caught };
}

/** What disposes a tensor that is made now. Code behind an `await`, and code that may run later, runs when the region is over, if it does. */
function openRegion(m: Machine): Pick<Region, 'kind' | 'made'> | undefined {
  const { region } = m.history.lifetimes;
  if (region === undefined) return undefined;
  return (m.occasion.isSilent && !m.pending.isTentative) || (m.frame.late && !region.late) ? opaque : region;
}

/** What a tensor may be now; undefined where that is not followed. */
export function statesOf(m: Machine, node: Node): readonly State[] | undefined {
  const life = m.history.lifetimes.lives.get(node);
  const value = life && m.memory.read(life.cell);
  return value && statesIn(value);
}

/** What the code at hand finds when it runs: where it is code that waits, it may run before what has been done since. */
export function statesFound(m: Machine, node: Node): readonly State[] | undefined {
  const life = m.history.lifetimes.lives.get(node);
  const value = life && m.memory.read(life.cell);
  if (life === undefined || value === undefined) return undefined;
  const found = m.jobs.certainly(life.cell, value, m.frame.late);
  return found === undefined ? [...statesIn(value), 'alive'] : statesIn(found);
}

/** The states in what a cell holds. */
export function statesIn(content: Content | undefined): readonly State[] {
  return content === undefined || isList(content) ? [] : members(content).map(stateIn);
}

function stateIn(value: Value): State {
  if (value.kind !== 'symbol') return 'loose';
  const index = Number(value.name);
  return Number.isNaN(index) ? value.name as State : index;
}

export function setStates(m: Machine, node: Node, states: readonly State[]): void {
  const life = m.history.lifetimes.lives.get(node);
  if (life !== undefined) write(m, life, states);
}

function write(m: Machine, { cell }: Life, states: readonly State[]): void {
  m.memory.write(cell, m.memory.joiner.all(states.map((state) => symbol(String(state)))));
}

export function isDisposed(state: State): state is number {
  return typeof state === 'number';
}

/** The number of a disposal. */
export function disposalNumber(m: Machine, disposal: Disposal): number {
  const { disposals } = m.history.lifetimes;
  const known = disposals.findIndex(({ by, site }) => by === disposal.by && site === disposal.site);
  return known === -1 ? disposals.push(disposal) - 1 : known;
}

/** One node is several tensors from now on, of which each may be in another state. */
export function standForSeveral(m: Machine, node: Node): void {
  const life = m.history.lifetimes.lives.get(node);
  if (life !== undefined) life.cell.allocation.summary = true;
}

/** Code that is run now may run before what has been disposed was. */
export function mayBeAlive(m: Machine): void {
  for (const node of m.history.lifetimes.disposed) {
    const states = statesOf(m, node);
    if (states !== undefined) setStates(m, node, [...states, 'alive']);
  }
}
