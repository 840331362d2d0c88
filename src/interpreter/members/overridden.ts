/** Arrays of which it is not known of which class they are. */
import type { HeapObject } from '../../domain/value.ts';
import type { Machine } from '../machine/machine.ts';
import { arrayIndex, isDeclared } from '../values/lists.ts';

/** Whether an array may be of a class that extends `Array` and has a member of this name of its own. */
export function isOverridden({ builtIn }: Machine, heap: HeapObject, name: string | undefined): boolean {
  return name !== undefined && isDeclared(heap) && arrayIndex(name) === undefined && builtIn.extending.touches(name);
}
