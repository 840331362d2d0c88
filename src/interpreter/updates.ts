/** Assignments: the place is computed first, and once. */
import type { Value } from '../domain/value.ts';
import { host, isNullish, literal, nonNullish } from '../domain/values.ts';
import type { Expression, Pattern, Place, Site } from '../program/ir.ts';
import { toPrimitive } from './builtins/conversion.ts';
import { fails } from './builtins/errors.ts';
import { logical } from './logic.ts';
import type { Machine } from './machine/machine.ts';
import { setMember } from './members/writing.ts';
import { apply } from './operators.ts';
import { assign } from './patterns.ts';
import { refineAt } from './values/types.ts';

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
  const written = m.evaluate(target.key);
  let key: Value | undefined;
  // What is nothing has no properties: that comes before the key is made of what is written.
  const keyOf = (): Value => (key ??= isNullish(object) ? written : toPrimitive(m, written, 'string', target.key.site));
  return {
    read: () => {
      const value = isNullish(object) ? fails(m, 'TypeError', target.site) : m.getMember(refineAt(m, nonNullish(object), target.object.site), keyOf(), target.site);
      m.semantics.named(value, target.site);
      return value;
    },
    write: (value) => { setMember(m, object, keyOf(), value, target); },
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
function stepped(m: Machine, value: Value, by: 1 | -1, from: Site, site: Site): Value {
  const old = toPrimitive(m, value, 'number', from);
  if (old.kind === 'literal') return typeof old.value === 'bigint' ? literal(old.value + BigInt(by)) : literal(Number(old.value) + by);
  return apply(m, by === 1 ? '+' : '-', [old, literal(1)], [from, site], site);
}

/** What `a++` is worth: a number, whatever `a` was. */
function numberOf(old: Value): Value {
  if (old.kind === 'literal') return typeof old.value === 'bigint' ? old : literal(Number(old.value));
  return old.kind === 'host' ? old : host(undefined);
}
