/** Promises: their callbacks run later, with what the promise holds. */
import { argument, callWith } from '../../domain/invocation.ts';
import type { Invocation, PromiseValue, Value } from '../../domain/value.ts';
import { plainHost, undefinedValue } from '../../domain/values.ts';
import type { Machine } from '../machine/machine.ts';

export function promiseMember(m: Machine, promise: PromiseValue, name: string | undefined): Value {
  switch (name) {
    case 'then': return { kind: 'native', name, call: (call) => settledWith(m, call, promise.value) };
    case 'catch': return { kind: 'native', name, call: (call) => (settledWith(m, call, plainHost), promise) };
    case 'finally': return { kind: 'native', name, call: (call) => (settledWith(m, call, undefinedValue), promise) };
    default: return undefinedValue;
  }
}

function settledWith(m: Machine, call: Invocation, value: Value): Value {
  const { site } = call;
  const callback = argument(call.arguments, 0);
  if (callback.kind === 'literal') return { kind: 'promise', value };
  const { late } = m.frame;
  m.frame.late = true;
  const result = m.invoke(callback, undefinedValue, callWith([value], site), site, call.label);
  m.frame.late = late;
  return { kind: 'promise', value: result.kind === 'promise' ? result.value : result };
}
