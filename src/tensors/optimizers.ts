/** Optimizers that keep moments of what they move, and the steps that they take. */
import { Allocation } from '../domain/cell.ts';
import { Node } from '../domain/graph.ts';
import type { Taken } from '../domain/history.ts';
import { argument } from '../domain/invocation.ts';
import type { Repetition, Round } from '../domain/lifetimes.ts';
import { type InstanceValue, type Invocation, Optimizer, type Value } from '../domain/value.ts';
import { literal, members, plainHost } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import { begin, setStates } from './lifetimes/states.ts';

export function makeOptimizer(m: Machine, library: Library, { class: className, moments }: Extract<Meaning, { is: 'instance' }>, call: Invocation): InstanceValue {
  const { label, site } = call;
  const optimizer = m.allocator.allocate('optimizer', site, () => {
    const node = new Node({ kind: 'external', handed: true }, label, site, m.frame.chain, m.tapes);
    return new Optimizer(node, new Allocation(m.occasion.preparing));
  }, ({ last }) => { last.allocation.summary = true; });
  // As good as unknown: a function that takes its first step finds nothing else when it is run once more.
  m.memory.write(optimizer.last, plainHost);
  begin(m, library, optimizer.node, call, 'optimizer');
  // Until its first step there is nothing to dispose.
  if (moments === 'later') setStates(m, optimizer.node, ['loose']);
  return { kind: 'instance', library, class: className, node: optimizer.node, optimizer };
}

/** It moves the variables of a scope. */
export function takeStep(m: Machine, optimizer: Optimizer, how: Omit<Taken, 'rounds'>): void {
  const { steps, lifetimes } = m.history;
  const taken: Taken = { ...how, rounds: repetitionsOf(lifetimes.round) };
  const takenIn = lifetimes.round?.made.has(optimizer.node) === true ? 'the run that makes it' : 'another run';
  m.tell({ kind: 'step', optimizer, of: taken, previous: lastStep(m, optimizer), takenIn });
  m.memory.write(optimizer.last, literal(steps.push(taken) - 1));
}

function repetitionsOf(round: Round | undefined): readonly Repetition[] {
  return round === undefined ? [] : [...repetitionsOf(round.outer), ...round.of === undefined ? [] : [round.of]];
}

/** The same in every run that gets here: ways on which it differs are joined to what is no literal any more. */
function lastStep(m: Machine, { last }: Optimizer): Taken | undefined {
  const value = m.memory.read(last);
  return value?.kind === 'literal' && typeof value.value === 'number' ? m.history.steps[value.value] : undefined;
}

/** It may have taken a step that is not known, or have been given other moments. */
export function loseTrack(m: Machine, value: Value): void {
  for (const member of members(value)) if (member.kind === 'instance' && member.optimizer !== undefined) m.memory.write(member.optimizer.last, plainHost);
}

/** `optimizer.applyGradients(gradients)`. */
export function applyGradients(m: Machine, receiver: Value | undefined, call: Invocation): void {
  const scope = scopeOf(m, argument(call.arguments, 0));
  if (scope === undefined) m.history.hasUnknownSteps = true;
  if (receiver?.kind !== 'instance' || receiver.optimizer === undefined) return;
  if (scope === undefined) loseTrack(m, receiver);
  else takeStep(m, receiver.optimizer, { scope, moves: 'what has a gradient', label: call.label, site: call.site, chain: m.frame.chain });
}

/** The scope whose gradients an object holds, all of them and nothing else. */
function scopeOf(m: Machine, gradients: Value): Taken['scope'] | undefined {
  if (gradients.kind !== 'object') return undefined;
  const { heap } = gradients;
  const named = m.history.named.get(heap);
  const isAsMade = heap.open === undefined && heap.properties.size === 0 && heap.accessors.size === 0 && !m.escaped.heaps.has(heap) && !m.escaped.named.has(heap);
  return named !== undefined && isAsMade && m.memory.store.read(heap.elements) === named.list ? named.scope : undefined;
}
