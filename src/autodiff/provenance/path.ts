import { operandNames, type EdgeTest } from '../reach.ts';
import type { Operation } from '../tape.ts';
import type { Step } from './explanation.ts';

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

/** Operations as steps: the parts of one composite are one step under its name. */
export function stepsOf(operations: readonly Operation[]): Step[] {
  const steps: Step[] = [];
  operations.forEach((operation, index) => {
    const { part } = operation;
    if (part !== null && operations[index - 1]?.part === part) steps.pop();
    steps.push({ operation: part?.name ?? operation.name, shape: operation.result.shape, location: operation.location });
  });
  return steps;
}
