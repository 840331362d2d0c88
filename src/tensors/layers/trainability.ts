/** What an assignment to `trainable` switches. */
import type { Node } from '../../domain/graph.ts';
import type { Unbuilt } from '../../domain/history.ts';
import type { Block, InstanceValue, ObjectValue, Value } from '../../domain/value.ts';
import { literal, plainHost } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { defineMember } from '../../interpreter/values/properties.ts';
import { noteSwitch } from './each-layer.ts';
import { partsOf, possiblePartsOf } from './weights.ts';

/** Of a variable, or of a layer or model. */
export function setTrainable(m: Machine, target: Extract<Value, { kind: 'instance' | 'tensor' | 'object' }>, value: Value): void {
  const on = value.kind === 'literal' && typeof value.value === 'boolean' ? literal(value.value) : plainHost;
  noteSwitch(m, target, on);
  if (target.kind === 'object') {
    const own = target.heap.base?.library.trainable;
    if (own !== undefined) defineMember(m, target.heap, own, on);
    switchOwn(m, target, on);
    return;
  }
  const block = target.kind === 'instance' ? target.block : undefined;
  if (block !== undefined && target.kind === 'instance') switchBlock(m, target, block, on);
  if (target.node !== undefined) for (const node of [target.node, ...target.node.parts]) switchNode(node, on);
}

function switchBlock(m: Machine, { node }: InstanceValue, block: Block, on: Value): void {
  const { structure } = block;
  if (structure.kind === 'some part') {
    for (const part of possiblePartsOf(m, structure.model.block?.structure ?? { kind: 'unknown' })) if (isSwitchable(part)) m.either(() => undefined, () => { setTrainable(m, part, on); });
    return;
  }
  m.memory.write(block.trainable, on);
  if (structure.kind === 'layer') switchFlag(m, node, block, on);
  // A model hands the switch on to the variables of its layers, not to the layers.
  const parts = partsOf(m, structure);
  if (parts === undefined) for (const part of possiblePartsOf(m, structure)) m.either(() => undefined, () => { switchPart(m, part, on); });
  for (const part of parts ?? []) switchPart(m, part, on);
}

function switchPart(m: Machine, part: Value, on: Value): void {
  if (part.kind === 'union') m.either(...part.members.map((member) => () => { switchPart(m, member, on); }));
  else if (part.kind === 'instance' && part.block?.structure.kind === 'layer') switchFlag(m, part.node, part.block, on);
  else if (part.kind === 'object') switchOwn(m, part, on);
}

function isSwitchable(part: Value): part is InstanceValue | ObjectValue {
  return part.kind === 'instance' || part.kind === 'object';
}

function switchOwn(m: Machine, { heap }: ObjectValue, on: Value): void {
  const own = m.history.models.own.get(heap);
  if (own === undefined) return;
  for (const node of own.weights) {
    switchFlag(m, node, own, on);
    switchNode(node, on);
  }
}

/** Variables that are not there yet are made trainable all the same. */
function switchFlag(m: Machine, node: Node | undefined, { flag, built }: Pick<Block, 'flag' | 'built'>, on: Value): void {
  const there = m.memory.read(built);
  m.memory.write(flag, there?.kind === 'literal' && there.value === true ? on : plainHost);
  if (node !== undefined) m.history.models.switched.set(node, flag);
}

/** The weights whose training is certainly switched off at the moment. */
export function frozenNow(m: Machine): ReadonlySet<Node> {
  return new Set([...m.history.models.switched].flatMap(([node, flag]) => {
    const value = m.memory.read(flag);
    return value?.kind === 'literal' && value.value === false ? node : [];
  }));
}

/** The weights that are not there at the moment, or of which that is not known. */
export function unbuiltNow(m: Machine): Unbuilt {
  const [certain, possible] = [new Set<Node>(), new Set<Node>()];
  for (const [node, built] of m.history.models.built) {
    const value = m.memory.read(built);
    if (value?.kind === 'literal' && value.value === true) continue;
    const isHeld = m.history.escaped.has(node) || value?.kind !== 'literal';
    (isHeld ? possible : certain).add(node);
  }
  return { certain, possible };
}

function switchNode(node: Node, on: Value): void {
  node.switchTraining(on.kind === 'literal' && on.value === true);
}
