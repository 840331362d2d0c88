/** The keys of an object itself, where all of them are known. */
import type { ClassValue, HeapObject, Value } from '../../domain/value.ts';
import { absent, isSymbolKey, mayBeAbsent } from '../../domain/values.ts';
import { isPrivate } from '../../program/private-names.ts';
import type { Machine } from '../machine/machine.ts';
import { hasUnknownMembers, keyOf } from '../values/class-members.ts';
import { isArguments, isExact, numbersIn } from '../values/lists.ts';
import { inKeyOrder, unknownProperties, writtenNames } from '../values/properties.ts';
import { ownerOf } from '../values/prototypes.ts';
import { ownProperty } from './own.ts';

/** In the order of the language: whole numbers, other texts, symbols. */
export function ownKeysOf(m: Machine, of: Value): readonly string[] | undefined {
  const candidates = candidatesOf(m, of);
  const present = candidates?.map((key) => [key, ownProperty(m, of, key)] as const);
  if (present === undefined || present.some(([, own]) => own === undefined)) return undefined;
  const keys = inKeyOrder(present.filter(([, own]) => own?.kind !== 'none').map(([key]) => key), (key) => key);
  return [...keys.filter((key) => !isSymbolKey(key)), ...keys.filter(isSymbolKey)];
}

/** All that it may have, in order. */
function candidatesOf(m: Machine, of: Value): readonly string[] | undefined {
  switch (of.kind) {
    case 'object': return ofHeap(m, of.heap);
    case 'class': return hasUnknownMembers(of, 'static') ? undefined : unique(['length', 'name', 'prototype', ...inBody(of, 'static')], held(m, of.statics));
    case 'closure': return of.code.constructs || of.code.generator !== undefined || m.functions.extended.has(of.code) || m.renamed.has(of.code) ? undefined : ['length', 'name'];
    case 'native': return of.standard?.constructs === false && !m.functions.extended.has(of.name) ? ['length', 'name'] : undefined;
    default: return undefined;
  }
}

function ofHeap(m: Machine, heap: HeapObject): readonly string[] | undefined {
  if (heap.open !== undefined || heap.unordered || heap.allocation.summary || ownerOf(m, heap) !== undefined) return undefined;
  if (heap.isArray) return ofArray(m, heap);
  if (!heap.isRecord || heap.base !== undefined || unknownProperties(m, heap).kind !== 'never') return undefined;
  const { class: home } = heap;
  if (m.constructors.has(heap)) return unique(['constructor'], held(m, heap));
  if (home === undefined || m.prototypes.get(home.statics) !== heap) return held(m, heap);
  return hasUnknownMembers(home, 'instance') ? undefined : unique(['constructor', ...inBody(home, 'instance')], held(m, heap));
}

function ofArray(m: Machine, heap: HeapObject): readonly string[] | undefined {
  const list = m.memory.list(heap);
  return !isExact(list) || numbersIn(heap) !== undefined || isArguments(heap) ? undefined : unique([...list.items.keys()].map(String), ['length', ...held(m, heap) ?? []]);
}

/** What was put there or defined. */
function held(m: Machine, heap: HeapObject): readonly string[] | undefined {
  const isOrdered = [...heap.properties.values()].every((cell) => {
    const content = m.memory.read(cell);
    return content === undefined || content === absent || !mayBeAbsent(content);
  });
  return isOrdered ? writtenNames(heap) : undefined;
}

function inBody(of: ClassValue, side: 'static' | 'instance'): readonly string[] {
  return of.code.members.filter((member) => member.static === (side === 'static') && member.kind !== 'field' && member.kind !== 'block').flatMap((member) => keyOf(of, member) ?? []).filter((name) => !isPrivate(name) && (side === 'static' || name !== 'constructor'));
}

function unique(keys: readonly string[], more: readonly string[] | undefined): readonly string[] | undefined {
  return more && [...new Set([...keys, ...more])];
}
