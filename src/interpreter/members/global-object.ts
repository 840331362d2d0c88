/** The object that has the globals for properties: what the program puts on it stands in the place of what the language or a library has there. */
import type { ObjectValue, Value } from '../../domain/value.ts';
import { absent, literal, members } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { globalValue, isConstant } from '../builtins/globals.ts';
import { escape } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
import { unknownProperties } from '../values/properties.ts';
import { foreign } from '../values/unknown.ts';

const names: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

export function isGlobalObject(name: string): boolean {
  return names.has(name);
}

/** All code has it. */
export function globalObject(m: Machine, site: Site): ObjectValue {
  const { builtIn } = m;
  if (builtIn.global === undefined) {
    const heap = builtIn.global = m.apart(() => m.heap({ kind: 'record' }, site));
    heap.open = m.apart(() => foreign(m, 'globalThis', site, m.program.typeOf(site)));
    m.apart(() => { escape(m, [{ kind: 'object', heap }], heap.open!); });
  }
  return { kind: 'object', heap: builtIn.global };
}

/** What the language or a library has under a name, as long as nobody puts something else there. */
export function givenGlobal(m: Machine, name: string): Value | undefined {
  return globalValue(m, name) ?? m.semantics.global(name);
}

/** What stands under a global name where the program may have put it there; undefined elsewhere. */
export function placedGlobal(m: Machine, name: string, site: Site): Value | undefined {
  const { global } = m.builtIn;
  if (global === undefined || isConstant(name)) return undefined;
  const cell = global.properties.get(name);
  const content = cell && m.memory.read(cell);
  if ((content === undefined || content === absent) && unknownProperties(m, global).kind === 'never') return undefined;
  const placed = m.getMember({ kind: 'object', heap: global }, literal(name), site);
  const isPlaced = content !== undefined && !members(content).includes(absent);
  return isPlaced ? placed : m.memory.joiner.values(placed, givenGlobal(m, name) ?? placed);
}
