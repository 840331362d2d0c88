/** Generators as values: each call of `next`, `return` or `throw` runs the body from where it stands to its next stop. */
import { allocated } from '../../domain/cell.ts';
import type { ClosureValue, HeapObject, Value } from '../../domain/value.ts';
import { literal, members, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { languageError } from '../builtins/errors.ts';
import { enterScope } from '../closures.ts';
import { fixpoint } from '../fixpoint.ts';
import { nowOrLater } from '../later.ts';
import { Activation, type Completion, type Position } from '../machine/activation.ts';
import { attempt, caught } from '../machine/attempt.ts';
import type { Exit, Frame } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { leaveWith } from './suspension.ts';

/** What the call of a generator gives, once its parameters have been bound. */
export function begin(m: Machine, closure: ClosureValue, receiver: Value, site: Site): Value {
  const heap = m.heap({ kind: 'generator', async: closure.code.async }, site);
  const activation = m.generators.get(heap) ?? new Activation(closure, receiver, m.environment, heap.allocation);
  m.generators.set(heap, activation);
  m.memory.write(activation.state, activation.name('start'));
  return { kind: 'object', heap };
}

/** Runs the body on; gives `{ value, done }`. */
export function resume(m: Machine, heap: HeapObject, completion: Completion, site: Site): Value {
  m.step();
  const activation = m.generators.get(heap);
  if (activation === undefined) return unknownFrom(m, [{ kind: 'object', heap }, completion.value], site);
  const positions = activation.positions(m.memory.read(activation.state) ?? never);
  return m.eitherValue(...positions.map((position) => () => from(m, activation, position, completion, site)));
}

function from(m: Machine, activation: Activation, position: Position, completion: Completion, site: Site): Value {
  if (position === 'running') {
    m.throws(languageError(m, 'TypeError', site));
    return never;
  }
  const { closure: { code } } = activation;
  // Also what ends it before it begins has called it: nobody else needs to.
  if (position === 'start' && !m.occasion.isSilent) m.history.executed.enter(code);
  if (position === 'end' || (position === 'start' && completion.kind !== 'next')) return ended(m, activation, completion, site);
  if (position !== 'start') return run(m, activation, site, () => { position.resume(completion); });
  return run(m, activation, site, () => {
    enterScope(m, code.body);
    m.executeAll(code.body.body);
  });
}

function ended(m: Machine, activation: Activation, completion: Completion, site: Site): Value {
  m.memory.write(activation.state, activation.name('end'));
  if (completion.kind !== 'throw') return record(m, site, { value: completion.kind === 'return' ? completion.value : undefinedValue, done: literal(true) });
  leaveWith(m, completion);
  return never;
}

/** In which code of the body runs for the one who asks. */
export function bodyFrame({ memory: { store }, frame: caller, waits }: Machine, activation: Activation, site: Site): Frame {
  const { closure: { code, home }, receiver } = activation;
  const isAwaited = caller.awaits.has(site);
  return {
    code, receiver, home, caller, depth: caller.depth + 1, generator: activation, chain: { site, caller: caller.chain },
    base: store, exits: [], entry: store, since: allocated(), waits, inTurns: false, blocks: isAwaited && caller.blocks,
    isAwaited, awaits: new Set(), suspensions: undefined, letGo: undefined, late: caller.late, conditions: caller.conditions, caught: caller.caught, isParted: false,
  };
}

/** Runs code of the body to its next stop, or its end. */
function run(m: Machine, activation: Activation, site: Site, body: () => void): Value {
  const { memory, frame: caller, environment } = m;
  memory.write(activation.state, activation.name('running'));
  m.frame = bodyFrame(m, activation, site);
  m.environment = activation.environment;
  const { end, exits, thrown } = attempt(m, site, () => { m.allocator.along(site.start, body); });
  m.frame = caller;
  m.environment = environment;
  return m.eitherValue(
    ...end === undefined ? [] : [() => {
      memory.absorb([end]);
      return ended(m, activation, { kind: 'next', value: undefinedValue }, site);
    }],
    ...exits.map((exit) => () => {
      memory.absorb([exit.delta]);
      return left(m, activation, exit, site);
    }),
    ...thrown.length === 0 ? [] : [() => ended(m, activation, { kind: 'throw', value: caught(m, thrown) }, site)],
  );
}

/** What the caller is given where the body is left in some way. */
function left(m: Machine, activation: Activation, exit: Exit, site: Site): Value {
  if (exit.kind === 'yield') {
    m.memory.write(activation.state, activation.name(exit.point));
    return exit.result;
  }
  return ended(m, activation, exit.kind === 'return' ? exit : { kind: 'next', value: undefinedValue }, site);
}

/**
 * Runs a generator as code does that is not known: any number of its steps, now or later. Gives what it may give. Once is
 * enough, for later steps are run again where they would find something else.
 */
export function drained(m: Machine, heap: HeapObject, site: Site): readonly Value[] {
  const activation = m.generators.get(heap);
  if (activation === undefined) return [unknownFrom(m, [{ kind: 'object', heap }], site)];
  if (activation.drained !== undefined) return activation.drained;
  const results: Value[] = activation.drained = [];
  nowOrLater(m, () => {
    m.memory.stoppable(() => {
      m.perhaps(() => {
        fixpoint(m, () => { results.push(step(m, heap, site)); });
      });
    });
  });
  return results;
}

/** Asks a generator for one step, in any way. */
function step(m: Machine, heap: HeapObject, site: Site): Value {
  const value = unknownFrom(m, [], site);
  return m.eitherValue(...(['next', 'return', 'throw'] as const).map((kind) => () => resume(m, heap, { kind, value }, site)));
}

/** The generators among some values. */
export function generatorsIn(value: Value): readonly HeapObject[] {
  return members(value).flatMap((member) => (member.kind === 'object' && member.heap.form.kind === 'generator' ? [member.heap] : []));
}
