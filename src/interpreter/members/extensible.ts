/** Whether an object takes new properties. */
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../machine/machine.ts';
import { ownerOf } from '../values/prototypes.ts';

/** Undefined where that is not known. */
export function isExtensible(m: Machine, of: Value): boolean | undefined {
  const heap = of.kind === 'object' ? of.heap : of.kind === 'class' ? of.statics : undefined;
  if (of.kind === 'native') return of.path === undefined || m.functions.extended.has(of.name) ? undefined : true;
  if (of.kind === 'closure') return m.renamed.has(of.code) ? undefined : true;
  if (heap === undefined || heap.open !== undefined || heap.allocation.summary || heap.writable === 'perhaps' || m.escaped.heaps.has(heap) || m.escaped.named.has(heap)) return undefined;
  const content = heap.extensible && m.memory.read(heap.extensible);
  if (ownerOf(m, heap) !== undefined && heap.extensible === undefined) return true;
  if (content === undefined || (content.kind === 'literal' && content.value === undefined)) return heap.writable === 'always' ? true : undefined;
  return content.kind === 'literal' ? content.value === true : undefined;
}
