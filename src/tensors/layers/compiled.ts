/** How a model has been compiled. */
import type { Block, ObjectValue } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

/**
 * What `compile` has left at a model, for code that needs it; undefined where that is not known. Where some ways come by
 * without it (of two models, the one that was not chosen), the library throws on those, and none of them gets here.
 */
export function compiledAt({ memory }: Machine, { compiled }: Block): ObjectValue | undefined {
  const content = memory.read(compiled);
  const [only, ...more] = content === undefined ? [] : members(content).filter(({ kind }) => kind !== 'literal');
  return only?.kind === 'object' && more.length === 0 ? only : undefined;
}
