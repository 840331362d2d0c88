/** What an expression evaluates to. */
import type { Argument, Expression, Site } from '../program/ir.ts';
import { instantiateClass } from './classes.ts';
import { closureOf, invoke } from './functions.ts';
import type { Arguments } from './invocation.ts';
import { nodeOf } from '../domain/join.ts';
import { isGradientFunction, tellTakenForGradients, typeError } from '../tensors/gradient-functions.ts';
import type { Machine } from './machine.ts';
import { assign } from './patterns.ts';
import { getMember, superMember } from './members.ts';
import { narrow } from './narrowing.ts';
import { operate } from './operators.ts';
import { construct, constructSuper } from './classes.ts';
import { awaited } from './promises.ts';
import { refine } from './types.ts';
import { makeArray, makeObject } from './objects.ts';
import { unknownFrom } from './unknown.ts';
import { type Value, isMissing, isNullish, isUndefined, literal, members, nonNullish, truth, undefinedValue } from '../domain/value.ts';

export function evaluate(m: Machine, e: Expression): Value {
  m.step();
  switch (e.op) {
    case 'constant': return literal(e.value);
    case 'load': return named(m, m.realm.load(m, e.binding, e.site), e.site);
    case 'free': return m.realm.global(m, e.name, e.site);
    case 'this': return m.frame.receiver;
    case 'member': return evaluateMember(m, e);
    case 'store': {
      const value = evaluate(m, e.value);
      assign(m, e.target, value);
      return value;
    }
    case 'call': return evaluateCall(m, e);
    case 'construct': {
      const callee = evaluate(m, e.callee);
      return construct(m, callee, evaluateArguments(m, e.arguments), e.site);
    }
    case 'closure': return closureOf(m, e.function);
    case 'class': return instantiateClass(m, e.class);
    case 'object': return makeObject(m, e);
    case 'array': return makeArray(m, e);
    case 'operator': return operate(m, e);
    case 'sequence': return e.expressions.reduce<Value>((_, part) => evaluate(m, part), undefinedValue);
    case 'conditional': {
      const test = truth(evaluate(m, e.test));
      if (test !== undefined) return evaluate(m, test ? e.then : e.else);
      return m.eitherValue(
        () => {
          narrow(m, e.test, true);
          return evaluate(m, e.then);
        },
        () => {
          narrow(m, e.test, false);
          return evaluate(m, e.else);
        },
      );
    }
    case 'logical': return evaluateLogical(m, e);
    case 'await': return awaited(m, evaluate(m, e.value), e.site);
    case 'module': {
      const namespace = m.realm.namespace(m, e.specifier, e.text);
      return e.dynamic ? { kind: 'promise', value: namespace } : namespace;
    }
    case 'opaque': return unknownFrom(m, e.parts.map((part) => evaluate(m, part)), e.site);
  }
}

type Of<K extends Expression['op']> = Extract<Expression, { op: K }>;

function evaluateLogical(m: Machine, e: Of<'logical'>): Value {
  const left = evaluate(m, e.left);
  const goesOn = (value: Value): boolean | undefined => {
    if (e.operator === '??') return isNullish(value) || isMissing(value) ? true : value.kind === 'unknown' || value.kind === 'host' ? undefined : false;
    const holds = truth(value);
    return holds === undefined ? undefined : holds === (e.operator === '&&');
  };
  const decisions = new Set(members(left).map(goesOn));
  const [only] = decisions;
  if (decisions.size === 1 && only !== undefined) return only ? evaluate(m, e.right) : left;
  const kept = e.operator === '&&' ? left : nonNullish(left);
  return m.eitherValue(() => kept, () => evaluate(m, e.right));
}

function evaluateMember(m: Machine, e: Of<'member'>): Value {
  const key = evaluate(m, e.key);
  if (e.object === 'super') return superMember(m, key, e.site);
  const object = evaluate(m, e.object);
  return named(m, chained(m, object, e.optional, e.site, (present) => getMember(m, refine(m, present, e.object as Expression), key, e.site)), e.site);
}

/** Remembers where a scope first names a value that was made before it. */
function named(m: Machine, value: Value, site: Site): Value {
  for (let { tapes } = m; tapes !== undefined; tapes = tapes.outer) {
    const tape = tapes.innermost;
    for (const member of members(value)) {
      const node = nodeOf(member);
      if (node !== undefined && !node.isOn(tape) && !tape.entries.has(node)) tape.entries.set(node, { site, chain: m.frame.chain });
    }
  }
  return value;
}

/** An optional step is taken only where its object is there. */
function chained(m: Machine, object: Value, optional: boolean, site: Site, step: (present: Value) => Value): Value {
  // Without the question mark this throws, if it is as it seems: nothing is known of what follows.
  if (optional && isMissing(object)) return undefinedValue;
  if (isNullish(object)) return optional ? undefinedValue : unknownFrom(m, [], site);
  const present = nonNullish(object);
  if (!optional || present === object) return step(present);
  return m.eitherValue(() => undefinedValue, () => step(present));
}

function evaluateCall(m: Machine, e: Of<'call'>): Value {
  if (e.callee === 'super') return constructSuper(m, evaluateArguments(m, e.arguments), e.site);
  if (e.callee.op !== 'member') {
    const callee = evaluate(m, e.callee);
    const args = evaluateArguments(m, e.arguments);
    if (!e.optional && isUndefined(callee) && e.callee.op === 'load') return m.realm.undefinedCall(m, e.callee.binding, e.callee.site);
    return chained(m, callee, e.optional, e.site, (present) => invoke(m, refine(m, present, e.callee as Expression), undefinedValue, args, e.site, labelOf(e.callee as Expression)));
  }
  const { object, key, optional, site, keySite } = e.callee;
  const label = key.op === 'constant' ? String(key.value) : 'call';
  if (object === 'super') {
    const method = superMember(m, evaluate(m, key), site);
    return invoke(m, method, m.frame.receiver, evaluateArguments(m, e.arguments), e.site, label);
  }
  const receiver = evaluate(m, object);
  return chained(m, receiver, optional, e.site, (present) => {
    const self = refine(m, present, object);
    const method = refine(m, getMember(m, self, evaluate(m, key), object.site, keySite), e.callee as Expression);
    if (!e.optional && isUndefined(method) && isGradientFunction(self)) tellTakenForGradients(m, self, object.site, typeError);
    const call = (callee: Value): Value => invoke(m, callee, self, evaluateArguments(m, e.arguments), e.site, label);
    return e.optional ? chained(m, method, true, e.site, call) : call(method);
  });
}

function labelOf(callee: Expression): string {
  if (callee.op === 'load') return callee.binding.name;
  return callee.op === 'free' ? callee.name : 'call';
}

export function evaluateArguments(m: Machine, list: readonly Argument[]): Arguments {
  const values: Value[] = [];
  const sites = [];
  let others: Value | undefined;
  for (const { spread, value: expression } of list) {
    const value = evaluate(m, expression);
    if (!spread) {
      if (others === undefined) {
        values.push(value);
        sites.push(expression.site);
      } else others = m.joiner.values(others, value);
      continue;
    }
    const items = m.realm.iterate(m, value, expression.site);
    if (others === undefined) for (const item of items.items) {
      values.push(item);
      sites.push(expression.site);
    }
    if (items.others.kind !== 'never') others = m.joiner.all([others ?? items.others, items.others]);
  }
  return { values, sites, others };
}
