/** Uses of tensors: whether they have been disposed before. */
import type { Node } from '../../domain/graph.ts';
import type { Use as Told } from '../../domain/life-events.ts';
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { Library } from '../../libraries/library.ts';
import type { Site } from '../../program/ir.ts';
import { runAtHand } from './runs.ts';
import { isDisposed, setStates, statesFound, statesOf } from './states.ts';

/** How a tensor is used: the function's name there, and what the library throws for a tensor that has been disposed. */
export interface Use {
  readonly library: Library;
  readonly label: string;
  readonly site: Site;
  readonly error: string;
}

/** Words by which a program sees to it that a callback is called no more. */
const calledOff = /\b(?:clear(?:Timeout|Interval|Immediate)|cancel\w*|abort\w*|off|remove\w*|unsubscribe)\b/u;

/** Writes down a use of a tensor that may have been disposed. Where it has been for certain the library throws, and nothing comes behind. */
export function tellUse(m: Machine, value: Value, use: Use): void {
  if (value.kind !== 'tensor') return;
  const { disposals, disposed, lives } = m.history.lifetimes;
  const { node } = value;
  const alternatives = node.alternatives().filter((each) => !each.transparent);
  const states = alternatives.map((each) => statesFound(m, each) ?? []);
  const isCalledLater = m.history.lifetimes.round?.of?.kind === 'handler';
  // Where it has been found alive, it may be so whenever the callback is called.
  if (!alternatives.some((each) => disposed.has(each) || (isCalledLater && lives.has(each)))) return;
  const mayBeOff = isCalledLater && (m.frame.conditions !== undefined || m.program.mentions(use.site.file, calledOff));
  const isCertain = !mayBeOff && states.every((each) => each.length > 0 && each.every(isDisposed));
  const by = isCertain ? states.flat().flatMap((state) => (isDisposed(state) ? disposals[state] ?? [] : [])) : [];
  tellIn(m, { kind: 'use', node, chain: m.frame.chain, disposals: by, run: runAtHand(m), times: m.allocator.isRepeating ? 'any number' : 'once', ...use });
  if (by.length > 0) m.throws(unknownFrom(m, [], use.site));
  else if (states.some((each) => each.some(isDisposed))) {
    for (let { round } = m.history.lifetimes; round !== undefined; round = round.outer) round.isDoubtful = true;
    isAlive(m, node);
  }
}

/** Code that goes on behind a use has found the tensor alive. */
function isAlive(m: Machine, node: Node): void {
  const states = node.several || node.transparent ? undefined : statesOf(m, node);
  const alive = states?.filter((state) => !isDisposed(state)) ?? [];
  if (states !== undefined && alive.length > 0 && alive.length < states.length) setStates(m, node, alive);
}

/** A callback that is called later runs as silently as all that perhaps runs; what it finds then it finds whenever it is called. */
function tellIn(m: Machine, event: Told): void {
  m.history.triedUses?.push(event);
  if (m.history.lifetimes.round?.of?.kind === 'handler') m.history.add(event);
  else m.tell(event);
}
