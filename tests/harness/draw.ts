import type { Comparison } from './compare.ts';
import { parseMarkers } from './markers.ts';
import type { Report } from './report.ts';

/** The fixture with the reports it really has; markers that were right stay as they are written. */
export function annotate(source: string, { matched, unexpected }: Comparison): string {
  const markerLines = new Set(parseMarkers(source).flatMap(({ at, source: lines }) => lines.map((_, index) => at + index)));
  const reports = [...matched.keys(), ...unexpected].sort((a, b) => a.column - b.column || a.endColumn - b.endColumn);
  return source
    .split('\n')
    .flatMap((text, index) => {
      const line = index + 1;
      if (markerLines.has(line)) return [];
      return [text, ...reports.filter((report) => report.line === line).flatMap((report) => matched.get(report)?.source ?? draw(report, text))];
    })
    .join('\n');
}

/** The marker for a report on this line of code. */
export function draw(report: Report, code: string): string[] {
  const underline = drawUnderline(report, /^\s*/u.exec(code)![0].length);
  const slashes = underline.slice(0, underline.indexOf('/') + 2);
  const margin = slashes + ' '.repeat(Math.max(1, report.column - 1 - slashes.length));
  const more = (lines: readonly string[]): string[] => lines.map((line) => `${margin}… ${line}`);

  const [first, ...rest] = report.message.split('\n');
  return [
    `${underline} [${report.rule}] ${first!}`,
    ...more(rest),
    ...report.suggestions.flatMap(({ description, result }) => {
      const [line, ...lines] = result.split('\n').map((text) => text.trim());
      return [`${margin}suggest${description === undefined ? '' : ` (${description})`}: ${line!}`.trimEnd(), ...more(lines)];
    }),
  ];
}

function drawUnderline({ column, endColumn, continues }: Report, codeIndent: number): string {
  const from = column - 1;
  const width = endColumn - column;
  const arrow = continues ? '>' : '';
  const slashes = '// '.length;
  // Under the code's own indentation where there is room, else at the margin.
  const indent = from >= codeIndent + slashes ? codeIndent : 0;
  if (from >= slashes) return `${' '.repeat(indent)}//${' '.repeat(from - indent - 2)}${'~'.repeat(width)}${arrow}`;
  if (width >= slashes) return `${' '.repeat(from)}//${'~'.repeat(width - 2)}${arrow}`;
  return `// @${column}-${endColumn - 1}${arrow}`;
}
