/** For people: each finding with the source lines of its path. */
import plugin from '../../index.ts';
import { namespace } from '../../package.ts';
import { sentence } from '../../eslint/sentence.ts';
import { relativePath } from '../../paths.ts';
import { plural, wrapped } from '../../explanation/prose.ts';
import { type Followed, type Problem, isCrash, isError, totalsOf } from '../report.ts';
import { stagesOf } from '../../explanation/story.ts';
import type { Format, Rendering } from './format.ts';
import { type Row, drawPath } from './path.ts';

/** Wider prose is hard to read. */
const proseWidth = 100;

export const pretty: Format = (rendering) => {
  const problems = rendering.report.files.flatMap(({ file, problems: own }) => own.map((problem) => draw(rendering, file, problem)));
  return [...problems, summary(rendering)].join('\n');
};

function draw(rendering: Rendering, file: string, problem: Problem): string {
  const { paint, width } = rendering;
  const { message } = problem;
  const indent = '  ';
  const said = emphasised(rendering, wrapped(spoken(problem), Math.min(width, proseWidth) - indent.length).map((line) => indent + line).join('\n'));
  const mend = message.suggestions?.length === 1 ? message.suggestions[0]?.desc : undefined;
  const heading = `${isError(problem) ? paint(['red', 'bold'], '✗') : paint(['yellow', 'bold'], '!')} ${paint('bold', place(rendering, file, problem))}  ${paint('dim', message.ruleId ?? '')}`.trimEnd();
  if (isCrash(problem)) return `${heading}\n${said}\n`;
  const url = ruleOf(problem)?.docs?.url;
  const advice = [
    ...(mend === undefined ? [] : [`${paint('green', 'Fix:')} ${mend} ${paint('dim', '(--fix)')}`]),
    ...(url === undefined ? [] : [paint('dim', url)]),
  ].map((line) => indent + line);
  const blocks = [[heading, said], drawPath(rendering, file, rowsOf(rendering, file, problem)), advice];
  return `${blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function place({ cwd }: Rendering, file: string, { message }: Problem): string {
  return `${relativePath(cwd, file)}:${String(message.line)}:${String(message.column)}`;
}

function ruleOf({ message: { ruleId } }: Problem) {
  const name = ruleId?.slice(namespace.length + 1);
  return Object.entries(plugin.rules).find(([known]) => known === name)?.[1].meta;
}

/** The path is drawn, so the sentence leaves it out. */
function spoken(problem: Problem): string {
  const { finding, message } = problem;
  const messages: Readonly<Record<string, string>> = ruleOf(problem)?.messages ?? {};
  const template = finding && messages[finding.variant];
  return template === undefined ? message.message : sentence(template, finding!);
}

/** Code in colour; without colour it keeps its marks. */
function emphasised({ paint }: Rendering, text: string): string {
  return text.replace(/`([^`]+)`/gu, (marked, code: string) => {
    const painted = paint('cyan', code);
    return painted === code ? marked : painted;
  });
}

function rowsOf({ sources }: Rendering, file: string, { message, finding }: Problem): readonly Row[] {
  if (finding !== undefined) return stagesOf(finding).map(({ role, site, label, note }) => ({ role, file: site.file, mark: { site, label }, note }));
  const { line, column, endLine, endColumn } = message;
  if (sources.line(file, line) === '') return [];
  const length = endLine === line && endColumn !== undefined ? endColumn - column : 1;
  return [{ role: 'break', file, mark: { line, column: Math.max(1, column), length: Math.max(1, length) }, note: '' }];
}

function summary({ report, paint }: Rendering): string {
  const { errors, warnings } = totalsOf(report);
  const checked = paint('dim', `${plural(report.files.length, 'file')} checked, ${followedText(report.followed)}.`);
  if (errors + warnings === 0) return `${paint('green', '✓')} No findings. ${checked}\n`;
  const counts = [errors > 0 ? paint('red', plural(errors, 'error')) : '', warnings > 0 ? paint('yellow', plural(warnings, 'warning')) : ''].filter((text) => text !== '');
  return `${counts.join(', ')}. ${checked}\n`;
}

/** Silence is worth as much as has been looked at. */
function followedText({ scopes, decided, notRun, overBudget }: Followed): string {
  const parts = [
    scopes === 0 ? 'no gradient scopes' : `${String(decided)} of ${plural(scopes, 'gradient scope')} followed to the end`,
    ...(notRun === 0 ? [] : [`${plural(notRun, 'call')} ${notRun === 1 ? 'looks' : 'look'} like more and ${notRun === 1 ? 'was' : 'were'} not run`]),
    ...(overBudget === 0 ? [] : [`${plural(overBudget, 'file')} ${overBudget === 1 ? 'takes' : 'take'} more steps than the analysis may`]),
  ];
  const isWhole = decided === scopes && notRun + overBudget === 0;
  return isWhole ? parts.join('; ') : `${parts.join('; ')}; \`npx eslint-plugin-tensor coverage\` says why`;
}
