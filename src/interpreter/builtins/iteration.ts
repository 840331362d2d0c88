/** What iterating a value gives. */
import type { Site } from '../../program/ir.ts';
import { entriesOf } from '../members.ts';
import { isGradientFunction, tellTakenForGradients, typeError } from '../../tensors/gradient-functions.ts';
import type { Machine } from '../machine.ts';
import { unknownFrom } from '../unknown.ts';
import { use } from '../../tensors/uses.ts';
import { type ListState, type Value, host, literal, members, never } from '../../domain/value.ts';

/** An array of more items than this is taken as a whole. */
const longest = 64;

export function iterateValue(m: Machine, value: Value, site: Site): ListState {
  switch (value.kind) {
    case 'object': {
      if (value.heap.form === 'record') return { items: [], others: unknownFrom(m, [value], site) };
      const list = m.list(value.heap);
      if (value.heap.form === 'map') return { items: [], others: pairOf(m, value, site) };
      return list.items.length <= longest ? list : { items: [], others: m.joiner.all([...list.items, list.others]) };
    }
    case 'literal': return typeof value.value === 'string' ? { items: [], others: host(undefined) } : { items: [], others: never };
    case 'host': return { items: [], others: host(value.node) };
    case 'union': return members(value).map((member) => iterateValue(m, member, site)).reduce((a, b) => (a.items.length === 0 && a.others.kind === 'never' ? b : m.joiner.lists(a, b)), { items: [], others: never });
    case 'never': return { items: [], others: never };
    default:
      if (isGradientFunction(value)) tellTakenForGradients(m, value, value.differentiates.site, typeError);
      return { items: [], others: unknownFrom(m, [value], site) };
  }
}

function pairOf(m: Machine, map: Extract<Value, { kind: 'object' }>, site: Site): Value {
  const { known, others } = entriesOf(m, map, site);
  const held = m.joiner.all([...known.map(([, value]) => value), others]);
  return held.kind === 'never' ? never : m.realm.array(m, { items: [host(undefined), held], others: never }, site);
}

/** The keys of a `for…in`. */
export function keysOf(m: Machine, value: Value): ListState {
  use(m, [value]);
  if (value.kind !== 'object') return { items: [], others: host(undefined) };
  const { heap } = value;
  const list = m.list(heap);
  const indices = list.items.map((_, index) => literal(String(index)));
  const names = heap.form === 'record' ? [...heap.properties.keys()].map((name) => literal(name)) : [];
  const more = list.others.kind !== 'never' || heap.open !== undefined || heap.summary;
  return { items: [...names, ...indices], others: more ? host(undefined) : never };
}
