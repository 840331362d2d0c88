/** `--fix`: the edits that findings offer. */
import { readFileSync, writeFileSync } from 'node:fs';

import type { Rule } from 'eslint';

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
  const whole = readFileSync(file, 'utf8');
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  let text = whole.slice(mark.length);
  for (const { fix } of applied.toReversed()) text = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
  writeFileSync(file, mark + text);
  return applied.map(({ line, title }) => ({ file, line, title }));
}

function editOf({ message }: Problem): { readonly fix: Rule.Fix; readonly line: number; readonly title: string } | undefined {
  const { fix, line, suggestions = [] } = message;
  if (fix !== undefined) return { fix, line, title: message.message };
  const [only, ...others] = suggestions;
  return only === undefined || others.length > 0 ? undefined : { fix: only.fix, line, title: only.desc };
}
