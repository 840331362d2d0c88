/** Assignments: the place is computed first, and once. */
import type { Value } from '../domain/value.ts';
import { host, isNullish, literal, nonNullish } from '../domain/values.ts';
import type { Expression, Pattern, Place, Site } from '../program/ir.ts';
import { evaluateKey } from './builtins/conversion.ts';
import { logical } from './logic.ts';
import type { Machine } from './machine/machine.ts';
import { setMember } from './members/writing.ts';
import { apply } from './operators.ts';
import { assign } from './patterns.ts';
import { refineAt } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

type Of<K extends Expression['op']> = Extract<Expression, { op: K }>;

/** A place whose object and key have been computed. */
interface Reference {
  read(): Value;
  write(value: Value): void;
}

export function storeValue(m: Machine, { target, value: expression }: Of<'store'>): Value {
  const write = writerOf(m, target);
  const value = m.evaluate(expression);
  write(value);
  return value;
}

function writerOf(m: Machine, target: Pattern): (value: Value) => void {
  if (target.kind !== 'member') return (value) => { assign(m, target, value); };
  const reference = memberReference(m, target);
  return (value) => { reference.write(value); };
}

function memberReference(m: Machine, target: Extract<Place, { kind: 'member' }>): Reference {
  const object = m.evaluate(target.object);
  const key = evaluateKey(m, target.key);
  return {
    read: () => {
      // What is nothing has no properties: if it is as it seems, this throws.
      const value = isNullish(object) ? unknownFrom(m, [], target.site) : m.getMember(refineAt(m, nonNullish(object), target.object.site), key, target.site);
      m.semantics.named(value, target.site);
      return value;
    },
    write: (value) => { setMember(m, nonNullish(object), key, value, target); },
  };
}

function referenceTo(m: Machine, { target, current }: Of<'update'>): Reference {
  if (target.kind === 'member' && !isOfParent(current)) return memberReference(m, target);
  return { read: () => m.evaluate(current), write: (value) => { assign(m, target, value); } };
}

/** `super.x`, which is read from the parent and written to the object itself. */
function isOfParent(place: Expression): boolean {
  return place.op === 'member' && place.object === 'super';
}

/** `a += b`, `a ??= b`, `a++`. */
export function update(m: Machine, e: Of<'update'>): Value {
  const { change, current, site } = e;
  const reference = referenceTo(m, e);
  const old = reference.read();
  switch (change.kind) {
    case 'operator': {
      const operand = m.evaluate(change.operand);
      const value = apply(m, change.operator, [old, operand], [current.site, change.operand.site], site);
      reference.write(value);
      return value;
    }
    case 'logical': return logical(m, change.operator, old, current.site, () => {
      const value = m.evaluate(change.value);
      reference.write(value);
      return value;
    });
    case 'step': {
      const value = stepped(m, old, change.by, current.site, site);
      reference.write(value);
      return change.gives === 'new' ? value : numberOf(old);
    }
  }
}

/** One more or less, of the number that a value is or is made into. */
function stepped(m: Machine, old: Value, by: 1 | -1, from: Site, site: Site): Value {
  if (old.kind === 'literal') return typeof old.value === 'bigint' ? literal(old.value + BigInt(by)) : literal(Number(old.value) + by);
  return apply(m, by === 1 ? '+' : '-', [old, literal(1)], [from, site], site);
}

/** What `a++` is worth: a number, whatever `a` was. */
function numberOf(old: Value): Value {
  if (old.kind === 'literal') return typeof old.value === 'bigint' ? old : literal(Number(old.value));
  return old.kind === 'host' ? old : host(undefined);
}
