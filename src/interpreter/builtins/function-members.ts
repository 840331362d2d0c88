/** `call`, `apply`, `bind` and properties of functions. */
import { argument } from '../../domain/invocation.ts';
import type { Arguments, ClosureValue, Invocation, NativeValue, Value } from '../../domain/value.ts';
import { literal, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { objectMember } from '../members/object-members.ts';
import { ownProperty } from '../members/own.ts';
import { unknownProperties } from '../values/properties.ts';
import { ownMemberOf } from '../values/function-names.ts';
import { prototypeOfValue } from '../values/inheritance.ts';
import { prototypeOf } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';
import { globalMember, isNamespace } from './globals.ts';
import { listed } from './reflection.ts';

export function functionMember(m: Machine, callee: Value, name: string | undefined, site: Site): Value {
  // Static members of the language's own constructors come first: `Reflect.apply` is no `Function.prototype.apply`.
  const own = callee.kind === 'native' && callee.bare !== true && name !== undefined ? ownOfNative(m, callee, name) : undefined;
  if (own !== undefined) return own;
  if (callee.kind === 'native' && callee.path !== undefined && callee.standard === undefined && isNamespace(callee.path)) return memberOfNamespace(m, name, site);
  switch (name) {
    case 'call': case 'apply': case 'bind': return orOfOthers(m, callee, { kind: 'native', name, call: callers[name](m, callee) }, site);
    case 'name': case 'length': return headOf(m, callee, name);
    case 'prototype':
      if (callee.kind === 'closure' && callee.bound === true) return m.functions.extended.has(callee.code) ? unknownFrom(m, [], site) : undefinedValue;
      if (callee.kind === 'closure' && !callee.code.constructs && callee.code.generator === undefined && !m.functions.extended.has(callee.code)) return undefinedValue;
      return callee.kind === 'closure' && !callee.code.arrow ? prototypeHeld(m, callee, site) : unknownFrom(m, [], site);
    case 'constructor': {
      const above = ownProperty(m, callee, name)?.kind === 'none' ? prototypeOfValue(m, callee) : undefined;
      m.mayThrow();
      return above === undefined ? unknownFrom(m, [], site) : m.getMember(above, literal(name), site);
    }
    default:
      if (name !== undefined && objectMembers.has(name) && callee.kind === 'closure' && ownProperty(m, callee, name)?.kind === 'none' && !m.builtIn.patches.touches(name)) return objectMember(m, name) ?? undefinedValue;
      m.mayThrow();
      return callee.kind === 'native' && callee.bare === true && name !== undefined && !(name in Function.prototype) && !m.functions.extended.has(callee.name) ? undefinedValue : unknownFrom(m, [], site);
  }
}

/** What becomes of a function that is called by a method of its own. */
const callers: Readonly<Record<'call' | 'apply' | 'bind', (m: Machine, callee: Value) => NativeValue['call']>> = {
  call: (m, callee) => (call) => m.invoke(callee, argument(call.arguments, 0), without(call.arguments, 1), call.site, call.label),
  apply: (m, callee) => (call) => m.invoke(callee, argument(call.arguments, 0), listed(m, argument(call.arguments, 1), call.site), call.site, call.label),
  bind: (m, callee) => (call) => bound(m, callee, call),
};

/** What was done to a function may have put something else in the place of a method that it inherits. */
function orOfOthers(m: Machine, callee: Value, method: NativeValue, site: Site): Value {
  return callee.kind === 'closure' && m.functions.redirected.has(callee.code) ? m.memory.joiner.values(method, unknownFrom(m, [callee], site)) : method;
}

/** Whoever has the function may have given it another. */
function prototypeHeld(m: Machine, callee: ClosureValue, site: Site): Value {
  const own: Value = { kind: 'object', heap: prototypeOf(m, callee) };
  return m.escaped.functions.has(callee.code) ? m.memory.joiner.values(own, unknownFrom(m, [], site)) : own;
}

/** What a namespace does not have itself it has as every object has it. */
function memberOfNamespace(m: Machine, name: string | undefined, site: Site): Value {
  const inherited = name === undefined ? undefined : objectMember(m, name);
  if (inherited !== undefined) return inherited;
  m.mayThrow();
  return name !== undefined && name in Function.prototype ? undefinedValue : unknownFrom(m, [], site);
}

/** What a function or namespace of the language has, as the program has left it; undefined where that is not known, or where it inherits it. */
function ownOfNative(m: Machine, of: NativeValue, name: string): Value | undefined {
  const own = ownProperty(m, of, name);
  if (own?.kind === 'data') return own.value;
  if (own?.kind === 'none') return undefined;
  const keeper = m.functions.keepers.get(of);
  const isReplaced = keeper !== undefined && (keeper.properties.has(name) || unknownProperties(m, keeper).kind !== 'never');
  return isReplaced ? unknownFrom(m, [], keeper.site) : globalMember(m, of.path ?? of.name, name);
}

/** What a function says of itself; where that has been deleted, what all functions inherit. */
function headOf(m: Machine, callee: Value, name: 'name' | 'length'): Value {
  const own = ownProperty(m, callee, name);
  if (own?.kind === 'data') return own.value;
  return own?.kind === 'none' ? literal(name === 'name' ? '' : 0) : callee.kind === 'closure' ? ownMemberOf(m, callee, name) : plainHost;
}

/** Questions that a function is asked as every object is. */
const objectMembers: ReadonlySet<string> = new Set(['hasOwnProperty', 'propertyIsEnumerable', 'isPrototypeOf']);

function without(args: Arguments, count: number): Arguments {
  return { values: args.values.slice(count), sites: args.sites.slice(count), others: args.others };
}

function bound(m: Machine, callee: Value, call: Invocation): Value {
  // What the program has put in the place of its name is asked.
  if (callee.kind === 'closure' && m.renamed.has(callee.code)) m.mayThrow();
  const receiver = argument(call.arguments, 0);
  const fixed = without(call.arguments, 1);
  if (callee.kind === 'closure' && callee.bound !== true && fixed.values.length === 0 && fixed.others === undefined) return { ...callee, receiver: callee.code.arrow ? callee.receiver : receiver, bound: true };
  const runs = runBy(callee, receiver);
  return {
    kind: 'native',
    name: 'bound',
    ...runs === undefined ? {} : { runs },
    call: ({ arguments: args, site, label }) => {
      const all = { values: [...fixed.values, ...args.values], sites: [...fixed.sites, ...args.sites], others: args.others };
      return label === 'new' ? m.construct(callee, all, site) : m.invoke(callee, receiver, all, site, label);
    },
  };
}

/** The function of the program that runs when what is bound is called, where that is known. */
function runBy(callee: Value, receiver: Value): ClosureValue | undefined {
  if (callee.kind === 'native') return callee.runs;
  if (callee.kind !== 'closure') return undefined;
  return callee.bound === true || callee.code.arrow ? callee : { ...callee, receiver, bound: true };
}
