/** What layers, models, data sets and symbolic tensors hold, beside what the program can name. */
import type { Node } from '../../domain/graph.ts';
import { isList } from '../../domain/store.ts';
import type { Block, InstanceValue, Value } from '../../domain/value.ts';
import { nodeOf } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Inside } from '../../interpreter/machine/semantics.ts';

export function insideOf(m: Machine, value: Value): Inside | undefined {
  if (value.kind === 'instance') return insideInstance(m, value);
  const node = nodeOf(value);
  return node !== undefined && m.history.models.symbolic.has(node) ? { identity: node, values: behind(m, [node]) } : undefined;
}

function insideInstance(m: Machine, { block, element }: InstanceValue): Inside | undefined {
  if (block !== undefined) return { identity: block.allocation, values: inBlock(m, block) };
  return element && { identity: element, values: [element] };
}

function inBlock(m: Machine, { config, structure, takes, compiled, empty }: Block): readonly Value[] {
  const kept = [takes, compiled, empty].flatMap((cell) => {
    const content = m.memory.store.read(cell);
    return content === undefined || isList(content) ? [] : [content];
  });
  return [config, ...kept, ...partsIn(m, structure)];
}

function partsIn(m: Machine, structure: Block['structure']): readonly Value[] {
  switch (structure.kind) {
    case 'sequence': return [structure.parts];
    case 'graph': return behind(m, [...structure.inputs, ...structure.outputs]);
    case 'some part': return [structure.model];
    default: return [];
  }
}

/** The layers that symbolic tensors come from, and their shapes. */
function behind(m: Machine, nodes: readonly Node[]): readonly Value[] {
  const found = new Set(nodes);
  const held: Value[] = [];
  for (const node of found) {
    const symbolic = m.history.models.symbolic.get(node);
    if (symbolic === undefined) continue;
    held.push(symbolic.shape, ...symbolic.part === undefined ? [] : [symbolic.part]);
    for (const input of symbolic.inputs) found.add(input);
  }
  return held;
}
