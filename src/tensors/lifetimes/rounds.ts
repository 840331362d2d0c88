/** Code that runs any number of times: what a run of it leaves behind that nobody can get at any more. */
import { allocated } from '../../domain/cell.ts';
import type { Node } from '../../domain/graph.ts';
import type { Repetition, Round } from '../../domain/lifetimes.ts';
import type { Value } from '../../domain/value.ts';
import type { Holder, Run } from '../../domain/life-events.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { leavesOf } from '../layers/weights.ts';
import { tensorsIn } from './containers.ts';
import { outsideRegions } from './disposals.ts';
import { roundsOf } from './length.ts';
import { ReachableNodes } from './reachable.ts';
import { tellNextRound } from './next-round.ts';
import { replacedByNext } from './next-run.ts';
import { isDisposed, mayBeAlive, standForSeveral, statesIn, statesOf } from './states.ts';

/** Runs a piece of code once, of all the times that it may run. */
export function oneRun(m: Machine, repetition: Repetition | undefined, body: () => Value | undefined): void {
  const { lifetimes } = m.history;
  const outer = lifetimes.round;
  const round: Round = { of: repetition, outer, made: new Set(), uncounted: new Set(), isDoubtful: false };
  const { made } = round;
  const [since, base] = [allocated(), m.memory.store];
  let result: Value | undefined;
  const run = (): void => { result = body(); };
  if (repetition?.kind === 'call' && repetition.when === 'any time') mayBeAlive(m);
  lifetimes.round = round;
  try {
    if (repetition?.kind === 'handler') outsideRegions(m, run);
    else run();
  } finally {
    lifetimes.round = outer;
  }
  if (repetition?.kind === 'call' && result !== undefined) for (const node of tensorsIn(m, result).keys()) m.history.lifetimes.given.add(node);
  if (round.isDoubtful && m.comesOut) tellNextRound(m, repetition, result, body);
  if (made.size === 0) return;
  for (const node of made) {
    outer?.made.add(node);
    outer?.uncounted.add(node);
  }
  if (m.comesOut) judge(m, repetition, round, { since, base, result }, body);
}

/** An `async` function whose caller goes on from where it waits, and of which no end is known: what it disposes behind that the caller does not see. */
function neverEnds(result: Value | undefined): boolean {
  return result?.kind === 'promise' && result.value.kind === 'never';
}

/** Runs code that belongs to no run at hand. */
export function outsideRounds({ history: { lifetimes } }: Machine, body: () => void): void {
  const { round } = lifetimes;
  lifetimes.round = undefined;
  try {
    body();
  } finally {
    lifetimes.round = round;
  }
}

/** A run that has come to its end. */
interface Ended {
  /** When it began, as allocations count, and on which layer of the store. */
  readonly since: number;
  readonly base: Machine['memory']['store'];
  readonly result: Value | undefined;
}

function reachable(m: Machine, { since, base, result }: Ended): ReachableNodes {
  const found = new ReachableNodes(m, since);
  found.followWritten(m.memory.store.since(base));
  found.followShared();
  if (result !== undefined) found.follow(result);
  return found;
}

function judge(m: Machine, repetition: Repetition | undefined, round: Round, run: Ended, next: () => Value | undefined): void {
  const { since, result } = run;
  const made = [...round.made];
  const found = reachable(m, run);
  const isLost = (node: Node): boolean => !found.has(node) && !m.history.escaped.has(node);
  if (repetition === undefined) {
    // Whoever runs it may hold what its rounds give.
    for (const node of made) if (result === undefined || !isLost(node)) standForSeveral(m, node);
    return;
  }
  const isDisposedBehind = (node: Node): boolean => neverEnds(result) && m.history.lifetimes.disposed.has(node);
  const left = made.filter((node) => isLost(node) && !isDisposedBehind(node) && isLeft(m, node, repetition) && isWhole(m, node, since, isLost));
  const replaced = replacedIn(m, made, made.filter((node) => !isLost(node)), repetition, run, next);
  if (repetition.kind !== 'call') for (const node of made) if (!isLost(node)) standForSeveral(m, node);
  const rounds = repetition.kind === 'loop' ? roundsOf(m, repetition) : 'any number';
  if ((m.occasion.isSilent && repetition.kind !== 'handler') || rounds === 'as many as there are') return;
  const kept = [...left, ...replaced.keys()].filter((node) => statesOf(m, node)?.every((state) => state === 'kept' || state === 'static') === true);
  m.history.add({ kind: 'run', repetition, chain: m.frame.chain, made, left, replaced, kept, uncounted: round.uncounted, disposed: made.filter((node) => isDisposedByCall(m, node)), rounds, holder: holderOf(m, repetition, result) });
}

