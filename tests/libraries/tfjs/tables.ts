/** All tables of `operations.ts`, measured: the generator writes them, the test compares them with what is written. */
import type {
  AsynchronousRow,
  DerivativeException,
  HigherOrder,
  HigherOrderTable,
  MethodRow,
  OperationTable,
} from '../../../src/libraries/operation.ts';
import type { ResultTypes } from '../../../src/calculus/numbers/results/index.ts';
import type { PreconditionTable } from '../../../src/calculus/shapes/preconditions.ts';
import type { LifetimeTable } from '../../../src/libraries/lifetimes.ts';
import { measureAsynchronous } from './asynchronous.ts';
import { measureExceptions } from './exceptions.ts';
import { measureLifetimes } from './lifetimes.ts';
import { leavesOf } from '../measure/sample.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { measurePreconditions } from './preconditions.ts';
import { measureResultTypes } from './result-types.ts';
import { samples, smoothSamples } from './samples.ts';
import { measureHigherOrder } from './secondOrder.ts';

export interface Tables {
  readonly operations: OperationTable;
  readonly exceptions: readonly DerivativeException[];
  readonly methods: Readonly<Record<string, MethodRow>>;
  readonly methodOperations: OperationTable;
  readonly asynchronous: Readonly<Record<string, AsynchronousRow>>;
  readonly higherOrder: HigherOrderTable;
  readonly lifetimes: LifetimeTable;
  readonly preconditions: PreconditionTable;
  readonly resultTypes: ResultTypes;
}

export async function measureTables(): Promise<Tables> {
  const operations = measureOperations();
  return {
    operations,
    exceptions: distinct(measureExceptions()),
    methods: methods.rows(),
    methodOperations: methods.operations(),
    asynchronous: await measureAsynchronous(),
    higherOrder: measureHigherOrders(operations),
    lifetimes: measureLifetimes(),
    preconditions: measurePreconditions(samples),
    resultTypes: measureResultTypes(samples),
  };
}

function measureOperations(): OperationTable {
  return Object.fromEntries(
    Object.entries(samples).map(([path, sample]) => [path, measure.operation(path, sample)] as const),
  );
}

function measureHigherOrders(operations: OperationTable): HigherOrderTable {
  return Object.fromEntries(
    Object.keys(operations)
      .map((path) => [path, secondDerivatives(path, operations)] as const)
      .filter(([, found]) => Object.keys(found).length > 0),
  );
}

/** Only operands with a first derivative have a second one to get wrong. */
function secondDerivatives(path: string, operations: OperationTable): Readonly<Record<string, HigherOrder>> {
  const sample = smoothSamples[path] ?? samples[path] ?? [];
  const found: Record<string, HigherOrder> = {};
  for (const { name, derivative } of operations[path]?.operands ?? []) {
    const measured = derivative === 'flows' && hasOperand(path, name) ? measureHigherOrder(path, sample, name) : 'right';
    if (measured !== 'right') found[name] = measured;
  }
  return found;
}

/** A smooth sample leaves out the operands of what makes the usual one rough. */
function hasOperand(path: string, name: string): boolean {
  const smooth = smoothSamples[path];
  return smooth === undefined || leavesOf(smooth).some((leaf) => leaf.name === name);
}

/** Several samples may show one exception. */
function distinct(exceptions: readonly DerivativeException[]): DerivativeException[] {
  return [...new Map(exceptions.map((exception) => [JSON.stringify(exception), exception])).values()];
}
