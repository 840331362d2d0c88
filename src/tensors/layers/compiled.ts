/** How a model has been compiled. */
import type { Node, Trainability } from '../../domain/graph.ts';
import type { Block, ObjectValue, Value } from '../../domain/value.ts';
import { literal, members, never } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

export interface Compiled {
  readonly loss: Value;
  readonly optimizer: Value;
  /** The weights that were not collected, or perhaps not. */
  readonly left: ReadonlyMap<Node, Trainability>;
}

/**
 * What `compile` has left at a model, for code that needs it; undefined where that is not known. Where some ways come by
 * without it (of two models, the one that was not chosen), the library throws on those, and none of them gets here. Of
 * several calls of `compile` one was the last, and it is not known which.
 */
export function compiledAt(m: Machine, block: Block): Compiled | undefined {
  const content = m.memory.read(block.compiled);
  const records = content === undefined ? [] : members(content).filter(({ kind }) => kind !== 'literal');
  if (records.length === 0 || !records.every(isObject)) return undefined;
  return { loss: settingIn(m, records, 'loss'), optimizer: settingIn(m, records, 'optimizer'), left: agreed(records.map((record) => leftBy(m, record))) };
}

/** The optimizers with which a model may have been compiled. */
export function optimizersAt(m: Machine, block: Block): Value {
  return settingIn(m, members(m.memory.read(block.compiled) ?? never).filter(isObject), 'optimizer');
}

function settingIn(m: Machine, records: readonly ObjectValue[], key: string): Value {
  return m.memory.joiner.all(records.map((record) => m.getMember(record, literal(key), record.heap.site)));
}

function isObject(value: Value): value is ObjectValue {
  return value.kind === 'object';
}

function leftBy(m: Machine, record: ObjectValue): ReadonlyMap<Node, Trainability> {
  const left = m.getMember(record, literal('left'), record.heap.site);
  const items = left.kind === 'object' ? m.memory.list(left.heap).items : [];
  return new Map(items.flatMap((value) => (value.kind === 'instance' && value.node !== undefined ? [[value.node, value.class as Trainability] as const] : [])));
}

function agreed(all: readonly ReadonlyMap<Node, Trainability>[]): ReadonlyMap<Node, Trainability> {
  const nodes = new Set(all.flatMap((each) => [...each.keys()]));
  return new Map([...nodes].map((node) => {
    const [first = 'unsure', ...others] = all.map((each) => each.get(node));
    return [node, others.every((other) => other === first) ? first : 'unsure'];
  }));
}
