/**
 * Loops that set the switch of each layer of a model: what holds of every layer, also where it is not known which layers
 * there are. Switches of single layers cannot say it, for one of them may stand for several at run time.
 */
import { Cell } from '../../domain/cell.ts';
import { type Content, isList } from '../../domain/store.ts';
import type { Block, HeapObject, InstanceValue, ListState, ObjectValue, TensorValue, Turn, Value } from '../../domain/value.ts';
import { undefinedValue } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Passage } from '../../interpreter/machine/semantics.ts';
import { possiblePartsOf } from './weights.ts';

/** A loop over an array, whose body stands in so many calls; undefined where the array is not all layers of a model. */
export function passageThrough(m: Machine, heap: HeapObject, depth: number): Passage | undefined {
  const listed = m.history.models.listed.get(heap);
  const block = listed?.model.block;
  if (block === undefined || heap.allocation.summary || m.memory.list(heap) !== listed?.list) return undefined;
  const layers = partsIn(m, block);
  const told: (Value | undefined)[] = [];
  return {
    turn: (item, run) => {
      const turn: Turn = { switched: new Cell('switched'), depth };
      m.memory.write(turn.switched, undefinedValue);
      run(marked(item, turn));
      if (m.reachable) told.push(m.memory.read(turn.switched));
      retire(m, turn);
    },
    end: () => {
      const [first] = told;
      const isEvery = first?.kind === 'literal' && told.every((value) => value?.kind === 'literal' && value.value === first.value);
      if (m.reachable && isEvery && partsIn(m, block) === layers) m.memory.write(block.each, first);
    },
  };
}

/** The list of a model's layers, which is another one when a layer is added; a model between symbolic tensors stays as it is. */
function partsIn(m: Machine, { structure }: Block): ListState | undefined {
  return structure.kind === 'sequence' ? m.memory.list(structure.parts.heap) : undefined;
}

/** An item as the one of its turn: whichever of several it is, it is this one. */
function marked(item: Value, turn: Turn): Value {
  if (item.kind === 'union') return { kind: 'union', members: item.members.map((member) => marked(member, turn)) };
  return item.kind === 'instance' ? { ...item, turn } : item;
}

/** What is left of a turn in variables and objects is no item of the turns that follow. */
function retire(m: Machine, turn: Turn): void {
  for (const [cell, content] of m.memory.store.writes) {
    const after = without(turn, content);
    if (after !== content) m.memory.store.write(cell, after);
  }
}

function without(turn: Turn, content: Content): Content {
  if (!isList(content)) return unmarked(turn, content);
  const [others, ...items] = [content.others, ...content.items].map((value) => unmarked(turn, value));
  return others === content.others && items.every((item, index) => item === content.items[index]) || others === undefined ? content : { items, others };
}

function unmarked(turn: Turn, value: Value): Value {
  if (value.kind === 'instance' && value.turn === turn) {
    const { turn: _, ...item } = value;
    return item;
  }
  if (value.kind === 'union') {
    const members = value.members.map((member) => unmarked(turn, member));
    return members.some((member, index) => member !== value.members[index]) ? { kind: 'union', members } : value;
  }
  if (value.kind !== 'promise') return value;
  const settled = unmarked(turn, value.value);
  return settled === value.value ? value : { kind: 'promise', value: settled };
}

/** The switch of a layer, or of any of several, is set. */
export function noteSwitch(m: Machine, target: InstanceValue | TensorValue | ObjectValue, on: Value): void {
  if (target.kind === 'instance' && target.turn?.depth === m.depth) m.memory.write(target.turn.switched, on);
  for (const block of new Set([...m.history.models.listed.values()].map(({ model }) => model.block))) {
    if (block === undefined || !mayHold(m, block, target)) continue;
    const before = m.memory.read(block.each);
    if (before?.kind === 'literal' && before.value !== undefined && !(on.kind === 'literal' && on.value === before.value)) m.memory.write(block.each, undefinedValue);
  }
}

/** Whether what is switched may be one of a model's layers. */
function mayHold(m: Machine, { structure }: Block, target: Value): boolean {
  if (target.kind === 'instance' && (target.block === undefined || target.block.structure.kind === 'some part')) return true;
  return possiblePartsOf(m, structure).some((part) => (part.kind === 'instance' && target.kind === 'instance' && part.block === target.block) || (part.kind === 'object' && target.kind === 'object' && part.heap === target.heap));
}
