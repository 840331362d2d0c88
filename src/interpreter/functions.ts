/** Calls: of closures, and what a call of something else gives. */
import { Environment } from '../domain/environment.ts';
import { allArguments, argument } from '../domain/invocation.ts';
import type { Arguments, ClosureValue, Value } from '../domain/value.ts';
import { never, undefinedValue } from '../domain/values.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import { enterScope } from './closures.ts';
import type { Exit, Frame, Machine } from './machine/machine.ts';
import { assign, withDefault } from './patterns.ts';
import { callDeeper, settle } from './recursion.ts';
import { callUnknown } from './unknown-calls.ts';
import { array } from './values/lists.ts';
import { unknownFrom } from './values/unknown.ts';

/** Calls of one function within itself that are followed one by one. */
const recursionLimit = 4;

/** Calls any value. */
export function invoke(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
  switch (callee.kind) {
    case 'closure': return callClosure(m, callee, callee.receiver ?? receiver, args, site);
    case 'native':
      m.semantics.used(allArguments(args));
      return callee.call({ receiver, arguments: args, site, label });
    case 'library': return m.semantics.call(callee, args, site, label);
    case 'union': {
      const callable = callee.members.filter((member) => member.kind !== 'literal' && member.kind !== 'uninitialised');
      return m.eitherValue(...callable.map((member) => () => invoke(m, member, receiver, args, site, label)));
    }
    case 'literal': case 'uninitialised': case 'never': return unknownFrom(m, [], site);
    default: return callUnknown(m, callee, receiver, args, site, label);
  }
}

export function callClosure(m: Machine, closure: ClosureValue, receiver: Value, args: Arguments, site: Site): Value {
  m.step();
  const { code } = closure;
  const deeper = m.deeperCalls.get(code);
  if (deeper !== undefined) return callDeeper(m, deeper, args);
  if (!m.occasion.isSilent) m.history.executed.enter(code);
  const enter = (given: Arguments): Value => m.allocator.along(site.start, () => run(m, closure, receiver, given, site));
  return active(m, code) < recursionLimit ? enter(args) : settle(m, code, args, site, enter);
}

function active(m: Machine, code: FunctionCode): number {
  let count = 0;
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.caller) if (frame.code === code) count++;
  return count;
}

function run(m: Machine, closure: ClosureValue, receiver: Value, args: Arguments, site: Site): Value {
  const { code } = closure;
  const caller = { frame: m.frame, environment: m.environment };
  m.frame = {
    code, receiver, home: closure.home, caller: caller.frame, depth: caller.frame.depth + 1,
    chain: { site, caller: caller.frame.chain },
    base: m.memory.store, exits: [], late: caller.frame.late || code.generator,
  };
  m.environment = m.allocator.allocate('call', code.site, () => new Environment(closure.environment));
  let result: Value = never;
  const returns = m.catching(isReturn, () => {
    bindParameters(m, closure, args);
    enterScope(m, code.body);
    m.executeAll(code.body.body);
    if (m.reachable) result = undefinedValue;
  });
  m.frame = caller.frame;
  m.environment = caller.environment;
  const value = m.memory.joiner.all([...returns.map((exit) => exit.value), result]);
  m.semantics.returned(code, value);
  // A generator's values are not followed.
  if (code.generator) return unknownFrom(m, [value], site);
  return code.async ? { kind: 'promise', value: value.kind === 'promise' ? value.value : value } : value;
}

function isReturn(exit: Exit): exit is Extract<Exit, { kind: 'return' }> {
  return exit.kind === 'return';
}

function bindParameters(m: Machine, closure: ClosureValue, args: Arguments): void {
  const { code } = closure;
  if (code.self !== undefined) m.memory.write(m.environment.declare(code.self), closure);
  for (const binding of code.vars) m.memory.write(m.environment.declare(binding), undefinedValue);
  for (const [index, parameter] of code.parameters.entries()) {
    if (parameter.rest) {
      const list = { items: args.values.slice(index), others: args.others ?? never };
      assign(m, parameter.pattern, array(m, list, parameter.pattern.site));
    } else {
      assign(m, parameter.pattern, withDefault(m, parameter, argument(args, index)));
    }
  }
}
