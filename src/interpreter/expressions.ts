/** What an expression evaluates to. */
import type { Arguments, Value } from '../domain/value.ts';
import { isMissing, isNullish, isUndefined, literal, members, never, nonNullish, truth, undefinedValue } from '../domain/values.ts';
import type { Expression, Site } from '../program/ir.ts';
import { writtenKey } from '../program/private-names.ts';
import { evaluateKey } from './builtins/conversion.ts';
import { evaluateText } from './builtins/direct-eval.ts';
import { fails } from './builtins/errors.ts';
import { evaluateArguments } from './arguments.ts';
import { awaitExpression } from './await.ts';
import { construct, constructSuper, instantiateClass } from './classes.ts';
import { closureOf } from './closures.ts';
import { unasked } from './generators/yield.ts';
import { logical } from './logic.ts';
import { decideValue } from './machine/conditions.ts';
import type { Machine } from './machine/machine.ts';
import { superMember } from './members/reading.ts';
import { globalNamed, load, namespace, undefinedCall } from './modules.ts';
import { narrow } from './narrowing.ts';
import { makeArray, makeObject } from './objects.ts';
import { operate } from './operators.ts';
import { storeValue, update } from './updates.ts';
import { refine } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

export function evaluate(m: Machine, e: Expression): Value {
  // A part before it has thrown.
  if (!m.reachable) return never;
  m.step();
  switch (e.op) {
    case 'constant': return literal(e.value);
    case 'load': return named(m, load(m, e.binding, e.site), e.site);
    case 'free': return globalNamed(m, e.name, e.site);
    case 'this':
      // Before the parent's constructor has run there is none.
      if (m.frame.home?.code.extends !== undefined) m.mayThrow();
      return m.frame.receiver;
    case 'member': return evaluateMember(m, e);
    case 'store': return storeValue(m, e);
    case 'update': return update(m, e);
    case 'call': return evaluateCall(m, e);
    case 'construct': {
      const callee = m.evaluate(e.callee);
      return construct(m, callee, evaluateArguments(m, e.arguments), e.site);
    }
    case 'closure': return closureOf(m, e.function);
    case 'class': return instantiateClass(m, e.class);
    case 'object': return makeObject(m, e);
    case 'array': return makeArray(m, e);
    case 'operator': return operate(m, e);
    case 'sequence': return e.expressions.reduce<Value>((_, part) => m.evaluate(part), undefinedValue);
    case 'conditional': {
      const test = truth(m.evaluate(e.test));
      if (test !== undefined) return m.evaluate(test ? e.then : e.else);
      return decideValue(
        m, e.test.site,
        () => {
          narrow(m, e.test, true);
          return m.evaluate(e.then);
        },
        () => {
          narrow(m, e.test, false);
          return m.evaluate(e.else);
        },
      );
    }
    case 'logical': return logical(m, e.operator, m.evaluate(e.left), e.left.site, () => m.evaluate(e.right));
    case 'await': return awaitExpression(m, e);
    case 'module': {
      m.mayThrow();
      const value = namespace(m, e.specifier, e.text);
      return e.dynamic ? { kind: 'promise', value } : value;
    }
    case 'yield': return unasked(m, e.value === undefined ? undefinedValue : m.evaluate(e.value), e);
    case 'opaque':
      m.mayThrow();
      return unknownFrom(m, e.parts.map((part) => m.evaluate(part)), e.site);
  }
}

type Of<K extends Expression['op']> = Extract<Expression, { op: K }>;

function evaluateMember(m: Machine, e: Of<'member'>): Value {
  if (e.object === 'super') return superMember(m, evaluateKey(m, e.key), e.site);
  const { object: written } = e;
  const object = m.evaluate(written);
  return named(m, chained(m, object, e.optional, e.site, (present) => m.getMember(refine(m, present, written), evaluateKey(m, e.key), e.site)), e.site);
}

/** The value, as the code names it. */
function named(m: Machine, value: Value, site: Site): Value {
  m.semantics.named(value, site);
  return value;
}

/** An optional step is taken only where its object is there. */
function chained(m: Machine, object: Value, optional: boolean, site: Site, step: (present: Value) => Value): Value {
  if (optional && isMissing(object)) return undefinedValue;
  if (isNullish(object)) return optional ? undefinedValue : fails(m, 'TypeError', site);
  const present = nonNullish(object);
  if (!optional && present !== object) m.mayThrow();
  if (!optional || present === object) return step(present);
  return m.eitherValue(() => undefinedValue, () => step(present));
}

function evaluateCall(m: Machine, e: Of<'call'>): Value {
  if (e.callee === 'super') return constructSuper(m, evaluateArguments(m, e.arguments), e.site);
  if (e.callee.op !== 'member') {
    const callee = m.evaluate(e.callee);
    const args = evaluateArguments(m, e.arguments);
    if (e.callee.op === 'free' && e.callee.name === 'eval') return evaluateText(m, args, e.callee.site);
    if (!e.optional && isUndefined(callee) && e.callee.op === 'load') return undefinedCall(m, e.callee.binding, e.callee.site);
    return chained(m, callee, e.optional, e.site, (present) => m.invoke(refine(m, present, e.callee as Expression), undefinedValue, args, e.site, labelOf(e.callee as Expression)));
  }
  const { object, key, optional, site, keySite } = e.callee;
  const label = key.op === 'constant' ? writtenKey(String(key.value)) : 'call';
  if (object === 'super') {
    const method = superMember(m, evaluateKey(m, key), site);
    return m.invoke(method, m.frame.receiver, evaluateArguments(m, e.arguments), e.site, label);
  }
  const receiver = m.evaluate(object);
  return chained(m, receiver, optional, e.site, (present) => {
    const self = refine(m, present, object);
    const method = refine(m, m.getMember(self, evaluateKey(m, key), object.site, keySite), e.callee as Expression);
    if (!e.optional && isUndefined(method) && self.kind === 'native') m.semantics.misused(self, { as: 'receiver', site: object.site });
    const call = (callee: Value): Value => {
      const args = evaluateArguments(m, e.arguments);
      const known = key.op === 'constant' ? presumed(m, self, String(key.value), args, e.site) : self;
      return known === self ? m.invoke(callee, self, args, e.site, label) : m.invoke(m.getMember(known, m.evaluate(key), object.site, keySite), known, args, e.site, label);
    };
    return e.optional ? chained(m, method, true, e.site, call) : call(method);
  });
}

/** A receiver with what its unknown parts must be for the call to be possible. To look up a method of them has done nothing. */
function presumed(m: Machine, receiver: Value, name: string, args: Arguments, site: Site): Value {
  const parts = members(receiver).map((part) => (part.kind === 'unknown' ? m.semantics.presumed(part, name, args, site) ?? part : part));
  return parts.every((part, index) => part === members(receiver)[index]) ? receiver : m.memory.joiner.all(parts);
}

function labelOf(callee: Expression): string {
  if (callee.op === 'load') return callee.binding.name === '' ? 'call' : callee.binding.name;
  return callee.op === 'free' ? callee.name : 'call';
}
