/** Whether a property is written to as it is, by a setter, or not at all. */
import type { ClassValue, ClosureValue, HeapObject, Value } from '../../domain/value.ts';
import { mayBeAbsent } from '../../domain/values.ts';
import { isPrivate } from '../../program/private-names.ts';
import type { Machine } from '../machine/machine.ts';
import { findMember, isOfOneClass } from '../values/class-members.ts';
import { isArguments } from '../values/lists.ts';
import { isPlain } from '../values/prototypes.ts';
import { ownProperty } from './own.ts';

/** Whether an object is written to without an error of its own, for certain. */
export function takesAnything(m: Machine, object: Value, name: string | undefined): boolean {
  if (object.kind === 'class' && name !== undefined) return takesStatic(m, object, name);
  if (object.kind === 'native' && name !== undefined) return isWritten(m, object, name);
  if (object.kind !== 'object') return false;
  const { writable, form, accessors, class: home } = object.heap;
  // What is refused of what is frozen is seen there.
  if (writable !== 'always') return writable === 'never';
  // What is refused, or done in its place, is seen there.
  if (name !== undefined && object.heap.attributes?.has(name) === true) return true;
  if (form.kind === 'array') return name !== 'length' && (name !== 'callee' || !isArguments(object.heap));
  if (!object.heap.isRecord || !isPlain(m, object.heap)) return false;
  if (name === undefined) return accessors.size === 0 && object.heap.attributes === undefined && home === undefined;
  if (isPrivate(name) && isOfOneClass(object) && holds(m, object.heap, name)) return true;
  // What has a getter alone is not written to, and what is private must be there.
  const getter = getterOf(object.heap, name);
  if (isPrivate(name) && !isOfOneClass(object)) return false;
  return setterOf(m, object.heap, name) !== undefined || (getter === undefined && !isPrivate(name));
}

/** It has a property of its own that is written to. */
function isWritten(m: Machine, of: Value, name: string): boolean {
  const own = ownProperty(m, of, name);
  return own?.kind === 'data' && own.writable;
}

/** It has a property of its own that is written to, or of which something was said. */
function takesStatic(m: Machine, of: ClassValue, name: string): boolean {
  return of.statics.attributes?.has(name) === true || isWritten(m, of, name);
}

export function holds(m: Machine, heap: HeapObject, name: string): boolean {
  const cell = heap.properties.get(name);
  const content = cell && m.memory.read(cell);
  return content !== undefined && !mayBeAbsent(content);
}

export function setterOf(m: Machine, heap: HeapObject, name: string): ClosureValue | undefined {
  // What it holds itself hides what its class has.
  if (!heap.accessors.has(name) && holds(m, heap, name)) return undefined;
  const own = heap.accessors.get(name)?.set ?? (heap.class && findMember(heap.class, name, 'set'));
  if (own !== undefined || heap.prototype === undefined || heap.prototype === heap || heap.properties.has(name)) return own;
  return setterOf(m, heap.prototype, name);
}

export function getterOf(heap: HeapObject, name: string): ClosureValue | undefined {
  const own = heap.accessors.get(name)?.get ?? (heap.class && findMember(heap.class, name, 'get'));
  if (own !== undefined || heap.prototype === undefined || heap.prototype === heap || heap.properties.has(name)) return own;
  return getterOf(heap.prototype, name);
}
