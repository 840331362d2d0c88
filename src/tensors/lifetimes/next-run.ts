/**
 * What a run of a piece of code leaves where others can get at it, and the next run puts something else in its place.
 *
 * The code is run twice more, as if nobody else did anything meanwhile, and nothing of that stays. The first of the two
 * begins from all that may be there before any run, the results of runs included: so what the second one replaces, each
 * run's successor does. Whether somebody comes in between who disposes the value, keeps it elsewhere or gives it away is
 * known when all has been run: it is asked then of whatever the same call has made, for others may have met what another
 * run of it made.
 */
import { allocated, type Cell } from '../../domain/cell.ts';
import type { Node } from '../../domain/graph.ts';
import { type Content, isList } from '../../domain/store.ts';
import { members, nodeOf } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Site } from '../../program/ir.ts';
import { isKeptToItself } from './own-places.ts';
import { ReachableNodes } from './reachable.ts';
import { oneOf, type Run, tentatively } from './tentative-runs.ts';

/**
 * Of some nodes that can be got at when a run is over, those that nobody can get at when the next one is over, each with
 * the question whether nobody comes in between, to be asked at the end. `isOpen`: what else is to hold of a node then.
 */
export function replacedByNext(m: Machine, nodes: readonly Node[], run: Run, isOpen: (node: Node) => boolean): ReadonlyMap<Node, () => boolean> {
  const replaced = new Map<Node, () => boolean>();
  tentatively(m, () => {
    const [since, base] = [allocated(), m.memory.store];
    const first = oneOf(m, run);
    if (!m.comesOut) return;
    const left = [...m.memory.store.since(base)].filter(([cell]) => !cell.allocation.isSince(since));
    const second = oneOf(m, run);
    if (!m.reachable) return;
    const found = new ReachableNodes(m, since);
    found.followShared();
    found.followWritten(m.memory.store.since(base));
    // Who has called the code has what it gave.
    for (const { given } of [first, second]) if (given !== undefined) found.follow(given);
    for (const node of nodes) {
      const twins = madeAlike(m, node).filter((each) => first.made.has(each));
      const places = twins.map((each) => placesOf(each, left));
      if (twins.length > 0 && places.every((each) => each.length > 0) && twins.every((each) => !found.has(each) && isOpen(each))) replaced.set(node, () => isLeftAlone(m, node, places.flat()));
    }
  });
  return replaced;
}

/** The variables and properties that hold a node themselves; none where it is in a list as well. */
function placesOf(node: Node, left: Iterable<readonly [Cell, Content]>): readonly Cell[] {
  const places: Cell[] = [];
  for (const [cell, content] of left) {
    const values = isList(content) ? [...content.items, content.others] : members(content);
    if (!values.some((value) => nodeOf(value) === node)) continue;
    if (isList(content)) return [];
    places.push(cell);
  }
  return places;
}

/** Nothing that the same call has made is disposed, given away or kept anywhere but in its places, and these are nobody else's. */
function isLeftAlone(m: Machine, node: Node, places: readonly Cell[]): boolean {
  const { history: { escaped, lifetimes } } = m;
  if (!places.every((cell) => isKeptToItself(m, cell))) return false;
  const alike = madeAlike(m, node);
  if (alike.some((each) => escaped.has(each) || lifetimes.disposed.has(each) || lifetimes.given.has(each))) return false;
  const found = new ReachableElsewhere(m, new Set(places));
  found.followShared();
  return alike.every((each) => !found.has(each));
}

/** What can be got at when all has run, by other places than some, or will be when what waits has run. */
class ReachableElsewhere extends ReachableNodes {
  constructor(m: Machine, readonly places: ReadonlySet<Cell>) {
    super(m, 0);
  }

  protected override contentsOf(cell: Cell): readonly (Content | undefined)[] {
    return this.places.has(cell) ? [] : [this.machine.memory.store.read(cell), this.machine.pending.get(cell)];
  }
}

/** What the call that stands at the same place has made in any of its runs. */
function madeAlike({ history: { lifetimes: { lives } } }: Machine, node: Node): readonly Node[] {
  const life = lives.get(node);
  const isThere = ({ file, start, end }: Site): boolean => file === life?.site.file && start === life.site.start && end === life.site.end;
  return [...lives].filter(([, { site, label }]) => label === life?.label && isThere(site)).map(([each]) => each);
}
