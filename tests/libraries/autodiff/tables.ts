/** All tables of the core's `operations.ts`, measured: the generator writes them, the test compares them with what is written. */
import type { DerivativeException, MethodRow, OperationTable } from '../../../src/libraries/operation.ts';
import { of } from '../measure/sample.ts';
import { measure, methods } from './measure.ts';
import { narrowingCasts, samples } from './samples.ts';

export interface Tables {
  readonly operations: OperationTable;
  readonly exceptions: readonly DerivativeException[];
  readonly methods: Readonly<Record<string, MethodRow>>;
  readonly methodOperations: OperationTable;
}

/** The function, and the method that no function stands for. */
const casts = [
  { operation: 'cast', operand: 'x', call: measure.exported('cast') },
  { operation: 'asType', operand: 'receiver', call: methods.unbound('asType') },
] as const;

export function measureTables(): Tables {
  return {
    operations: Object.fromEntries(Object.entries(samples).map(([path, sample]) => [path, measure.operation(path, sample)])),
    exceptions: casts.flatMap(({ operation, operand, call }) => narrowingCasts.map((dtype) => ({
      operation,
      operand,
      condition: { kind: 'equals' as const, at: 1, value: dtype },
      derivative: measure.derivative(operation, call, [of(operand), dtype], operand),
    }))),
    methods: methods.rows(),
    methodOperations: methods.operations(),
  };
}
