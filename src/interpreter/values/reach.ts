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
export function operandNodes(m: Machine, value: Value): readonly Node[] {
  const nodes: Node[] = [];
  eachOperand(m, value, (node) => nodes.push(node), (_, depth) => depth <= deepest);
  return nodes;
}

/** As `operandNodes`, of several values, each node once: what is met again is not looked into again. */
export function operandsAmong(m: Machine, values: readonly Value[]): ReadonlySet<Node> {
  const nodes = new Set<Node>();
  const depths = new Map<HeapObject, number>();
  const isNew = (heap: HeapObject, depth: number): boolean => {
    if (depth > deepest || depth >= (depths.get(heap) ?? Infinity)) return false;
    depths.set(heap, depth);
    return true;
  };
  for (const value of values) eachOperand(m, value, (node) => nodes.add(node), isNew);
  return nodes;
}

function eachOperand(m: Machine, value: Value, take: (node: Node) => void, looksInto: (heap: HeapObject, depth: number) => boolean, depth = 0): void {
  const own = value.kind === 'instance' ? undefined : nodeOf(value);
  if (own !== undefined) {
    take(own);
    return;
  }
  switch (value.kind) {
    case 'union': for (const member of members(value)) eachOperand(m, member, take, looksInto, depth); return;
    case 'promise': eachOperand(m, value.value, take, looksInto, depth); return;
    case 'object': if (looksInto(value.heap, depth)) for (const item of contents(m, value.heap)) eachOperand(m, item, take, looksInto, depth + 1); return;
    default: return;
  }
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
