/** `--fix`: the edits that findings offer. */
import { readFileSync, writeFileSync } from 'node:fs';

import type { Rule } from 'eslint';

import { CannotRun } from './cannot-run.ts';
import type { FileReport, Mend, Problem } from './report.ts';

/** Applies one edit for each problem that offers exactly one, as far as they do not overlap; gives what was done. */
export function mendFile({ file, problems }: FileReport): readonly Mend[] {
  const edits = problems.flatMap((problem) => editOf(problem) ?? []).sort((a, b) => a.fix.range[0] - b.fix.range[0]);
  const applied: typeof edits = [];
  for (const edit of edits) {
    const last = applied.at(-1);
    if (last === undefined || last.fix.range[1] <= edit.fix.range[0]) applied.push(edit);
  }
  if (applied.length === 0) return [];
  const bytes = readFileSync(file);
  const whole = bytes.toString();
  // What is in another encoding would not come back as it was.
  if (!Buffer.from(whole).equals(bytes)) return [];
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  let text = whole.slice(mark.length);
  for (const { fix } of applied.toReversed()) text = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
  save(file, mark + text);
  return applied.map(({ line, title }) => ({ file, line, title }));
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CannotRun(`'${file}' cannot be written: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

function editOf({ message }: Problem): { readonly fix: Rule.Fix; readonly line: number; readonly title: string } | undefined {
  const { fix, line, suggestions = [] } = message;
  if (fix !== undefined) return { fix, line, title: message.message };
  const [only, ...others] = suggestions;
  return only === undefined || others.length > 0 ? undefined : { fix: only.fix, line, title: only.desc };
}
