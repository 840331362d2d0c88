/** The symbolic tensors at the ends of layers and models: between them others are put together. */
import type { Node } from '../../domain/graph.ts';
import type { Block, InstanceValue, Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { array } from '../../interpreter/values/lists.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';
import type { Subject } from '../subject.ts';
import { tensorOf } from '../tensor.ts';
import { storedShape } from './stored-shapes.ts';

interface Ends {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
  /** How many there are is not known: at least these, and others like them. */
  readonly more: boolean;
}

/** `model.inputs`, `layer.output`. */
export function endsOf(m: Machine, { receiver }: Subject, { of, form }: Extract<Meaning, { is: 'ends' }>, site: Site): Value {
  const ends = receiver?.kind === 'instance' ? endsOfInstance(m, receiver, site) : undefined;
  const nodes = ends?.[of] ?? [];
  if (receiver?.kind !== 'instance' || ends === undefined || nodes.length === 0) return unknownFrom(m, receiver === undefined ? [] : [receiver], site);
  const tensors = nodes.map((node) => tensorOf(m, receiver.library, node));
  const [only, ...others] = tensors;
  // Of one alone it is that one, where there is one.
  if (form === 'one' && others.length === 0 && only !== undefined) return only;
  return array(m, { items: tensors, others: ends.more ? m.memory.joiner.all(tensors) : never }, site);
}

function endsOfInstance(m: Machine, instance: InstanceValue, site: Site): Ends | undefined {
  const { block } = instance;
  switch (block?.structure.kind) {
    case 'graph': return isSymbolic(m, block.structure) ? { ...block.structure, more: false } : undefined;
    case 'unknown': return endsOfOpen(m, instance, block);
    case 'some part': return endsOfPart(m, block.structure.model, site);
    case 'layer': return endsOfLayer(m, block);
    default: return undefined;
  }
}

function isSymbolic(m: Machine, { inputs, outputs }: Pick<Ends, 'inputs' | 'outputs'>): boolean {
  return [...inputs, ...outputs].every((node) => node.alternatives().every((each) => each.transparent || m.history.models.symbolic.has(each)));
}

/** Where a layer has been put between symbolic tensors, once. */
function endsOfLayer(m: Machine, { allocation, structure }: Block): Ends | undefined {
  const [only, ...others] = [...m.history.models.symbolic].filter(([, { part }]) => part?.kind === 'instance' && part.block?.structure === structure);
  return only === undefined || others.length > 0 || allocation.summary ? undefined : { inputs: only[1].inputs, outputs: [only[0]], more: false };
}

/** A model from elsewhere is a layer whose weights are known together; it is the same each time it is asked. */
function endsOfOpen(m: Machine, model: InstanceValue, block: Block): Ends {
  const { opened, symbolic } = m.history.models;
  const known = opened.get(block);
  if (known !== undefined) return known;
  const shape = storedShape(m, undefined, block.site);
  const [input, output] = ['input', 'output'].map((label) => m.node({ kind: 'constant' }, label, block.site)) as [Node, Node];
  symbolic.set(input, { part: undefined, inputs: [], output: undefined, open: true, shape });
  symbolic.set(output, { part: model, inputs: [input], output: undefined, shape });
  const ends: Ends = { inputs: [input], outputs: [output], more: true };
  opened.set(block, ends);
  return ends;
}

/** What stands before the output of some part of a model from elsewhere is that model, as far as it goes. */
function endsOfPart(m: Machine, model: InstanceValue, site: Site): Ends | undefined {
  return model.block?.structure.kind === 'unknown' ? endsOfInstance(m, model, site) : undefined;
}
