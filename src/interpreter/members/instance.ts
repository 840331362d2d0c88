/** Whether an object is an instance of a constructor, where what it inherits from is known. */
import type { ClassValue, ClosureValue, HeapObject, Value } from '../../domain/value.ts';
import { isPrimitive, keyText, symbol } from '../../domain/values.ts';
import { isErrorName } from '../builtins/errors.ts';
import type { Machine } from '../machine/machine.ts';
import { isArguments, isDeclared, numbersIn } from '../values/lists.ts';
import { inheritsNothing, ownerOf } from '../values/prototypes.ts';

/** What an object inherits from, one after the other: prototypes of the program, classes, and at the end what the language has. */
interface Ancestry {
  readonly prototypes: readonly HeapObject[];
  readonly classes: readonly ClassValue[];
  readonly ends: readonly string[];
}

const hasInstance = keyText(symbol('hasInstance')) ?? '';

/** Undefined where that is not known. A class that says itself what its instances are is asked elsewhere. */
export function isInstance(m: Machine, value: Value, of: Value): boolean | undefined {
  if (of.kind !== 'class' && of.kind !== 'closure' && of.kind !== 'native') return undefined;
  if (isPrimitive(value)) return false;
  const ancestry = value.kind === 'object' && !m.builtIn.patches.touches(hasInstance) ? ancestryOf(m, value.heap) : undefined;
  if (ancestry === undefined) return undefined;
  if (of.kind === 'native') return of.standard?.constructs === true ? ancestry.ends.includes(of.standard.name) : undefined;
  // Of an array that is known by its type it is not known which class has made it.
  if (value.kind === 'object' && isDeclared(value.heap)) return undefined;
  return of.kind === 'class' ? isOfClass(m, ancestry, of) : isOfFunction(m, ancestry, of);
}

function ancestryOf(m: Machine, heap: HeapObject): Ancestry | undefined {
  if (heap.open !== undefined || heap.allocation.summary || ownerOf(m, heap) !== undefined) return undefined;
  if (heap.isArray) return numbersIn(heap) !== undefined ? undefined : { prototypes: [], classes: [], ends: isArguments(heap) ? ['Object'] : ['Array', 'Object'] };
  return heap.isRecord && heap.base === undefined ? ofRecord(m, heap) : undefined;
}

function ofRecord(m: Machine, heap: HeapObject): Ancestry | undefined {
  const prototypes: HeapObject[] = [];
  let end: string | undefined;
  for (let each = heap.prototype; each !== undefined && !prototypes.includes(each); each = each.prototype) {
    if (each.open !== undefined || each.class !== undefined) return undefined;
    prototypes.push(each);
    end = ownerOf(m, each);
  }
  const classes = classesOf(heap);
  if (classes === undefined || (classes.length > 0 && prototypes.length > 0)) return undefined;
  return { prototypes, classes, ends: end === undefined ? ['Object'] : end === inheritsNothing ? [] : isErrorName(end) ? [end, 'Error', 'Object'] : [end, 'Object'] };
}

/** The classes of the program that it is an instance of; undefined where one of them extends something else. */
function classesOf(heap: HeapObject): readonly ClassValue[] | undefined {
  const classes: ClassValue[] = [];
  for (let home: Value | undefined = heap.class; home !== undefined; home = home.parent) {
    if (home.kind !== 'class' || (home.parent === undefined && home.code.extends !== undefined)) return undefined;
    classes.push(home);
  }
  return classes;
}

function isOfClass(m: Machine, { classes, prototypes }: Ancestry, of: ClassValue): boolean | undefined {
  if (!of.statics.single || !classes.every(({ statics }) => statics.single)) return undefined;
  const prototype = m.prototypes.get(of.statics);
  return classes.some(({ statics }) => statics === of.statics) || (prototype !== undefined && prototypes.includes(prototype));
}

function isOfFunction(m: Machine, { prototypes, classes }: Ancestry, of: ClosureValue): boolean | undefined {
  if (classes.length > 0 || m.functions.several.has(of.code) || m.renamed.has(of.code)) return undefined;
  const prototype = m.prototypes.get(of.code);
  return prototype !== undefined && prototype.open === undefined ? prototypes.includes(prototype) : undefined;
}
