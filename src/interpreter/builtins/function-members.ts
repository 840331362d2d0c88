/** `call`, `apply`, `bind` and properties of functions. */
import type { Site } from '../../program/ir.ts';
import { invoke } from '../functions.ts';
import { isGradientFunction } from '../../tensors/gradient-functions.ts';
import { type Arguments, type Invocation, argument } from '../invocation.ts';
import type { Machine } from '../machine.ts';
import { unknownFrom } from '../unknown.ts';
import { type Value, plainHost, undefinedValue } from '../../domain/value.ts';

export function functionMember(m: Machine, callee: Value, name: string | undefined, site: Site): Value {
  switch (name) {
    case 'call': return { kind: 'native', name, call: (call) => invoke(m, callee, argument(call.arguments, 0), without(call.arguments, 1), call.site, call.label) };
    case 'apply': return { kind: 'native', name, call: (call) => invoke(m, callee, argument(call.arguments, 0), spread(call), call.site, call.label) };
    case 'bind': return { kind: 'native', name, call: (call) => bound(callee, call) };
    case 'name': case 'length': return plainHost;
    default:
      // It has none of the gradients in it.
      if (isGradientFunction(callee) && name !== undefined && !(name in Function.prototype)) return undefinedValue;
      return callee.kind === 'native' ? namespaceMember(m, callee, name, site) : unknownFrom(m, [], site);
  }
}

function without(args: Arguments, count: number): Arguments {
  return { values: args.values.slice(count), sites: args.sites.slice(count), others: args.others };
}

function spread(call: Invocation): Arguments {
  const list = call.machine.realm.iterate(call.machine, argument(call.arguments, 1), call.site);
  return { values: list.items, sites: list.items.map(() => call.site), others: list.others.kind === 'never' ? undefined : list.others };
}

function bound(callee: Value, call: Invocation): Value {
  const receiver = argument(call.arguments, 0);
  const fixed = without(call.arguments, 1);
  if (callee.kind === 'closure' && fixed.values.length === 0) return { ...callee, receiver: callee.receiver ?? receiver };
  return {
    kind: 'native',
    name: 'bound',
    call: (later) => invoke(later.machine, callee, receiver, { values: [...fixed.values, ...later.arguments.values], sites: [...fixed.sites, ...later.arguments.sites], others: later.arguments.others }, later.site, later.label),
  };
}

/** Static members of the language's own constructors, such as `Array.from`. */
function namespaceMember(m: Machine, callee: Extract<Value, { kind: 'native' }>, name: string | undefined, site: Site): Value {
  const member = name === undefined ? undefined : m.realm.staticOf(callee.name, name);
  return member ?? unknownFrom(m, [], site);
}
