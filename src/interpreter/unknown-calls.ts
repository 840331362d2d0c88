/** Calls of functions that have no body in the program. */
import type { Site } from '../program/ir.ts';
import type { Arguments } from './invocation.ts';
import { mayCall } from './functions.ts';
import type { Machine } from './machine.ts';
import { fromType } from './types.ts';
import { unknownFrom } from './unknown.ts';
import { type Value, host, members } from '../domain/value.ts';

export function callUnknown(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
  const values = args.others === undefined ? args.values : [...args.values, args.others];
  if (callee.kind === 'host') {
    mayCall(m, values);
    return host(callee.node);
  }
  mayCall(m, values);
  const result = unknownFrom(m, [callee, receiver, ...values], site);
  exposeObjects(m, values, result);
  if (callee.kind !== 'unknown' || callee.type?.kind !== 'function') return result;
  return fromType(m, callee.type.result(), { node: result.node, site, name: label });
}

/** Unknown code may write to the plain objects it is handed. */
function exposeObjects(m: Machine, values: readonly Value[], by: Extract<Value, { kind: 'unknown' }>): void {
  for (const value of values) {
    for (const member of members(value)) {
      if (member.kind !== 'object') continue;
      const { heap } = member;
      heap.open ??= by;
      if (heap.form === 'array') {
        const { items, others } = m.list(heap);
        m.writeList(heap, { items, others: m.joiner.values(others, by) });
      }
    }
  }
}
