import type { FunctionCode, Site, Statement } from './ir.ts';

/** The expression a function returns, where there is one. */
export function resultSite(code: FunctionCode | undefined): Site | undefined {
  if (code === undefined) return undefined;
  const last = code.body.body.findLast((statement: Statement) => statement.op === 'return');
  return last?.op === 'return' ? last.value?.site : undefined;
}
