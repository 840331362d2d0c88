/** `Object.assign`, `Reflect.set`: what they write is written as by an assignment. */
import { argument } from '../../../domain/invocation.ts';
import type { ClassValue, HeapObject, Invocation, ObjectValue, Value } from '../../../domain/value.ts';
import { isNullish, isPrimitive, keyOfText, keyText, members, plainHost, undefinedValue } from '../../../domain/values.ts';
import type { Site } from '../../../program/ir.ts';
import type { Machine } from '../../machine/machine.ts';
import { escape } from '../../escape.ts';
import { runOthers } from '../../later.ts';
import { writeTo } from '../../members/writing.ts';
import { allMembers } from '../../values/class-members.ts';
import { identical } from '../../values/identity.ts';
import { copyMembers, entriesOf, knownNames } from '../../values/properties.ts';
import { inheritUnknown, ownerOf } from '../../values/prototypes.ts';
import { unknownFrom } from '../../values/unknown.ts';
import { toPrimitive } from '../conversion.ts';
import { fails } from '../errors.ts';
import { type Native, unfollowed } from '../unfollowed.ts';

/** `boxed`: what a plain value becomes that is to be written to. */
export const assigning = (boxed: Native): Native => (m, call) => {
  const [written, ...sources] = call.arguments.values;
  if (call.arguments.others !== undefined) return unfollowed(m, call);
  if (written === undefined || isNullish(written)) return fails(m, 'TypeError', call.site);
  const isBoxed = isPrimitive(written) || written.kind === 'host';
  const target = isBoxed ? boxed(m, call) : written;
  for (const member of members(target)) {
    const isPlain = member === target && member.kind === 'object' && isPlainTarget(m, member.heap);
    for (const source of sources) {
      if (isPlain) copyMembers(m, source, member.heap, call.site);
      else if (member === target) copyOnto(m, member, source, call.site);
    }
  }
  if (written.kind === 'union') m.either(...written.members.map((member) => () => { for (const source of sources) copyOnto(m, member, source, call.site); }));
  // What is read from elsewhere may be an object: who has it has what is put on it.
  if (written.kind === 'host') for (const source of sources) copyOnto(m, written, source, call.site);
  return target;
};

/** An assignment to it puts the value there, and does nothing else. */
function isPlainTarget(m: Machine, heap: HeapObject): boolean {
  if (!heap.isRecord || heap.accessors.size > 0 || heap.attributes !== undefined || heap.extensible !== undefined || heap.prototype !== undefined || heap.redirected) return false;
  if (heap.base !== undefined || heap.writable !== 'always' || ownerOf(m, heap) !== undefined || heap === m.builtIn.global || m.escaped.heaps.has(heap) || m.escaped.named.has(heap)) return false;
  return heap.class === undefined || (allMembers(heap.class, 'set', 'instance').length === 0 && !inheritsDescribed(m, heap.class));
}

/** Whether something was defined on the prototype of a class, or of one that it extends, or that was given something else to inherit from. */
function inheritsDescribed(m: Machine, of: ClassValue): boolean {
  const prototype = m.prototypes.get(of.statics);
  return prototype?.attributes !== undefined || prototype?.redirected === true || prototype?.prototype !== undefined || (of.parent?.kind === 'class' && inheritsDescribed(m, of.parent));
}

/** What is put on an object that is not known is in the hands of others, and its setters run. Functions that are put on what is declared elsewhere are taken to be called from there. */
function copyOntoUnknown(m: Machine, source: Value, site: Site): void {
  const contents = source.kind === 'object' ? m.memory.contents(source.heap) : [source];
  escape(m, contents.filter(({ kind }) => kind === 'object'), unknownFrom(m, contents, site));
  runOthers(m);
}

/** Reads each property of a source, and writes it before the next one is read. */
function copyOnto(m: Machine, target: Value, source: Value, site: Site): void {
  if (target.kind === 'unknown') {
    copyOntoUnknown(m, source, site);
    return;
  }
  if (source.kind === 'union') {
    m.either(...source.members.map((member) => () => { copyOnto(m, target, member, site); }));
    return;
  }
  if (isPrimitive(source) && !(source.kind === 'literal' && typeof source.value === 'string')) return;
  const write = (name: string | undefined, value: Value): void => { if (m.reachable) writeTo(m, target, { name, value, site, refused: 'fails' }); };
  const names = source.kind === 'object' ? knownNames(m, source.heap) : undefined;
  if (names !== undefined) copyNames(m, source as ObjectValue, names, site, write);
  else {
    const { known, others } = entriesOf(m, source, site);
    for (const [name, value] of known) write(name, value);
    if (others.kind !== 'never') m.either(() => undefined, () => { write(undefined, others); });
    // A name that is read from elsewhere may be that of a method, or `__proto__`.
    if (others.kind !== 'never' && target.kind === 'object') inheritUnknown(m, target.heap, unknownFrom(m, [source], site));
  }
}

function copyNames(m: Machine, source: ObjectValue, names: readonly string[], site: Site, write: (name: string, value: Value) => void): void {
  for (const name of names) {
    if (!m.reachable) return;
    write(name, m.getMember(source, keyOfText(name), site));
  }
}

/** `Reflect.set`. On another receiver, what is written is not followed. */
export const setByReflection = (m: Machine, { arguments: args, site }: Invocation): Value | undefined => {
  const [target, written, value, receiver] = [0, 1, 2, 3].map((at) => argument(args, at)) as [Value, Value, Value, Value];
  if (isPrimitive(target)) return fails(m, 'TypeError', site);
  if (args.others !== undefined || (args.values.length > 3 && identical(target, receiver) !== true)) return undefined;
  const key = toPrimitive(m, written, 'string', site);
  if (m.reachable) writeTo(m, target, { name: keyText(key), value, site, refused: 'is left out' });
  return m.reachable ? plainHost : undefinedValue;
};
