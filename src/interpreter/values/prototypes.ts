/** The prototypes of functions and classes, as objects. */
import type { ClassValue, ClosureValue, HeapObject, UnknownValue } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { unknownFrom } from './unknown.ts';

/** Under this name is kept what stands in the place of a prototype where there is none. */
export const inheritsNothing = 'null';

/** `F.prototype`: of a class, an object with its methods and none of its fields. */
export function prototypeOf(m: Machine, of: ClassValue | ClosureValue): HeapObject {
  const key = of.kind === 'class' ? of.statics : of.code;
  let heap = m.prototypes.get(key);
  if (heap === undefined) {
    // It was there before the code at hand asked for it: what that puts on it, others find only where that code has run.
    heap = m.apart(() => m.heap(of.kind === 'class' ? { kind: 'instance', class: of, base: undefined } : { kind: 'record' }, of.code.nameSite));
    m.prototypes.set(key, heap);
    if (of.kind === 'closure' && of.code.generator !== undefined) {
      heap.open = unknownFrom(m, [], of.code.nameSite);
      heap.prototype = prototypeOfLanguage(m, of.code.async ? 'AsyncGenerator' : 'Generator', of.code.nameSite);
    } else if (of.kind === 'closure') m.constructors.set(heap, of);
    heap.single = of.kind === 'closure' ? m.functions.made.has(of.code) && !m.functions.several.has(of.code) : of.statics.single;
  }
  return heap;
}

/** `Array.prototype` and its like. */
export function prototypeOfLanguage(m: Machine, owner: string, site: Site): HeapObject {
  const { prototypes, owners } = m.builtIn;
  let heap = prototypes.get(owner);
  if (heap === undefined) {
    heap = m.apart(() => m.heap({ kind: 'record' }, site));
    heap.single = true;
    heap.callable = owner === 'Function';
    prototypes.set(owner, heap);
    owners.set(heap, owner);
  }
  return heap;
}

/** A container inherits from something that is not known: what its form says is one of the things that it may have under a name. */
export function inheritUnknown(m: Machine, heap: HeapObject, by: UnknownValue): void {
  if (heap.isRecord || heap.prototype !== undefined) return;
  const above = m.heap({ kind: 'record' }, by.node.site);
  above.open = by;
  heap.prototype = above;
}

/** Whether it inherits nothing but what the language gives to every object, or not even that. */
export function isPlain(m: Machine, { prototype }: HeapObject): boolean {
  return prototype === undefined || ownerOf(m, prototype) === inheritsNothing;
}

/** Of which constructor of the language an object is the prototype. */
export function ownerOf(m: Machine, heap: HeapObject): string | undefined {
  return m.builtIn.owners.get(heap);
}
