/** What generators have: each call of `next`, `return` or `throw` asks for a step. */
import { argument } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, Value } from '../../domain/value.ts';
import { absent, never, presentIn } from '../../domain/values.ts';
import type { Completion } from '../machine/activation.ts';
import type { Machine } from '../machine/machine.ts';
import { request } from '../promises/async-generators.ts';
import { unknownFrom } from '../values/unknown.ts';
import { drained, resume } from './generator.ts';

export function generatorMember(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  const given = ofLanguage(m, heap, name);
  const code = m.generators.get(heap)?.closure.code;
  const cell = name === undefined ? undefined : code && m.prototypes.get(code)?.properties.get(name);
  const replaced = (cell && m.memory.read(cell)) ?? absent;
  return replaced === absent || given === undefined ? given : m.memory.joiner.values(given, presentIn(replaced));
}

function ofLanguage(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  if (name === 'next' || name === 'return' || name === 'throw') return { kind: 'native', name, call: (call) => asked(m, heap, name, call) };
  if (name === undefined || heap.properties.has(name)) return undefined;
  return { kind: 'native', name, call: (call) => helper(m, heap, call) };
}

/** What engines have besides, on iterators, may run the body to its end. */
function helper(m: Machine, heap: HeapObject, { arguments: { values }, site }: Invocation): Value {
  return unknownFrom(m, [...drained(m, heap, site), ...values], site);
}

function asked(m: Machine, heap: HeapObject, kind: Completion['kind'], { arguments: args, site }: Invocation): Value {
  const completion = { kind, value: argument(args, 0) };
  if (heap.form.kind !== 'generator' || !heap.form.async) return resume(m, heap, completion, site);
  const followed = request(m, heap, completion, site);
  if (followed !== undefined) return followed;
  if (m.frame.awaits.has(site)) return { kind: 'promise', value: failing(m, () => resume(m, heap, completion, site)) };
  return { kind: 'promise', value: unknownFrom(m, drained(m, heap, site), site) };
}

/** What an async generator throws is the failure of the promise. */
function failing(m: Machine, body: () => Value): Value {
  const value = body();
  if (m.reachable) return value;
  m.reachable = true;
  return never;
}
