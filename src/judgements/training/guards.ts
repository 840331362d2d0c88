/** A choice that guards the value of an operation and not its gradient. */
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { TensorValue, Value } from '../../domain/value.ts';
import { uniformOf } from '../../domain/values.ts';
import type { Singularity } from '../../libraries/usage.ts';

type Operations = ReadonlyMap<Node, Operation>;

/**
 * Whether some choice takes another value in place of what the operation makes where its operand is zero, and singular:
 * the program says by that that such elements occur. What is compared is data, for no gradient passes a comparison: the
 * operand itself, or what it is a product with.
 */
export function guardOf({ node, library: { usage } }: Operation, operand: TensorValue, { between, elements }: Singularity, operations: Operations, certain: ReadonlySet<Node>): boolean {
  if (elements === 'all' || !between.some(([from, to]) => from <= 0 && to >= 0)) return false;
  const zeros = zeroWith(operand, operations);
  return [...certain].some((user) => {
    const choice = operations.get(user);
    if (choice?.path !== usage.choice) return false;
    const [condition, taken, other] = choice.operands ?? [];
    const side = isOf(taken, node) ? 'false' : isOf(other, node) ? 'true' : undefined;
    const comparison = condition?.kind === 'tensor' ? operations.get(condition.node) : undefined;
    return side !== undefined && comparison !== undefined && isZeroOn(side, comparison, zeros);
  });
}

/** Where any of these is zero, the value is: itself, the factors of a product. */
function zeroWith(value: TensorValue, operations: Operations): ReadonlyMap<Node, TensorValue> {
  const found = new Map([[value.node, value]]);
  for (const { node } of found.values()) {
    const operation = operations.get(node);
    if (operation === undefined || node.several || node.transparent || !operation.library.usage.products.has(operation.path)) continue;
    const { path, operands = [], library: { usage } } = operation;
    // What is divided by zero is not zero.
    for (const factor of Object.hasOwn(usage.singular, path) ? operands.slice(0, 1) : operands) if (factor.kind === 'tensor') found.set(factor.node, factor);
  }
  return found;
}

function isOf(value: Value | undefined, node: Node): boolean {
  return value?.kind === 'tensor' && value.node === node;
}

/** Whether a comparison with a number comes out so where one of some values is zero, which it may be. */
function isZeroOn(side: 'true' | 'false', { library: { usage }, path, operands = [] }: Operation, zeros: ReadonlyMap<Node, TensorValue>): boolean {
  const sides = Object.hasOwn(usage.comparisons, path) ? usage.comparisons[path] : undefined;
  const [compared, limit] = operands;
  const bound = limit && uniformOf(limit);
  if (sides === undefined || compared?.kind !== 'tensor' || compared.node.several || !zeros.has(compared.node) || bound === undefined) return false;
  const { low, high } = compared.facts.range;
  return low <= 0 && high >= 0 && sides.includes(bound > 0 ? 'less' : bound < 0 ? 'greater' : 'equal') === (side === 'true');
}
