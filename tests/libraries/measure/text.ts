/** Tables as the source text that the generators write. */
import type { MethodRow, Operand, OperationRow, ResultForm } from '../../../src/libraries/operation.ts';

const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);
const key = (text: string): string => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : quoted(text));

function operandText({ name, at, derivative }: Operand): string {
  return `{ name: ${quoted(name)}, at: ${at}, derivative: ${quoted(derivative)} }`;
}

function resultText(result: ResultForm): string {
  return typeof result === 'string' ? quoted(result) : `{ fields: [${result.fields.map(quoted).join(', ')}] }`;
}

export function rowText({ operands, result }: OperationRow): string {
  return `{ operands: [${operands.map(operandText).join(', ')}], result: ${resultText(result)} }`;
}

export function methodText({ operation, receiver }: MethodRow): string {
  return `{ operation: ${quoted(operation)}, receiver: ${receiver} }`;
}

/** Any plain data, for the tables whose rows have no form of their own. */
export function dataText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(dataText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${key(name)}: ${dataText(part)}`)
    .join(', ')} }`;
}

/** One exported table, one row a line. */
export function table<Row>(doc: string, name: string, type: string, rows: Readonly<Record<string, Row>>, text: (row: Row) => string): string {
  const lines = Object.entries(rows).map(([path, row]) => `  ${key(path)}: ${text(row)},`);
  return [`/** ${doc} */`, `export const ${name}: ${type} = {`, ...lines, '};'].join('\n');
}

/** One exported object, one of its properties a line. */
export function record(doc: string, name: string, type: string, properties: object): string {
  const lines = Object.entries(properties).map(([property, value]) => `  ${key(property)}: ${dataText(value)},`);
  return [`/** ${doc} */`, `export const ${name}: ${type} = {`, ...lines, '};'].join('\n');
}

/** One exported list, one row a line. */
export function list(doc: string, name: string, type: string, rows: readonly unknown[]): string {
  return [`/** ${doc} */`, `export const ${name}: readonly ${type}[] = [`, ...rows.map((row) => `  ${dataText(row)},`), '];'].join('\n');
}