/** Tensors that can be got at when the run is over, until the next one puts others in their places: nobody disposes them in between. */
function replacedIn(m: Machine, made: readonly Node[], held: readonly Node[], repetition: Repetition, run: Ended, next: () => Value | undefined): Run['replaced'] {
  const { occasion, history: { lifetimes, escaped } } = m;
  // Scopes may ask for every variable that has been made: none is made that nobody has.
  const isTensor = (node: Node): boolean => lifetimes.lives.get(node)?.kind === 'tensor';
  const isOpen = (node: Node): boolean => isTensor(node) && !lifetimes.disposed.has(node) && !escaped.has(node) && isLeft(m, node, repetition);
  const isTold = !m.pending.isTentative && (!occasion.isSilent || repetition.kind === 'handler') && made.every(isTensor);
  const open = isTold ? held.filter(isOpen) : [];
  if (open.length === 0) return new Map();
  const kept = keptInPlaces(m, run);
  const replaceable = open.filter((node) => kept.has(node));
  return replaceable.length === 0 ? new Map() : replacedByNext(m, replaceable, next, isOpen);
}

/** What a run has put, or will, where the next one may put something else: what it only gives to whoever has called it stays with that. */
function keptInPlaces(m: Machine, { since, base }: Ended): ReachableNodes {
  const kept = new ReachableNodes(m, since);
  kept.followWritten(m.memory.store.since(base));
  kept.followWaiting();
  return kept;
}

function isDisposedByCall(m: Machine, node: Node): boolean {
  const { disposals } = m.history.lifetimes;
  const states = statesOf(m, node) ?? [];
  return states.length > 0 && states.every((state) => isDisposed(state) && disposals[state]?.by === 'call');
}

/** It is alive when the run is over, and nobody that goes on later disposes it. Of several tensors that one node stands for all are: what becomes of one of them is joined to what the others are. */
function isLeft(m: Machine, node: Node, repetition: Repetition): boolean {
  const { lives, region } = m.history.lifetimes;
  const life = lives.get(node);
  if (life === undefined || (life.cell.allocation.summary && life.kind !== 'tensor') || life.cell.unsteady) return false;
  const isFree = region === undefined || repetition.kind === 'handler';
  // What goes on later may do more to it. Of what it has done itself the end counts.
  const isOwn = repetition.kind !== 'loop' && repetition.code.async;
  const states = [...statesOf(m, node) ?? ['loose'], ...statesIn(isOwn ? m.pending.byOthers(life.cell) : m.pending.get(life.cell))];
  return states.every((state) => state === 'kept' || state === 'static' || (isFree && state === 'alive'));
}

/** What a model keeps it keeps alone, and it is there: its layers are as new as it is, nobody else has them, and they have made their weights. */
function isWhole(m: Machine, node: Node, since: number, isLost: (node: Node) => boolean): boolean {
  const model = m.history.models.byWeights.get(node);
  if (model?.block === undefined) return true;
  const leaves = leavesOf(m, model);
  const blocks = leaves.flatMap((leaf) => (leaf.kind === 'instance' && leaf.node !== undefined ? leaf.block ?? [] : []));
  const isOwn = leaves.every((leaf) => leaf.kind === 'instance' && leaf.block?.allocation.isSince(since) === true && (leaf.node === undefined || isLost(leaf.node)));
  return isOwn && blocks.some(({ built }) => { const value = m.memory.read(built); return value?.kind === 'literal' && value.value === true; });
}

/** Whether a caller beyond what is seen may have opened a region around the code. Behind an `await` none is open; nobody calls what a module does itself. */
function holderOf(m: Machine, repetition: Repetition, result: Value | undefined): Holder {
  if (repetition.kind === 'handler') return 'nobody';
  if (repetition.kind === 'loop') return m.frame.late || (m.occasion.preparing && m.occasion.holder === 'file') ? 'nobody' : 'a caller';
  if (repetition.code.async) return 'nobody';
  const mayHold = (value: Value | undefined): boolean => value !== undefined && tensorsIn(m, value).size > 0;
  return mayHold(result) && repetition.given.some(mayHold) ? 'a caller, of which it is a step' : 'a caller';
}
