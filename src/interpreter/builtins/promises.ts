/** Promises: their callbacks run later, with what the promise holds. */
import { argument, callWith } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { invoke } from '../functions.ts';
import type { Value } from '../../domain/value.ts';
import { plainHost, undefinedValue } from '../../domain/value.ts';

type PromiseValue = Extract<Value, { kind: 'promise' }>;

export function promiseMember(promise: PromiseValue, name: string | undefined): Value {
  switch (name) {
    case 'then': return { kind: 'native', name, call: (call) => settledWith(call, promise.value) };
    case 'catch': return { kind: 'native', name, call: (call) => (settledWith(call, plainHost), promise) };
    case 'finally': return { kind: 'native', name, call: (call) => (settledWith(call, undefinedValue), promise) };
    default: return undefinedValue;
  }
}

function settledWith(call: Invocation, value: Value): Value {
  const { machine: m, site } = call;
  const callback = argument(call.arguments, 0);
  if (callback.kind === 'literal') return { kind: 'promise', value };
  const { late } = m.frame;
  m.frame.late = true;
  const result = invoke(m, callback, undefinedValue, callWith([value], site), site, call.label);
  m.frame.late = late;
  return { kind: 'promise', value: result.kind === 'promise' ? result.value : result };
}
