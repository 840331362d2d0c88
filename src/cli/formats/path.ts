/**
 * The path of a finding on its source lines, from the source to the target:
 *
 *        5 │ const w = tf.variable(tf.zeros([4, 1]));
 *     ●    │       ^ w: gets no gradient
 *     │  9 │   return tf.tensor(pred.dataSync()).mean();
 *     ✂    │                         ^^^^^^^^ the values were read to the host
 *     ┊    │             ^^^^^^ tensor
 *     ◎    │                                     ^^^^ mean: what minimize differentiates
 */
import type { Site } from '../../program/index.ts';
import { type Mark, markOf } from '../../explanation/mark.ts';
import { relativePath } from '../../paths.ts';
import { wrapped } from '../../explanation/prose.ts';
import { textWidth as widthOf } from '../text-width.ts';
import type { Role } from '../../explanation/story.ts';
import type { Paint, Style } from '../terminal.ts';
import type { Rendering } from './format.ts';

export interface Row {
  readonly role: Role;
  readonly file: string;
  readonly mark: Mark | { readonly site: Site; readonly label: string };
  readonly note: string;
}

const symbols: Readonly<Record<Role, string>> = { source: '●', step: '│', call: '→', break: '✂', beyond: '┊', target: '◎', declaration: '·' };
const styles: Readonly<Record<Role, Style>> = { source: ['cyan', 'bold'], step: 'green', call: 'dim', break: ['red', 'bold'], beyond: 'dim', target: ['magenta', 'bold'], declaration: 'cyan' };

/** Of a line that is cut, this much stands before the mark. */
const lead = 20;

/** What is shown of a source line. */
interface Window {
  readonly file: string;
  readonly line: number;
  /** Columns that are cut off on the left. */
  readonly cut: number;
}

export function drawPath({ sources, paint, width, cwd }: Rendering, file: string, rows: readonly Row[]): readonly string[] {
  const marked = rows.map((row) => ({ ...row, mark: 'site' in row.mark ? markOf(sources, row.mark.site, row.mark.label) : row.mark }));
  const digits = Math.max(...marked.map(({ mark }) => String(mark.line).length), 1);
  const space = Math.max(20, width - digits - 9);
  const bar = paint('dim', '│');
  const lines: string[] = [];
  let rail = ' ';
  let shown: Window | undefined;
  for (const { role, file: at, mark, note } of marked) {
    const text = sources.line(at, mark.line).replaceAll('\t', ' ');
    // What several stages say of one line stands below it once.
    if (shown?.file !== at || shown.line !== mark.line || !isVisible(mark, shown, space)) {
      if (at !== (shown?.file ?? file)) lines.push(`  ${rail} ${' '.repeat(digits)} ${paint('dim', `╭ ${relativePath(cwd, at)}`)}`);
      shown = { file: at, line: mark.line, cut: cutOf(text, mark, space) };
      lines.push(`  ${rail} ${paint('dim', String(mark.line).padStart(digits))} ${bar} ${visible(text, shown.cut, space)}`.trimEnd());
    }
    const column = widthOf(text.slice(shown.cut, mark.column - 1));
    const length = Math.max(1, widthOf(text.slice(mark.column - 1, mark.column - 1 + mark.length)));
    const under = '^'.repeat(Math.max(1, Math.min(length, space - column)));
    for (const [said, place] of besides(note, column, under.length, space).entries()) {
      const [indent, told] = place;
      const rule = said === 0 ? paint(styles[role], symbols[role]) : railAfter(role, rail, paint);
      lines.push(`  ${rule} ${' '.repeat(digits)} ${bar} ${' '.repeat(indent)}${paint(styles[role], said === 0 ? `${under} ${told}`.trimEnd() : told)}`);
    }
    rail = railAfter(role, rail, paint);
  }
  return lines;
}

/** A note stands behind the carets; where it would not fit, in the line below them, ending where the line ends. */
function besides(note: string, column: number, carets: number, space: number): readonly (readonly [indent: number, text: string])[] {
  if (column + carets + 1 + widthOf(note) <= space) return [[column, note]];
  const indent = Math.max(0, Math.min(column, space - widthOf(note)));
  return [[column, ''], ...wrapped(note, space - indent + 1).map((line) => [indent, line] as const)];
}

function railAfter(role: Role, rail: string, paint: Paint): string {
  switch (role) {
    case 'source': case 'step': return paint(styles.step, symbols.step);
    case 'break': case 'beyond': return paint(styles.beyond, symbols.beyond);
    default: return rail;
  }
}

function isVisible({ column }: Mark, { cut }: Window, space: number): boolean {
  return column - 1 > cut && column - 1 - cut < space - lead;
}

function cutOf(text: string, { column }: Mark, space: number): number {
  return text.length <= space || column <= space - lead ? 0 : Math.min(column - lead, text.length - space);
}

function visible(text: string, cut: number, space: number): string {
  const shown = cut === 0 ? text : `…${text.slice(cut + 1)}`;
  return shown.length <= space ? shown : `${shown.slice(0, space - 1)}…`;
}
