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
import { endWithin, startWithin, textWidth as widthOf } from '../text-width.ts';
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
const ellipsis = '…';

/** What is shown of a source line. */
interface Window {
  readonly file: string;
  readonly line: number;
  /** The characters from one to another; for those before and behind stands an ellipsis. */
  readonly from: number;
  readonly to: number;
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
    const text = printable(sources.line(at, mark.line));
    // What several stages say of one line stands below it once.
    if (shown?.file !== at || shown.line !== mark.line || !isVisible(mark, shown, space)) {
      if (at !== (shown?.file ?? file)) lines.push(`  ${rail} ${' '.repeat(digits)} ${paint('dim', `╭ ${relativePath(cwd, at)}`)}`);
      shown = { file: at, line: mark.line, ...windowOn(text, mark, space) };
      lines.push(`  ${rail} ${paint('dim', String(mark.line).padStart(digits))} ${bar} ${visible(text, shown)}`.trimEnd());
    }
    const column = widthOf(`${before(shown)}${text.slice(shown.from, mark.column - 1)}`);
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

function isVisible({ column, length }: Mark, { from, to }: Window, space: number): boolean {
  return column - 1 >= from && (column - 1 + length <= to || (column - 1 < to && column - from < space - lead));
}

function windowOn(text: string, { column }: Mark, space: number): Pick<Window, 'from' | 'to'> {
  if (widthOf(text) <= space) return { from: 0, to: text.length };
  const ahead = text.slice(0, column - 1);
  const hidden = Math.min(ahead.length - endWithin(ahead, lead - 1 - ellipsis.length).length, text.length - endWithin(text, space - ellipsis.length).length);
  const from = widthOf(ahead) < space - lead ? 0 : hidden;
  const room = from === 0 ? space : space - ellipsis.length;
  const rest = text.slice(from);
  return { from, to: widthOf(rest) <= room ? text.length : from + startWithin(rest, room - ellipsis.length).length };
}

function visible(text: string, { from, to }: Pick<Window, 'from' | 'to'>): string {
  return `${before({ from })}${text.slice(from, to)}${to === text.length ? '' : ellipsis}`;
}

function before({ from }: Pick<Window, 'from'>): string {
  return from === 0 ? '' : ellipsis;
}

/** A character for each; what would move the terminal's cursor is shown as unknown. */
function printable(line: string): string {
  return line.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '\uFFFD');
}
