/** What values inherit from. */
import type { ClassValue, ClosureValue, HeapObject, NativeValue, ObjectValue, Value } from '../../domain/value.ts';
import { literal } from '../../domain/values.ts';
import type { Machine } from '../machine/machine.ts';
import { isArguments, isDeclared, numbersIn } from './lists.ts';
import { inheritsNothing, ownerOf, prototypeOf } from './prototypes.ts';
import { parentOf } from './standard.ts';

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

function ofClass(m: Machine, { code, parent, statics }: ClassValue): Value | undefined {
  if (m.renamed.has(code) || statics.open !== undefined) return undefined;
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
