/** What an expression evaluates to. */
import type { Arguments, Value } from '../domain/value.ts';
import { isMissing, isNullish, isUndefined, literal, mayBeNullish, members, never, nonNullish, truth, undefinedValue } from '../domain/values.ts';
import type { Chain, Expression, Site } from '../program/ir.ts';
import { writtenKey } from '../program/private-names.ts';
import { evaluateKey } from './builtins/conversion.ts';
import { evaluateText } from './builtins/direct-eval.ts';
import { fails } from './builtins/errors.ts';
import { evaluateArguments } from './arguments.ts';
import { awaitExpression } from './await.ts';
import { construct, constructSuper, instantiateClass } from './classes.ts';
import { closureOf } from './closures.ts';
import { escape } from './escape.ts';
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
    case 'member': return evaluateMember(m, e, asItIs);
    case 'store': return storeValue(m, e);
    case 'update': return update(m, e);
    case 'call': return evaluateCall(m, e, asItIs);
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

/** The rest of an optional chain: what becomes of what a link gives. It is not evaluated where an optional link finds nothing. */
type Rest = (value: Value) => Value;

const asItIs: Rest = (value) => value;

function evaluateMember(m: Machine, e: Of<'member'>, rest: Rest): Value {
  if (e.object === 'super') return rest(superMember(m, evaluateKey(m, e.key), e.site));
  const { object: written } = e;
  return before(m, written, e.chain, (object) => chained(m, object, e, e.site, (present) => rest(named(m, m.getMember(refine(m, present, written), evaluateKey(m, e.key), e.site), e.site))));
}

/** What stands before a link: a part of the same chain, or a value by itself. */
function before(m: Machine, e: Expression, chain: Chain, rest: Rest): Value {
  if (chain !== 'follows' || (e.op !== 'member' && e.op !== 'call')) return rest(m.evaluate(e));
  m.step();
  return e.op === 'member' ? evaluateMember(m, e, rest) : evaluateCall(m, e, rest);
}

/** The value, as the code names it. */
function named(m: Machine, value: Value, site: Site): Value {
  // What it stands for is not found by its type: it is in the hands of whoever uses it.
  if (m.memory.joiner.hasDropped) for (const member of members(value)) if (member.kind === 'unknown') escape(m, [], member);
  m.semantics.named(value, site);
  return value;
}

/** A link is taken only where its object is there: what is behind an optional one is left out otherwise. */
function chained(m: Machine, object: Value, link: Of<'member' | 'call'>, site: Site, step: (present: Value) => Value): Value {
  const isOptional = link.chain === 'asks';
  if (isOptional && isMissing(object)) return undefinedValue;
  if (isNullish(object)) return isOptional ? undefinedValue : readOfNothing(m, link, site);
  const present = nonNullish(object);
  if (!isOptional && present !== object) m.mayThrow();
  if (!isOptional || !mayBeNullish(object)) return step(present);
  return m.eitherValue(() => undefinedValue, () => step(present));
}

/** The key comes before the error. */
function readOfNothing(m: Machine, link: Of<'member' | 'call'>, site: Site): Value {
  if (link.op === 'member') m.evaluate(link.key);
  return m.comesOut ? fails(m, 'TypeError', site) : never;
}

function evaluateCall(m: Machine, e: Of<'call'>, rest: Rest): Value {
  if (e.callee === 'super') return rest(constructSuper(m, evaluateArguments(m, e.arguments), e.site));
  const { callee } = e;
  if (callee.op === 'member') return evaluateMethod(m, e, callee, rest);
  return before(m, callee, e.chain, (called) => callFunction(m, e, callee, called, rest));
}

function callFunction(m: Machine, e: Of<'call'>, written: Expression, callee: Value, rest: Rest): Value {
  if (e.chain === 'asks') return chained(m, callee, e, e.site, (present) => rest(m.invoke(refine(m, present, written), undefinedValue, evaluateArguments(m, e.arguments), e.site, labelOf(written))));
  const args = evaluateArguments(m, e.arguments);
  if (written.op === 'free' && written.name === 'eval') return rest(evaluateText(m, args, written.site));
  if (isUndefined(callee) && written.op === 'load') return rest(undefinedCall(m, written.binding, written.site));
  return chained(m, callee, e, e.site, (present) => rest(m.invoke(refine(m, present, written), undefinedValue, args, e.site, labelOf(written))));
}

function evaluateMethod(m: Machine, e: Of<'call'>, callee: Of<'member'>, rest: Rest): Value {
  const { object, key, chain, site, keySite } = callee;
  const label = key.op === 'constant' ? writtenKey(String(key.value)) : 'call';
  if (object === 'super') {
    const method = superMember(m, evaluateKey(m, key), site);
    return rest(m.invoke(method, m.frame.receiver, evaluateArguments(m, e.arguments), e.site, label));
  }
  return before(m, object, chain, (receiver) => chained(m, receiver, callee, e.site, (present) => {
    const self = refine(m, present, object);
    const method = refine(m, m.getMember(self, evaluateKey(m, key), object.site, keySite), callee);
    if (e.chain !== 'asks' && isUndefined(method) && self.kind === 'native') m.semantics.misused(self, { as: 'receiver', site: object.site });
    const call = (called: Value): Value => {
      const args = evaluateArguments(m, e.arguments);
      const known = key.op === 'constant' ? presumed(m, self, String(key.value), args, e.site) : self;
      return rest(known === self ? m.invoke(called, self, args, e.site, label) : m.invoke(m.getMember(known, m.evaluate(key), object.site, keySite), known, args, e.site, label));
    };
    return e.chain === 'asks' ? chained(m, method, e, e.site, call) : call(method);
  }));
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
