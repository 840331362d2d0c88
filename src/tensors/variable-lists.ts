/** The list of variables that a scope is given: item by item where it is known, and otherwise by bounds from below and above. */
import type { Node } from '../domain/graph.ts';
import type { AskedSource, ListBounds } from '../domain/history.ts';
import type { HeapObject, Value } from '../domain/value.ts';
import { members, nonNullish } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { refineAt } from '../interpreter/values/types.ts';
import type { Site } from '../program/ir.ts';
import { isLinear, weightsIn } from './layers/weights.ts';

/** `asked`: each of its items; `bounds`: what is known where these are not. */
interface Listed {
  readonly asked: readonly AskedSource[] | undefined;
  readonly bounds: ListBounds | undefined;
}

export function listedVariables(m: Machine, given: Value, site: Site): Listed {
  const refined = refineAt(m, given, site);
  const asked = refined.kind === 'object' && refined.heap.isArray ? itemByItem(m, refined.heap, site) : undefined;
  return { asked, bounds: asked === undefined ? boundsOf(m, refined, site) : undefined };
}

/** The single variable that a value is. */
export function sourceOf(value: Value): Node | undefined {
  return value.kind === 'tensor' ? value.node : undefined;
}

// — known item by item —

function itemByItem(m: Machine, heap: HeapObject, site: Site): readonly AskedSource[] | undefined {
  const { items, others } = itemsIn(m, heap);
  const all = others.kind === 'never' ? items : [...items, ...separate(others, certainIn(m, heap))];
  const asked = all.flatMap((value) => sourcesOf(m, value).map((node) => ({ value, node, site })));
  const certain = asked.every(({ value, node }) => value.kind === 'tensor' && node !== undefined && node.kind !== 'anything' && node.kind !== 'external' && node.kind !== 'join');
  return certain && all.length > 0 ? asked : undefined;
}

/** A list with something else in it than variables is refused. */
function itemsIn(m: Machine, heap: HeapObject): { readonly items: readonly Value[]; readonly others: Value } {
  const { items, others } = m.memory.list(heap);
  return { items: items.map(nonNullish), others: nonNullish(others) };
}

/** What a variable in a list is; of a model's, the weights of the model, of which it may be any. */
function sourcesOf(m: Machine, value: Value): readonly (Node | undefined)[] {
  const node = sourceOf(value);
  const model = node === undefined ? undefined : m.history.models.byWeights.get(node);
  if (node === undefined || model === undefined) return [node];
  const { complete, list } = weightsIn(m, model);
  return complete && list.every(({ node: weight, held }) => held === 'certainly' && !weight.foreign) && isLinear(m, model) ? list.map((weight) => weight.node) : [undefined];
}

/** What certainly stands among those items of which the places are not known. */
function certainIn(m: Machine, { certain, elements }: HeapObject): readonly Node[] {
  return certain !== undefined && m.memory.store.read(elements) === certain.list ? certain.nodes : [];
}

/** The tensors that are certainly among items of which only their join is known; the join itself where they are not all. */
function separate(others: Value, certain: readonly Node[]): readonly Value[] {
  if (others.kind !== 'tensor') return [others];
  const all = others.node.alternatives().filter((node) => !node.transparent);
  return all.every((node) => certain.includes(node)) ? all.map((node) => ({ ...others, node })) : [others];
}

// — known in part —

/** Of one of several lists: what is in all of them, and what is in any. */
function boundsOf(m: Machine, given: Value, site: Site): ListBounds | undefined {
  const lists = members(given).map((list) => (list.kind === 'object' && list.heap.isArray ? boundsOfArray(m, list.heap) : undefined));
  const [first, ...rest] = lists.flatMap((list) => list ?? []);
  // For nothing, or `undefined`, the library takes every variable there is.
  if (first === undefined || rest.length + 1 < lists.length) return undefined;
  const possible = [first, ...rest].flatMap((list) => list.possible);
  return {
    site,
    sometimes: new Set([first, ...rest].flatMap((list) => list.certain)),
    certain: new Set(rest.reduce((common, list) => common.filter((node) => list.certain.includes(node)), first.certain)),
    possible: new Set(possible.flatMap((node) => [node, ...node.parts])),
    more: [first, ...rest].every(({ more }) => more === 'never') ? 'never' : 'perhaps',
  };
}

type Bounds = Pick<ListBounds, 'more'> & Readonly<Record<'certain' | 'possible', readonly Node[]>>;

function boundsOfArray(m: Machine, heap: HeapObject): Bounds {
  const { items, others } = itemsIn(m, heap);
  const each = [...items, others].map((item) => alternativesOf(m, item));
  const single = items.flatMap((_, index) => (each[index]?.more === 'never' && each[index].nodes.length === 1 ? each[index].nodes : []));
  // Whoever has the array, or can name it, may have put more into it.
  const isClosed = heap.open === undefined && !m.escaped.named.has(heap) && each.every(({ more }) => more === 'never');
  return {
    certain: [...single, ...certainIn(m, heap)].filter((node) => node.kind === 'source' && !node.repeated),
    possible: each.flatMap(({ nodes }) => nodes),
    more: isClosed ? 'never' : 'perhaps',
  };
}

/** The variables of which an item is one. */
interface Alternatives {
  readonly nodes: readonly Node[];
  /** Whether it may be another one. */
  readonly more: ListBounds['more'];
}

function alternativesOf(m: Machine, item: Value): Alternatives {
  const each = members(item).map((member): readonly (Node | undefined)[] => {
    if (member.kind === 'never') return [];
    const nodes = sourceOf(member)?.alternatives().filter((node) => !node.transparent) ?? [];
    return nodes.length === 0 ? [undefined] : nodes.flatMap((node): readonly (Node | undefined)[] => weightsBehind(m, node) ?? [undefined]);
  });
  const nodes = each.flat();
  return { nodes: nodes.flatMap((node) => node ?? []), more: nodes.includes(undefined) ? 'perhaps' : 'never' };
}

/** A variable that the program has made, or the weights of a model that it has put together. */
function weightsBehind(m: Machine, node: Node): readonly Node[] | undefined {
  const model = m.history.models.byWeights.get(node);
  if (model === undefined) return node.kind === 'source' && !node.foreign ? [node] : undefined;
  const { complete, list } = weightsIn(m, model);
  // Those of a model from elsewhere may be frozen, and then they are in no list of what trains.
  return complete && !list.some((weight) => weight.node.foreign) ? list.map((weight) => weight.node) : undefined;
}
