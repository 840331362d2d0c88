/** What values inherit from. */
import type { ClassValue, ClosureValue, HeapObject, NativeValue, ObjectValue, Value } from '../../domain/value.ts';
import { literal, members } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { isArguments, isDeclared, numbersIn } from './lists.ts';
import { inheritsNothing, ownerOf, prototypeOf } from './prototypes.ts';
import { parentOf } from './standard.ts';
import { unknownFrom } from './unknown.ts';

const nothing: Value = literal(null);

/** What a value inherits from, `null` where it inherits nothing; undefined where that is not known. */
export function prototypeOfValue(m: Machine, value: Value): Value | undefined {
  switch (value.kind) {
    case 'object': return ofHeap(m, value.heap);
    case 'class': return ofClass(m, value);
    case 'closure': return ofClosure(m, value);
    case 'native': return ofNative(m, value);
    case 'promise': return m.ofLanguage('Promise.prototype');
    case 'literal': return ofPlain(m, value.value);
    case 'symbol': return m.ofLanguage('Symbol.prototype');
    default: return undefined;
  }
}

function ofPlain(m: Machine, value: unknown): Value | undefined {
  return value === undefined || value === null ? undefined : m.ofLanguage(`${{ string: 'String', number: 'Number', boolean: 'Boolean', bigint: 'BigInt' }[typeof value as 'string']}.prototype`);
}

function ofHeap(m: Machine, heap: HeapObject): Value | undefined {
  if (heap.open !== undefined || heap.allocation.summary || heap.base !== undefined) return undefined;
  const owner = ownerOf(m, heap);
  if (owner === inheritsNothing) return undefined;
  if (owner !== undefined) return above(m, `${owner}.prototype`);
  switch (heap.form.kind) {
    case 'array': return numbersIn(heap) !== undefined || isDeclared(heap) ? undefined : m.ofLanguage(isArguments(heap) ? 'Object.prototype' : 'Array.prototype');
    case 'iterator': return ofIterator(m, [...heap.form.over.keys()]);
    case 'map': case 'set': return m.ofLanguage(`${heap.form.weak === true ? 'Weak' : ''}${heap.form.kind === 'map' ? 'Map' : 'Set'}.prototype`);
    case 'record': return heap.prototype === undefined ? m.ofLanguage('Object.prototype') : ofPrototype(m, heap, heap.prototype);
    case 'instance': return ofInstance(m, heap, heap.form.class);
    default: return undefined;
  }
}

function ofPrototype(m: Machine, heap: HeapObject, prototype: HeapObject): Value | undefined {
  if (ownerOf(m, prototype) === inheritsNothing) return nothing;
  return prototype === heap ? undefined : { kind: 'object', heap: prototype };
}

function ofInstance(m: Machine, heap: HeapObject, of: ClassValue): Value | undefined {
  if (m.prototypes.get(of.statics) !== heap) return heap.prototype === undefined ? { kind: 'object', heap: prototypeOf(m, of) } : undefined;
  if (of.parent?.kind === 'class') return { kind: 'object', heap: prototypeOf(m, of.parent) };
  return of.code.extends === undefined ? m.ofLanguage('Object.prototype') : undefined;
}

/** Of what goes through arrays or collections of one kind. */
function ofIterator(m: Machine, over: readonly HeapObject[]): Value | undefined {
  const [only, ...more] = new Set(over.map(({ form: { kind } }) => ({ array: 'Array', map: 'Map', set: 'Set' }[kind as string] ?? 'String')));
  return only === undefined || more.length > 0 ? undefined : m.ofLanguage(`${only}Iterator.prototype`);
}

/** The constructor above a class: what it extends, or what the program has put in the place of that. */
export function heritageOf({ functions: { parents } }: Machine, of: ClassValue): Value | undefined {
  return parents.get(of.statics) ?? of.parent;
}

function ofClass(m: Machine, of: ClassValue): Value | undefined {
  const { code, statics } = of;
  const parent = heritageOf(m, of);
  if ((m.renamed.has(code) && !m.functions.parents.has(statics)) || statics.open !== undefined) return undefined;
  if (parent?.kind === 'class') return parent;
  return code.extends === undefined ? m.ofLanguage('Function.prototype') : undefined;
}

function ofClosure(m: Machine, { code }: ClosureValue): Value | undefined {
  if (m.renamed.has(code)) return undefined;
  const owner = `${code.async ? 'Async' : ''}${code.generator === undefined ? '' : 'Generator'}Function`;
  return m.ofLanguage(`${owner}.prototype`);
}

function ofNative(m: Machine, { path }: NativeValue): Value | undefined {
  return path === undefined || m.functions.extended.has(path) ? undefined : above(m, path);
}

function above(m: Machine, path: string): Value | undefined {
  if (path === 'Object.prototype') return nothing;
  const found = parentOf(path);
  return found === undefined ? undefined : m.ofLanguage(found);
}

/** As `prototypeOfValue`: where that is not known, what a value is taken to inherit from is among the things that it may be. */
export function prototypeAsTaken(m: Machine, value: Value, site: Site): Value {
  return m.memory.joiner.all(members(value).map((each) => prototypeOfValue(m, each) ?? m.memory.joiner.all([unknownFrom(m, [each], site), ...takenFrom(m, each)])));
}

function takenFrom(m: Machine, value: Value): readonly Value[] {
  const language = (...owners: readonly string[]): readonly Value[] => owners.map((owner) => m.ofLanguage(`${owner}.prototype`));
  switch (value.kind) {
    case 'object': return ofHeapAsTaken(m, value.heap, language);
    case 'class': {
      const parent = heritageOf(m, value);
      return parent?.kind === 'class' ? [parent] : language('Function');
    }
    case 'closure': case 'native': return language('Function', 'Object');
    case 'host': return language('Object', 'Array', 'String', 'Number');
    default: return [];
  }
}

function ofHeapAsTaken(m: Machine, heap: HeapObject, language: (...owners: readonly string[]) => readonly Value[]): readonly Value[] {
  const { form, prototype } = heap;
  const above = prototype === undefined || prototype === heap ? [] : [{ kind: 'object', heap: prototype } as const];
  switch (form.kind) {
    case 'record': return above.length > 0 ? above : language('Object');
    case 'instance': {
      const { class: of } = form;
      if (m.prototypes.get(of.statics) !== heap) return [{ kind: 'object', heap: prototypeOf(m, of) }, ...above];
      return of.parent?.kind === 'class' ? [{ kind: 'object', heap: prototypeOf(m, of.parent) }] : language('Object');
    }
    case 'array': return language(numbersIn(heap) === undefined ? 'Array' : 'TypedArray');
    case 'iterator': return language('ArrayIterator', 'MapIterator', 'SetIterator', 'StringIterator');
    case 'generator': return generatorPrototype(m, heap);
    case 'map': case 'set': return language(form.kind === 'map' ? 'Map' : 'Set');
  }
}

function generatorPrototype(m: Machine, heap: HeapObject): readonly Value[] {
  const activation = m.generators.get(heap);
  return activation === undefined ? [] : [{ kind: 'object', heap: prototypeOf(m, activation.closure) }];
}

/** Whether a value inherits from an object; undefined where that is not known. */
export function inheritsFrom(m: Machine, value: Value, { heap }: ObjectValue): boolean | undefined {
  let each = prototypeOfValue(m, value);
  for (let count = 0; count < deepest && each !== undefined; count++) {
    if (each.kind === 'literal') return false;
    if (each.kind === 'object' && each.heap === heap) return true;
    each = prototypeOfValue(m, each);
  }
  return undefined;
}

const deepest = 16;
