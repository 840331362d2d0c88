/** What a JSON file holds, as a value. */
import type { Value } from '../../domain/value.ts';
import { literal, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { array } from './lists.ts';
import { record } from './properties.ts';

export function fromJson(m: Machine, data: unknown, site: Site): Value {
  const part = (key: string | number, value: unknown): Value => m.allocator.along(key, () => fromJson(m, value, site));
  if (Array.isArray(data)) return array(m, { items: data.map((item, index) => part(index, item)), others: never }, site);
  if (typeof data === 'object' && data !== null) return record(m, site, Object.fromEntries(Object.entries(data).map(([key, value]) => [key, part(key, value)])));
  return typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' || data === null ? literal(data) : undefinedValue;
}
