/** Ways out of a function: what is disposed on one of them, and left on another. */
import type { Node } from '../../domain/graph.ts';
import type { Disposal, Life } from '../../domain/lifetimes.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Condition, Way } from '../../interpreter/machine/way.ts';
import { ReachableNodes } from './reachable.ts';
import { isDisposed, type State, statesIn } from './states.ts';

/** Tells what the function at hand disposes on one way out and certainly leaves on another. A caller's region would hold it. */
export function comparedWays(m: Machine, ways: readonly Way[]): void {
  const { code, chain } = m.frame;
  const { lifetimes } = m.history;
  if (code === undefined || lifetimes.region !== undefined || m.occasion.isSilent || code.owner?.constructorCode === code) return;
  for (const node of lifetimes.madeIn(chain)) {
    const life = lifetimes.lives.get(node);
    if (life?.kind !== 'tensor' || life.caught || m.history.escaped.has(node)) continue;
    // On a way that passes where it is made: before, or beside it, there is nothing to dispose.
    const passing = ways.filter(({ conditions }) => hangsOn(conditions, life.under));
    const disposal = passing.flatMap((way) => disposalOn(m, way, life) ?? [])[0];
    const leaving = disposal && passing.find((way) => !isDecidedTwice(m, way) && isLeftOn(m, way, node, life));
    if (disposal !== undefined && leaving !== undefined) m.tell({ kind: 'uneven', node, code, disposal, exit: leaving.site, chain });
  }
}

function hangsOn(conditions: Condition | undefined, test: object | undefined): boolean {
  if (test === undefined) return true;
  for (let each = conditions; each !== undefined; each = each.outer) if (each === test) return true;
  return false;
}

/** The same is asked once more on the way: then it may lead nowhere. */
function isDecidedTwice(m: Machine, { conditions }: Way): boolean {
  const tests: string[] = [];
  for (let each = conditions; each !== undefined; each = each.outer) tests.push(m.program.text(each.test).replace(/^!/u, ''));
  return new Set(tests).size < tests.length;
}

function statesOn({ delta }: Way, { cell }: Life): readonly State[] {
  return statesIn(delta.get(cell));
}

/** It has been disposed wherever this way leads along. */
function disposalOn(m: Machine, way: Way, life: Life): Disposal | undefined {
  const states = statesOn(way, life);
  const [first] = states.filter(isDisposed);
  const disposal = first === undefined || !states.every(isDisposed) ? undefined : m.history.lifetimes.disposals[first];
  return disposal?.by === 'call' ? disposal : undefined;
}

/** It has not, wherever this way leads along; who calls the function is not given it, and nothing that was there before has it. */
function isLeftOn(m: Machine, way: Way, node: Node, life: Life): boolean {
  const states = [...statesOn(way, life), ...statesIn(m.pending.get(life.cell))];
  if (states.length === 0 || !states.every((state) => state === 'alive')) return false;
  const found = new ReachableNodes(m, m.frame.since);
  found.followWritten(way.delta);
  found.followShared();
  found.follow(way.value);
  return !found.has(node);
}
