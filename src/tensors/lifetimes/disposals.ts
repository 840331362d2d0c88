/** What disposes tensors, keeps them, or gives them on: calls and regions of a library. */
import type { Node } from '../../domain/graph.ts';
import type { BegunCall, Disposal, Region } from '../../domain/lifetimes.ts';
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { ownedBy, tensorsIn } from './containers.ts';
import { disposalNumber, isDisposed, placeIn, setStates, type State, statesOf } from './states.ts';

/** `x.dispose()`, `dispose(container)`. */
export function disposed(m: Machine, value: Value, disposal: Disposal): void {
  const number = disposalNumber(m, disposal);
  for (const [node, presence] of ownedBy(m, value)) {
    const before = statesOf(m, node);
    if (before === undefined) continue;
    m.history.lifetimes.disposed.add(node);
    // Where it has been disposed before, that is what did it.
    const after = before.map((state): State => (isDisposed(state) ? state : isPart(m, node) ? 'loose' : number));
    setStates(m, node, presence === 'certain' ? after : [...before, ...after]);
  }
}

/** A node that stands for several tensors at once may be any of them: of the others it is not known. */
function isPart(m: Machine, node: Node): boolean {
  return node.several && m.history.lifetimes.lives.get(node)?.kind === 'tensor';
}

/** `disposeVariables()`: what the library knows of is gone, and with it what models keep. */
export function variablesDisposed(m: Machine): void {
  for (const [node, { kind }] of m.history.lifetimes.lives) if (kind !== 'tensor') setStates(m, node, ['loose']);
}

/** `keep(x)`. */
export function kept(m: Machine, value: Value): void {
  for (const [node, presence] of tensorsIn(m, value)) {
    const before = statesOf(m, node);
    if (before === undefined) continue;
    const isOwn = presence === 'certain' && !isPart(m, node) && before.every((state) => state === 'alive');
    setStates(m, node, isOwn ? ['kept'] : [...before, 'loose']);
  }
}

/** Runs code at whose end the library disposes what it has made, but for what `given` says of the result. */
export function inRegion<T>(m: Machine, disposal: Disposal, body: () => T, given: (result: T) => Value): T {
  const region = open(m, 'disposing');
  const result = within(m, region, body);
  if (m.reachable) close(m, region, disposal, given(result));
  return result;
}

/** Runs code of which it is not known what becomes of the tensors that it makes. */
export function inOpaque<T>(m: Machine, body: () => T): T {
  return within(m, open(m, 'opaque'), body);
}

/** Runs code around which no region is open. */
export function outsideRegions(m: Machine, body: () => void): void {
  within(m, undefined, body);
}

function open(m: Machine, kind: Region['kind']): Region {
  return { kind, late: m.frame.late, made: new Set(), begun: [], outer: m.history.lifetimes.region };
}

function within<T>(m: Machine, region: Region | undefined, body: () => T): T {
  const { lifetimes } = m.history;
  const outer = lifetimes.region;
  lifetimes.region = region;
  try {
    return body();
  } finally {
    lifetimes.region = outer;
  }
}

function close(m: Machine, region: Region, disposal: Disposal, result: Value): void {
  const number = disposalNumber(m, disposal);
  const given = tensorsIn(m, result);
  for (const node of region.made) {
    const before = statesOf(m, node);
    if (before === undefined) continue;
    // Code that is not known may have kept what it was handed.
    const presence = m.history.escaped.has(node) ? 'perhaps' : given.get(node) ?? 'never';
    setStates(m, node, afterRegion(m, before, presence, number));
    if (given.has(node)) handOver(m, node, region, disposal);
  }
  for (const node of region.made) if (statesOf(m, node)?.some(isDisposed) === true) m.history.lifetimes.disposed.add(node);
  for (const { tensors, ...call } of region.begun) {
    const isGone = tensors.some((node) => { const states = statesOf(m, node) ?? []; return states.length > 0 && states.every((state) => state === number); });
    if (isGone) m.tell({ kind: 'promised', form: 'training', region: disposal, ...call });
  }
}

/** A call, which is opaque itself, has begun something that goes on with tensors when the region around it has ended. */
export function goesOn(m: Machine, call: BegunCall): void {
  const { region } = m.history.lifetimes;
  if (!m.frame.late && !m.occasion.isSilent) region?.outer?.begun.push(call);
}

/** Outside of the region it is what the region gives. */
function handOver(m: Machine, node: Node, { outer }: Region, { site, label }: Disposal): void {
  const { lifetimes } = m.history;
  const life = lifetimes.lives.get(node);
  outer?.made.add(node);
  if (life !== undefined) lifetimes.live(node, { ...life, site, label, ...placeIn(m.frame) });
}

function afterRegion(m: Machine, before: readonly State[], presence: 'certain' | 'perhaps' | 'never', number: number): readonly State[] {
  const given: State = m.history.lifetimes.region?.kind === 'opaque' ? 'loose' : 'alive';
  return before.map((state) => {
    if (state !== 'alive') return state;
    return presence === 'certain' ? given : presence === 'perhaps' ? 'loose' : number;
  });
}
