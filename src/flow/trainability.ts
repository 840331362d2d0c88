/** What an assignment to `trainable` switches. */
import type { Block } from './block.ts';
import type { Node } from './graph.ts';
import type { Machine } from './machine.ts';
import type { Cell } from './store.ts';
import { type ObjectValue, type Value, literal, plainHost } from './value.ts';
import { partsOf } from './weights.ts';

/** Of a variable, or of a layer or model. */
export function setTrainable(m: Machine, target: Extract<Value, { kind: 'instance' | 'tensor' | 'object' }>, value: Value): void {
  const on = value.kind === 'literal' && typeof value.value === 'boolean' ? literal(value.value) : plainHost;
  if (target.kind === 'object') {
    switchOwn(m, target, on);
    return;
  }
  const block = target.kind === 'instance' ? target.block : undefined;
  if (block !== undefined) switchBlock(m, block, on);
  if (target.node !== undefined) for (const node of [target.node, ...target.node.parts]) switchNode(node, on);
}

function switchBlock(m: Machine, block: Block, on: Value): void {
  m.write(block.trainable, on);
  if (block.structure.kind === 'layer') switchFlag(m, block.flag, block.built, on);
  // A model hands the switch on to the variables of its layers, not to the layers.
  for (const part of partsOf(m, block.structure) ?? []) {
    if (part.kind === 'instance' && part.block?.structure.kind === 'layer') switchFlag(m, part.block.flag, part.block.built, on);
    else if (part.kind === 'object') switchOwn(m, part, on);
  }
}

function switchOwn(m: Machine, { heap }: ObjectValue, on: Value): void {
  const own = m.models.own.get(heap);
  if (own === undefined) return;
  switchFlag(m, own.flag, own.built, on);
  for (const node of own.weights) switchNode(node, on);
}

/** Variables that are not there yet are made trainable all the same. */
function switchFlag(m: Machine, flag: Cell, built: Cell, on: Value): void {
  const there = m.read(built);
  m.write(flag, there?.kind === 'literal' && there.value === true ? on : plainHost);
}

/** What is switched on again after it was made may be switched on too late, or only sometimes: nothing is certain any more. */
function switchNode(node: Node, on: Value): void {
  node.frozen = false;
  if (!(on.kind === 'literal' && on.value === true)) node.trainable = false;
}
