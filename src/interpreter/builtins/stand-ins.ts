/**
 * Objects of the program, as the engine's own functions see them: where a function makes a text or a number of one, the
 * methods that the program has given it are run, in the order and as often as the language says.
 */
import type { ObjectValue, Value } from '../../domain/value.ts';
import { isPrimitive, isSymbolKey, literal, symbol } from '../../domain/values.ts';
import type { Literal, Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { isExact, longest } from '../values/lists.ts';
import { unknownProperties } from '../values/properties.ts';
import { ownerOf } from '../values/prototypes.ts';
import { symbolNamed } from '../values/standard.ts';
import { type Hint, isAsked, toPrimitive, texts } from './conversion.ts';

/** Something is not known of an object. */
export class NotKnown extends Error {}

/** Code of the program has thrown. */
export class Left extends Error {}

/** Whether a function of the engine can be given a value, or what stands for it. */
export function isKnown(m: Machine, value: Value): boolean {
  if (isPrimitive(value)) return true;
  if (value.kind !== 'object') return false;
  const { heap } = value;
  return ownerOf(m, heap) === undefined && heap.open === undefined && !heap.allocation.summary && (heap.isRecord ? heap.base === undefined && unknownProperties(m, heap).kind === 'never' : heap.isArray);
}

export class Visit {
  /** Code of the program may have run. */
  hasRun = false;

  constructor(readonly machine: Machine, readonly site: Site) {}

  /** What the engine is given for a value. */
  standIn(value: Value): unknown {
    if (value.kind === 'literal') return value.value;
    if (value.kind === 'symbol') return Reflect.get(Symbol, value.name) ?? Symbol(value.name);
    if (value.kind !== 'object') throw new NotKnown();
    return new Proxy({}, { get: (_, key) => (key === Symbol.toPrimitive ? (hint: Hint): Literal => this.#primitive(value, hint) : this.#member(value, key)) });
  }

  #member(value: ObjectValue, key: string | symbol): unknown {
    const name = typeof key === 'symbol' ? symbolNamed(key) : undefined;
    if (typeof key === 'symbol' && name === undefined) throw new NotKnown();
    this.hasRun = true;
    const found = this.machine.getMember(value, name === undefined ? literal(String(key)) : symbol(name), this.site);
    if (!this.machine.reachable) throw new Left();
    if (found.kind === 'literal') return found.value;
    throw new NotKnown();
  }

  /** What an object is worth. */
  #primitive(value: ObjectValue, hint: Hint): Literal {
    const m = this.machine;
    if (!isAsked(m, value)) return value.heap.primitive !== undefined && hint !== 'string' && !m.builtIn.patches.touches(...texts) ? value.heap.primitive : this.#textOf(value);
    this.hasRun = true;
    const result = toPrimitive(m, value, hint, this.site);
    if (!m.reachable) throw new Left();
    if (result.kind === 'symbol') throw new TypeError();
    if (result.kind !== 'literal') throw new NotKnown();
    return result.value;
  }

  /** The text that the language itself makes of an object. */
  #textOf(value: Value): string {
    const m = this.machine;
    if (value.kind === 'literal') return value.value === undefined || value.value === null ? '' : String(value.value);
    if (value.kind !== 'object' || !isKnown(m, value) || m.builtIn.patches.touches(...texts)) throw new NotKnown();
    const { heap } = value;
    if (isAsked(m, value)) return String(this.#primitive(value, 'string'));
    if (heap.isRecord) return this.#textOfRecord(value);
    const list = m.memory.list(heap);
    if (!isExact(list) || list.items.length > longest || heap.properties.size > 0 || heap.form.kind !== 'array' || heap.form.numbers !== undefined || heap.form.arguments === true) throw new NotKnown();
    return list.items.map((item) => this.#textOf(item)).join();
  }

  #textOfRecord({ heap }: ObjectValue): string {
    if (heap.primitive !== undefined) return String(heap.primitive);
    if (heap.prototype !== undefined || heap.class !== undefined || [...heap.properties.keys()].some(isSymbolKey)) throw new NotKnown();
    return '[object Object]';
  }
}
