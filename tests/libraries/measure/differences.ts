/** What tells two tables apart, and tables that differ in a single derivative. */
import type { OperationTable } from '../../../src/libraries/operation.ts';

/** The paths at which two tables differ. */
export function differences(stated: OperationTable, real: OperationTable): string[] {
  const paths = new Set([...Object.keys(stated), ...Object.keys(real)]);
  return [...paths].filter((path) => JSON.stringify(stated[path]) !== JSON.stringify(real[path]));
}

/** Every table that differs from the given one in the derivative of a single operand. */
export function flippedTables(table: OperationTable): { what: string; table: OperationTable }[] {
  return Object.entries(table).flatMap(([path, row]) =>
    row.operands.flatMap((operand, index) =>
      (['flows', 'zero', 'none'] as const)
        .filter((derivative) => derivative !== operand.derivative)
        .map((derivative) => ({
          what: `${path}(${operand.name}) ${derivative}`,
          table: { ...table, [path]: { ...row, operands: row.operands.with(index, { ...operand, derivative }) } },
        })),
    ),
  );
}
