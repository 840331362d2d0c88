/** Models that have got layers, or lost some, since they were built: the library goes on with those that were there then. */
import type { Block, InstanceValue, Value } from '../../domain/value.ts';
import { isUndefined, literal, plainHost } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Subject } from '../subject.ts';

/** `added`: it has more layers than it runs. `built again`: it runs all that it has, and has not been compiled since. `shortened`: it runs more. */
type Change = 'added' | 'built again' | 'shortened';

export function noteAdded(m: Machine, { block }: InstanceValue): void {
  if (block !== undefined && mayBeBuilt(m, block)) note(m, block, 'added');
}

export function noteShortened(m: Machine, { block }: InstanceValue): void {
  if (block !== undefined && mayBeBuilt(m, block) && !isOutdated(m, block)) note(m, block, 'shortened');
}

/** Some members of a model build it where nothing has yet, and some of these also where it has got layers since. */
export function noteBuiltBy(m: Machine, { library, receiver, name }: Subject): void {
  const builders = library.layers?.builders;
  if (builders === undefined || receiver?.kind !== 'instance' || receiver.block?.structure.kind !== 'sequence') return;
  const { block } = receiver;
  const isAgain = builders.again.has(name);
  if (isAgain || builders.once.has(name)) m.memory.write(block.built, literal(true));
  if (isAgain && hasChanged(m, block, 'added')) note(m, block, 'built again');
}

/** `model.built = …`, or a property that nobody knows: the program says itself for what the library takes it. */
export function noteToldBuilt(m: Machine, { block }: InstanceValue): void {
  if (block?.structure.kind !== 'sequence') return;
  for (const cell of [block.built, block.outdated]) m.memory.write(cell, plainHost);
}

/** `compile` builds a model again, with the layers that it has now. */
export function noteCompiled(m: Machine, block: Block): void {
  m.memory.write(block.outdated, literal(false));
}

/** Whether a model is outdated, or perhaps. */
export function isOutdated(m: Machine, block: Block): boolean {
  return !isLiteral(m.memory.read(block.outdated), false) && !hasChanged(m, block, 'built again');
}

/** Whether it has certainly got a layer since it was compiled. */
export function hasOutgrown(m: Machine, block: Block): boolean {
  return hasChanged(m, block, 'added') || hasChanged(m, block, 'built again');
}

/** Whether the library takes it for one that is built; undefined where that is not known. */
export function isTakenForBuilt(m: Machine, block: Block): boolean | undefined {
  if (block.structure.kind === 'graph' || hasChanged(m, block, 'built again')) return true;
  if (hasChanged(m, block, 'added')) return false;
  const built = m.memory.read(block.built);
  return built?.kind === 'literal' && typeof built.value === 'boolean' ? built.value : undefined;
}

function mayBeBuilt(m: Machine, { built, compiled }: Block): boolean {
  const told = m.memory.read(compiled);
  return !isLiteral(m.memory.read(built), false) || told === undefined || !isUndefined(told);
}

function note(m: Machine, { outdated }: Block, change: Change): void {
  m.memory.write(outdated, literal(change));
}

function hasChanged(m: Machine, { outdated }: Block, change: Change): boolean {
  return isLiteral(m.memory.read(outdated), change);
}

function isLiteral(content: Value | undefined, value: boolean | string): boolean {
  return content?.kind === 'literal' && content.value === value;
}
