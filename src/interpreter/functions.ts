/** Functions: closures, calls, and what a call of something else gives. */
import type { FunctionCode, Site } from '../program/ir.ts';
import { Environment } from '../domain/environment.ts';
import { type Arguments, type Invocation, argument, noArguments } from './invocation.ts';
import { callLibrary } from '../tensors/library-calls.ts';
import type { Exit, Frame, Machine } from './machine.ts';
import { assign, withDefault } from './patterns.ts';
import { enterScope, executeAll } from './statements.ts';
import { callUnknown } from './unknown-calls.ts';
import { unknownFrom } from './unknown.ts';
import { giveBack, use } from '../tensors/uses.ts';
import { type ClosureValue, type Value, members, never, undefinedValue } from '../domain/value.ts';

/** Calls of one function within itself that are followed before their result is taken from the calls around them. */
const recursionLimit = 4;

export function closureOf(m: Machine, code: FunctionCode): ClosureValue {
  const closure: ClosureValue = {
    kind: 'closure',
    code,
    environment: m.environment,
    receiver: code.arrow ? m.frame.receiver : undefined,
    home: m.frame.home,
  };
  m.observer.created(closure);
  return closure;
}

/** Calls any value. */
export function invoke(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
  switch (callee.kind) {
    case 'closure': return callClosure(m, callee, callee.receiver ?? receiver, args, site);
    case 'native': {
      use(m, args.others === undefined ? args.values : [...args.values, args.others]);
      const invocation: Invocation = { machine: m, receiver, arguments: args, site, label };
      return callee.call(invocation);
    }
    case 'library': return callLibrary(m, callee, args, site, label);
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
  const depth = active(m, closure.code);
  if (depth >= recursionLimit) return m.recursion.again(m, closure.code, args, site);
  if (m.muted === 0) m.observer.entered(closure.code);
  return m.recursion.around(m, closure.code, depth, () => m.along(site.start, () => run(m, closure, receiver, args, site)));
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
    base: m.store, exits: [], late: caller.frame.late || code.generator,
  };
  m.environment = m.allocate('call', code.site, () => new Environment(closure.environment), () => undefined);
  let result: Value = never;
  const returns = m.catching(isReturn, () => {
    bindParameters(m, closure, args);
    enterScope(m, code.body);
    executeAll(m, code.body.body);
    if (m.reachable) result = undefinedValue;
  });
  m.frame = caller.frame;
  m.environment = caller.environment;
  const value = m.joiner.all([...returns.map((exit) => exit.value), result]);
  giveBack(m, code, value);
  if (code.generator) return m.realm.generated(m, value, site);
  return code.async ? { kind: 'promise', value: value.kind === 'promise' ? value.value : value } : value;
}

function isReturn(exit: Exit): exit is Extract<Exit, { kind: 'return' }> {
  return exit.kind === 'return';
}

function bindParameters(m: Machine, closure: ClosureValue, args: Arguments): void {
  const { code } = closure;
  if (code.self !== undefined) m.write(m.environment.declare(code.self), closure);
  for (const binding of code.vars) m.write(m.environment.declare(binding), undefinedValue);
  for (const [index, parameter] of code.parameters.entries()) {
    if (parameter.rest) {
      const list = { items: args.values.slice(index), others: args.others ?? never };
      assign(m, parameter.pattern, m.realm.array(m, list, parameter.pattern.site));
    } else {
      assign(m, parameter.pattern, withDefault(m, parameter, argument(args, index)));
    }
  }
}

/** The functions among some values. */
export function functionsIn(values: readonly Value[]): readonly ClosureValue[] {
  return values.flatMap((value) => members(value).filter((member): member is ClosureValue => member.kind === 'closure'));
}

/** Runs functions as unknown code may that was handed them: any time, or never. */
export function mayCall(m: Machine, values: readonly Value[], args: Arguments = noArguments): void {
  for (const closure of functionsIn(values)) {
    m.perhaps(() => { use(m, [invoke(m, closure, undefinedValue, args, closure.code.site, closure.code.name)]); });
  }
}
