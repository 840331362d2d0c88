/** Models that have got layers, or lost some, since they were built: the library goes on with those that were there then. */
import type { Block, InstanceValue } from '../../domain/value.ts';
import { isUndefined, literal } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

export function noteChanged(m: Machine, { block }: InstanceValue): void {
  if (block === undefined) return;
  const [built, compiled] = [m.memory.read(block.built), m.memory.read(block.compiled)];
  if (!(built?.kind === 'literal' && built.value === false) || compiled === undefined || !isUndefined(compiled)) m.memory.write(block.outdated, literal(true));
}

/** `compile` builds a model again, with the layers that it has now. */
export function noteBuiltAgain(m: Machine, block: Block): void {
  m.memory.write(block.outdated, literal(false));
}

/** Whether a model is outdated, or perhaps. */
export function isOutdated(m: Machine, { outdated }: Block): boolean {
  const content = m.memory.read(outdated);
  return !(content?.kind === 'literal' && content.value === false);
}
