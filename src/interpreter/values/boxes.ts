/** Objects that stand for plain values: `new Number(1)`, `Object('text')`. */
import type { ObjectValue } from '../../domain/value.ts';
import { literal } from '../../domain/values.ts';
import type { Literal, Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { describeAs } from './attributes.ts';
import { defineMember, record } from './properties.ts';
import { prototypeOfLanguage } from './prototypes.ts';
import { unknownFrom } from './unknown.ts';

/** Longer texts are not taken apart. */
const longest = 16;

const constructors: Readonly<Partial<Record<string, string>>> = { number: 'Number', string: 'String', boolean: 'Boolean', bigint: 'BigInt' };

/** The object for a plain value; undefined where what it has of its own is not followed. */
export function box(m: Machine, value: Literal, site: Site): ObjectValue | undefined {
  const name = constructors[typeof value];
  if (name === undefined || value === undefined || value === null || (typeof value === 'string' && value.length > longest)) return undefined;
  const object = record(m, site);
  object.heap.prototype = prototypeOfLanguage(m, name, site);
  // Made again by code that runs more than once, it may stand for another one.
  if (object.heap.primitive !== undefined && !Object.is(object.heap.primitive, value)) object.heap.open ??= unknownFrom(m, [], site);
  object.heap.primitive = value;
  if (typeof value === 'string') spell(m, object, value, site);
  return object;
}

/** A text has its characters, and their number. */
function spell(m: Machine, { heap }: ObjectValue, text: string, site: Site): void {
  for (const [index, character] of text.split('').entries()) {
    defineMember(m, heap, String(index), literal(character));
    describeAs(m, heap, String(index), { kind: 'data', writable: false, enumerable: true, configurable: false }, site);
  }
  defineMember(m, heap, 'length', literal(text.length));
  describeAs(m, heap, 'length', { kind: 'data', writable: false, enumerable: false, configurable: false }, site);
}
