/** What objects inherit from, where the program replaces it: `__proto__`, `Object.setPrototypeOf`. */
import type { ClassValue, HeapObject, Value } from '../../domain/value.ts';
import { absent, isNullish, isPrimitive, mayBeAbsent, members } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { hold } from '../builtins/reflection.ts';
import { escape } from '../escape.ts';
import { conditionsOf } from '../machine/conditions.ts';
import type { Machine } from '../machine/machine.ts';
import { inheritsFrom } from '../values/inheritance.ts';
import { inheritsNothing, inheritUnknown, ownerOf, prototypeOfLanguage } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';

/** Whether `__proto__` of a value is what it inherits from, and no property like any other; undefined where it may be either. */
export function hasPrototypeAccessor(m: Machine, value: Value): boolean | undefined {
  switch (value.kind) {
    case 'object': return isInherited(m, value.heap);
    case 'class': return isInherited(m, value.statics);
    case 'host': return undefined;
    case 'literal': case 'symbol': case 'closure': case 'native': case 'promise': return !isNullish(value) && !m.builtIn.patches.touches('__proto__');
    default: return false;
  }
}

function isInherited(m: Machine, heap: HeapObject): boolean | undefined {
  const cell = heap.properties.get('__proto__');
  const own = cell === undefined ? absent : m.memory.read(cell) ?? absent;
  if (own !== absent) return mayBeAbsent(own) ? undefined : false;
  if (m.builtIn.patches.touches('__proto__')) return undefined;
  return !endsInNothing(m, heap);
}

function endsInNothing(m: Machine, heap: HeapObject): boolean {
  if (ownerOf(m, heap) === inheritsNothing) return true;
  return heap.prototype !== undefined && heap.prototype !== heap && endsInNothing(m, heap.prototype);
}

/** `object.__proto__ = above`: what is no object changes nothing. */
export function writePrototype(m: Machine, target: Value, above: Value, site: Site): void {
  m.mayThrow();
  m.either(...members(above).map((member) => () => {
    if (!isPrimitive(member) || isNothing(member)) redirect(m, target, member, site);
  }));
}

function isNothing(value: Value): boolean {
  return value.kind === 'literal' && value.value === null;
}

/** An object that is being made inherits from a value; what is no object changes nothing. Gives whether it is followed what it has from there. */
export function inherit(m: Machine, heap: HeapObject, above: Value, site: Site): boolean {
  if (isPrimitive(above) && !isNothing(above)) return true;
  const prototype = asPrototype(m, above, site);
  // Made again by code that runs more than once, it may inherit from another one.
  const isFollowed = prototype !== undefined && (heap.prototype === undefined || heap.prototype === prototype);
  if (isFollowed) {
    if (prototype !== m.builtIn.prototypes.get('Object')) heap.prototype = prototype;
  } else loosen(m, heap, unknownFrom(m, [above], site));
  return isFollowed;
}

/** What an object is given to inherit from; undefined where that is not followed. */
function asPrototype(m: Machine, value: Value, site: Site): HeapObject | undefined {
  if (isNothing(value)) return prototypeOfLanguage(m, inheritsNothing, site);
  return value.kind === 'object' && value.heap.isRecord && value.heap.base === undefined && value.heap.open === undefined ? value.heap : undefined;
}

/** What an object inherits from is the same for all code that comes by: it is changed by code only that runs once, for certain. */
function isCertain(m: Machine): boolean {
  return m.runsForCertain && conditionsOf(m).length === 0 && !m.allocator.isRepeating && !m.occasion.isSilent && !m.jobs.isRunning && !m.frame.late;
}

/** Makes a value inherit from something else. Gives whether it is followed what it has from now on. */
export function redirect(m: Machine, target: Value, above: Value, site: Site): boolean {
  hold(m, target);
  if (target.kind === 'object' && takes(m, target.heap, asPrototype(m, above, site))) return true;
  if (target.kind === 'class' && extendsFrom(m, target, above)) return true;
  const by = unknownFrom(m, [above], site);
  for (const member of members(target)) {
    if (member.kind === 'object') loosen(m, member.heap, by);
    else if (member.kind === 'class') m.functions.parents.set(member.statics, by);
  }
  escape(m, [above], by);
  return false;
}

function takes(m: Machine, heap: HeapObject, prototype: HeapObject | undefined): boolean {
  if (prototype === undefined || !isCertain(m) || heap.form.kind !== 'record' || !heap.single || heap.open !== undefined || m.escaped.heaps.has(heap)) return false;
  if (heap.writable !== 'always' || heap.extensible !== undefined || m.builtIn.owners.has(heap)) return false;
  if (prototype === heap || inheritsFrom(m, { kind: 'object', heap: prototype }, { kind: 'object', heap }) !== false) return false;
  heap.prototype = prototype;
  return true;
}

/** A class that is made once may be given another one to extend. */
function extendsFrom(m: Machine, of: ClassValue, above: Value): boolean {
  const { parents } = m.functions;
  if (above.kind !== 'class' || !isCertain(m) || !of.statics.single || parents.has(of.statics) || m.escaped.heaps.has(of.statics)) return false;
  parents.set(of.statics, above);
  return true;
}

function loosen(m: Machine, heap: HeapObject, by: Extract<Value, { kind: 'unknown' }>): void {
  heap.redirected = true;
  if (!heap.isRecord) {
    inheritUnknown(m, heap, by);
    return;
  }
  heap.open ??= by;
  if (ownerOf(m, heap) !== undefined) m.builtIn.patches.add(undefined, true);
}
