/** Values of which nothing is known, and what escapes into code that is not known. */
import type { UnknownValue, Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import type { StaticType } from '../../program/program.ts';
import type { Machine } from '../machine/machine.ts';
import { reachableNodes } from './reach.ts';

/** A value that unknown code computed from `inputs`: inside a scope it may depend on anything. */
export function unknownFrom(m: Machine, inputs: readonly Value[], site: Site, type?: StaticType): UnknownValue {
  return unknownOf(m, inputs, site, type, false);
}

function unknownOf(m: Machine, inputs: readonly Value[], site: Site, type: StaticType | undefined, handed: boolean): UnknownValue {
  const node = m.node({ kind: 'external', handed }, '', site);
  const value: UnknownValue = { kind: 'unknown', node, type };
  computedFrom(m, value, inputs, site);
  return value;
}

/** Unknown code may have made a value of some others as well. */
export function computedFrom(m: Machine, { node }: UnknownValue, inputs: readonly Value[], site: Site): void {
  for (const input of inputs) {
    for (const from of reachableNodes(m, input)) {
      node.connect(from, 'flows', site);
      m.history.escaped.add(from);
    }
  }
}

/** A part of a value of which nothing is known. It comes from where that comes from. */
export function partOf(m: Machine, { node }: UnknownValue, site: Site, type?: StaticType): UnknownValue {
  const value = unknownOf(m, [], site, type, node.handed);
  value.node.connect(node, 'flows', site);
  return value;
}

/** A value from beyond the analysed code, made before anything that is analysed runs. */
export function foreign(m: Machine, name: string, site: Site, type?: StaticType): UnknownValue {
  return fromBeyond(m, name, site, type, false);
}

/** As `foreign`, for an argument of code that nothing in the file calls. */
export function handed(m: Machine, name: string, site: Site): UnknownValue {
  return fromBeyond(m, name, site, undefined, true);
}

function fromBeyond(m: Machine, name: string, site: Site, type: StaticType | undefined, isHanded: boolean): UnknownValue {
  const node = m.node({ kind: 'external', handed: isHanded }, name, site);
  node.call(name, m.depth);
  return { kind: 'unknown', node, type };
}
