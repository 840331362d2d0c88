/** The object that has the globals for properties: what the program puts on it stands in the place of what the language or a library has there. */
import type { ObjectValue } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import { escape } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
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
