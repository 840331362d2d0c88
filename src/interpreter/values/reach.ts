/** What can be got from a value by following properties. */
import type { Node } from '../../domain/graph.ts';
import type { HeapObject, Value } from '../../domain/value.ts';
import { members, nodeOf } from '../../domain/values.ts';
import type { ClassCode, FunctionCode } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { accessorsOf } from './attributes.ts';

/** The nodes of everything that can be got from a value. */
export function reachableNodes(m: Machine, value: Value, seen = new Set<HeapObject>()): Node[] {
  const own = nodeOf(value);
  if (own !== undefined) return [own];
  switch (value.kind) {
    case 'union': return members(value).flatMap((member) => reachableNodes(m, member, seen));
    case 'promise': return reachableNodes(m, value.value, seen);
    case 'object': {
      if (seen.has(value.heap)) return [];
      seen.add(value.heap);
      return m.memory.contents(value.heap).flatMap((each) => reachableNodes(m, each, seen));
    }
    default: return [];
  }
}

/** Objects within objects that are looked into for operands. */
const deepest = 4;

/** The nodes of the values in an operand: of one value, or of an array of them. */
export function operandNodes(m: Machine, value: Value, depth = 0): readonly Node[] {
  const own = value.kind === 'instance' ? undefined : nodeOf(value);
  if (own !== undefined) return [own];
  switch (value.kind) {
    case 'union': return members(value).flatMap((member) => operandNodes(m, member, depth));
    case 'promise': return operandNodes(m, value.value, depth);
    case 'object': return depth > deepest ? [] : contents(m, value.heap).flatMap((item) => operandNodes(m, item, depth + 1));
    default: return [];
  }
}

/** As `operandNodes`, of several values, each node once: what is met again is not looked into again. */
export function operandsAmong(m: Machine, values: readonly Value[]): ReadonlySet<Node> {
  const found = new Set<Node>();
  const depths = new Map<HeapObject, number>();
  const visit = (value: Value, depth: number): void => {
    const own = value.kind === 'instance' ? undefined : nodeOf(value);
    if (own !== undefined) found.add(own);
    else if (value.kind === 'union') for (const member of value.members) visit(member, depth);
    else if (value.kind === 'promise') visit(value.value, depth);
    else if (value.kind === 'object' && depth <= deepest && depth < (depths.get(value.heap) ?? Infinity)) {
      depths.set(value.heap, depth);
      for (const item of contents(m, value.heap)) visit(item, depth + 1);
    }
  };
  for (const value of values) visit(value, 0);
  return found;
}

/** Everything an object or array holds, and what it may hold besides. */
export function contents(m: Machine, heap: HeapObject): readonly Value[] {
  const held = m.memory.contents(heap);
  return heap.open === undefined ? held : [...held, heap.open];
}

/** Functions and classes of the program that can be got from a value. */
export function codeIn(m: Machine, value: Value, seen = new Set<HeapObject>()): readonly (FunctionCode | ClassCode)[] {
  switch (value.kind) {
    case 'union': return members(value).flatMap((member) => codeIn(m, member, seen));
    case 'closure': return [value.code];
    case 'class': return [value.code];
    case 'object': {
      const { heap } = value;
      if (seen.has(heap)) return [];
      seen.add(heap);
      const own = heap.class === undefined ? [] : [heap.class.code];
      const accessors = accessorsOf(m, heap).map(({ code }) => code);
      return [...own, ...accessors, ...[...heap.properties.values()].flatMap((cell) => {
        const content = m.memory.read(cell);
        return content === undefined ? [] : codeIn(m, content, seen);
      })];
    }
    default: return [];
  }
}
