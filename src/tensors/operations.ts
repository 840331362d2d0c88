/** Tensor operations: the node of the result, and what differentiation does along each operand. */
import type { Derivative } from '../calculus/derivative.ts';
import type { Edge, Node, OperationRole } from '../domain/graph.ts';
import { hasSingularity } from '../domain/singularity.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { never } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import { record } from '../interpreter/values/properties.ts';
import { operandNodes } from '../interpreter/values/reach.ts';
import { refineAt } from '../interpreter/values/types.ts';
import type { Library } from '../libraries/library.ts';
import type { OperationRow } from '../libraries/operation.ts';
import type { Site } from '../program/ir.ts';
import { exceptionalDerivative } from './exceptional-derivatives.ts';
import { isGradientFunction, tellTakenForGradients } from './gradient-functions.ts';
import { knownArgument, noNumbers, type Numbers, numbersThrough } from './ranges.ts';
import { tellShaped } from './shaped.ts';
import { tensorOf } from './tensor.ts';

/** What a derivative is along an edge of the graph. */
export const effects: Readonly<Record<Derivative, Edge['effect']>> = { flows: 'flows', zero: 'zero-derivative', none: 'no-derivative' };

/** `path` is the operation's name in the library's tables, `label` what the user wrote. */
export function performOperation(m: Machine, library: Library, row: OperationRow, path: string, label: string, args: Arguments, site: Site): Value {
  const node = m.node(roleOf(row, path, args), label, site);
  const values = args.values.map((value, index) => refineAt(m, value, args.sites[index] ?? site));
  tellFunctions(m, library, row, path, values, args.sites);
  const given = values.map((value) => knownArgument(m, value));
  const { outcome, gaps } = tellShaped(m, { library, operation: path, label, args: { ...args, values }, given, site, node });
  const numbers = outcome === 'may fit' && args.others === undefined ? numbersThrough(m, library, row, path, values, given) : noNumbers;
  node.singular ||= args.others === undefined && isPerhapsSingular(library, path, values);
  m.tell({ kind: 'operation', library, node, path, label, operands: args.others === undefined ? values : undefined, site, chain: m.frame.chain });
  for (const [index, value] of values.entries()) {
    const derivative = derivativeOf(m, library, row, path, index, args.others === undefined ? values : undefined);
    const effect = gaps.some(({ at }) => at === index) ? 'gradient-gap' : derivative === 'flows' ? numbers.flat.get(index) ?? 'flows' : effects[derivative];
    connectOperand(m, node, value, effect, args.sites[index] ?? site);
    if (row.operands.every(({ at }) => at !== index)) for (const setting of operandNodes(m, value)) setting.coarse = true;
  }
  if (args.others !== undefined) connectOperand(m, node, args.others, 'flows', site);
  return resultOf(m, library, row, node, numbers, site);
}

/** An operand may be where the operation has no finite derivative. Numbers that are computed elsewhere are taken to be such as one divides by. */
function isPerhapsSingular({ usage }: Library, path: string, values: readonly Value[]): boolean {
  const singularity = Object.hasOwn(usage.singular, path) ? usage.singular[path] : undefined;
  if (singularity === undefined || hasSingularity(singularity, values) === 'never') return false;
  const operand = values[singularity.at];
  const range = operand?.kind === 'tensor' ? operand.facts.range : operand?.kind === 'literal' ? { low: Number(operand.value), high: Number(operand.value) } : undefined;
  return range !== undefined && singularity.between.some(([low, high]) => range.low <= high && range.high >= low);
}

function roleOf(row: OperationRow, path: string, { others, values }: Arguments): OperationRole {
  return {
    kind: 'operation', path,
    ...others === undefined && values.length <= row.operands.length ? { plain: true } : {},
    ...row.result === 'tensor' ? {} : { several: true },
  };
}

/** Operands that are functions for certain. */
function tellFunctions(m: Machine, { errors, title }: Library, row: OperationRow, path: string, values: readonly Value[], sites: Arguments['sites']): void {
  for (const { at, name } of row.operands) {
    const [value, site] = [values[at], sites[at]];
    if (value === undefined || site === undefined || !isGradientFunction(value)) continue;
    tellTakenForGradients(m, value, site, { by: title, error: errors.operand.replace('{operand}', name).replace('{operation}', path) });
  }
}

/** What comes back to an argument; all gradients where the row does not speak of it. */
function derivativeOf(m: Machine, library: Library, row: OperationRow, path: string, index: number, values: readonly Value[] | undefined): Derivative {
  const operand = row.operands.find(({ at }) => at === index);
  if (operand === undefined) return 'flows';
  // Of arguments that are spread from an array of unknown length, none is known to be left out.
  return (values && exceptionalDerivative(m, library, path, operand.name, values)) ?? operand.derivative;
}

/** One operand: a tensor, a number, or an array of tensors. */
function connectOperand(m: Machine, node: Node, value: Value, effect: Edge['effect'], site: Site): void {
  for (const from of operandOf(m, value, site)) node.connect(from, effect, site);
}

/** As `operandNodes`, with one value that stands for those of which only one is there. */
function operandOf(m: Machine, value: Value, site: Site): readonly Node[] {
  const nodes = operandNodes(m, value);
  if (value.kind !== 'union' || nodes.length < 2) return nodes;
  const either = m.node({ kind: 'join', of: 'branches' }, '', site);
  for (const from of nodes) either.connect(from, 'flows', site);
  return [either];
}

function resultOf(m: Machine, library: Library, row: OperationRow, node: Node, { facts, several }: Numbers, site: Site): Value {
  if (row.result === 'tensor') return tensorOf(m, library, node, facts);
  const each = tensorOf(m, library, node, several.each);
  if (row.result === 'tensors') return array(m, several.items === undefined ? { items: [], others: each } : { items: several.items.map((of) => tensorOf(m, library, node, of)), others: never }, site);
  return record(m, site, Object.fromEntries(row.result.fields.map((field) => [field, tensorOf(m, library, node, several.fields?.[field] ?? several.each)])));
}

/** A function of the library whose meaning is not in the tables: every gradient of its arguments is let through. */
export function unknownOperation(m: Machine, inputs: readonly Value[], label: string, site: Site): Node {
  const node = m.node({ kind: 'operation' }, label, site);
  for (const input of inputs) for (const from of operandNodes(m, input)) node.connect(from, 'flows', site);
  for (const input of inputs) if (input.kind === 'instance' && input.node !== undefined) node.connect(input.node, 'flows', site);
  return node;
}

