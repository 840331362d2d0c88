/** A tape as a graph: which tensors a source reaches, which ones a target uses, and ways between tensors. */
import type { Operation } from './operation.ts';

/** Whether an edge from an operand to the operation's result may be walked. */
export type EdgeTest = (operation: Operation, operand: string) => boolean;

/** The adjoint passes a cotangent on. */
export const flows: EdgeTest = (operation, operand) => typeof operation.adjoints[operand] === 'function';

/** The derivative exists, though it may be zero. */
export const exists: EdgeTest = (operation, operand) => flows(operation, operand) || operation.adjoints[operand] === 'zero-derivative';

/** Any use at all. */
export const uses: EdgeTest = () => true;

/** The ids of the tensors that are varied: they depend on a source through edges that pass `test`. */
export function reachedFrom(sources: Iterable<number>, operations: readonly Operation[], test: EdgeTest): Set<number> {
  const reached = new Set(sources);
  for (const operation of operations) {
    if (reached.has(operation.result.id)) continue;
    if (operandNames(operation).some((name) => reached.has(operation.operands[name]!.id) && test(operation, name))) reached.add(operation.result.id);
  }
  return reached;
}

/** The ids of the tensors that are useful: the target depends on them through edges that pass `test`. */
export function usedBy(target: number, operations: readonly Operation[], test: EdgeTest): Set<number> {
  const useful = new Set([target]);
  for (const operation of operations.toReversed()) {
    if (!useful.has(operation.result.id)) continue;
    for (const name of operandNames(operation)) {
      if (test(operation, name)) useful.add(operation.operands[name]!.id);
    }
  }
  return useful;
}

/** The operations of one path from tensor to tensor along edges that pass `test`; null if there is none. */
export function pathBetween(from: number, to: number, operations: readonly Operation[], test: EdgeTest): Operation[] | null {
  const arrivals = new Map<number, { operation: Operation; by: number }>();
  const reached = (id: number): boolean => id === from || arrivals.has(id);
  for (const operation of operations) {
    if (reached(operation.result.id)) continue;
    const operand = operandNames(operation).find((name) => reached(operation.operands[name]!.id) && test(operation, name));
    if (operand !== undefined) arrivals.set(operation.result.id, { operation, by: operation.operands[operand]!.id });
  }
  const path: Operation[] = [];
  for (let id = to; id !== from; ) {
    const arrival = arrivals.get(id);
    if (arrival === undefined) return null;
    path.unshift(arrival.operation);
    id = arrival.by;
  }
  return path;
}

export const operandNames = (operation: Operation): string[] => Object.keys(operation.operands);
