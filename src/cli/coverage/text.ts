/** For people: what was not followed, with what hides it, and the totals. */
import { causes } from '../../calculus/cause.ts';
import type { Scope } from '../../analysis/coverage.ts';
import type { Obstacle } from '../../judgements/coverage/obstacle.ts';
import type { Site } from '../../program/index.ts';
import { grouped } from '../../grouped.ts';
import { relativePath } from '../../paths.ts';
import { listed, plural } from '../../explanation/prose.ts';
import type { Sources } from '../../explanation/sources.ts';
import type { Paint } from '../terminal.ts';
import { type Coverage, type Share, totalsOf } from './collect.ts';
import { fateWords } from './fates.ts';
import { sentenceOf, words } from '../../explanation/obstacles.ts';

export interface Rendering {
  readonly coverage: Coverage;
  readonly sources: Sources;
  readonly cwd: string;
  readonly paint: Paint;
}

export function text(rendering: Rendering): string {
  const { coverage, cwd, paint } = rendering;
  const over = coverage.overBudget.map((file) => `${paint('yellow', '!')} ${relativePath(cwd, file)} takes more steps than the analysis may: some of it was left out.`);
  const blocks = [...coverage.scopes.map((scope) => drawn(rendering, scope)), ...over, totals(rendering)];
  return `${blocks.join('\n')}\n`;
}

function drawn(rendering: Rendering, scope: Scope): string {
  const { paint } = rendering;
  const sign = scope.decided ? paint('green', '✓') : paint('yellow', '?');
  const fates = scope.error === undefined ? fatesOf(rendering, scope) : `throws ${scope.error}`;
  const head = `${sign} ${paint('bold', placeOf(rendering, scope.site))}  ${scope.form.name}${fates === '' ? '' : `  ${paint('dim', fates)}`}`;
  return [head, ...scope.obstacles.flatMap((obstacle) => whyNot(rendering, obstacle).map((line) => `    ${line}`))].join('\n');
}

/** Names of one fate. */
const atOnce = 8;

/** `connected: w and b`, `severed: c (why)`. */
function fatesOf({ paint }: Rendering, { sources }: Scope): string {
  const ordered = grouped(sources, ({ fate }) => fate);
  return [...ordered].map(([fate, all]) => {
    const [word, style] = fateWords[fate];
    const names = [...new Set(all.map(({ name, breaks }) => `${name === '' ? 'an argument' : name}${reasonOf(breaks)}`))];
    const shown = names.length > atOnce ? [...names.slice(0, atOnce - 1), `${String(names.length - atOnce + 1)} more`] : names;
    return `${paint(style, `${word}:`)} ${listed(shown)}`;
  }).join('; ');
}

function reasonOf(breaks: Scope['sources'][number]['breaks']): string {
  const why = [...new Set(breaks.map(({ cause }) => causes[cause]))];
  return why.length === 0 ? '' : ` (${listed(why)})`;
}

/** What hides the rest of a scope: where, what, and what helps. */
function whyNot(rendering: Rendering, obstacle: Obstacle): readonly string[] {
  const { paint } = rendering;
  return [`${paint('dim', placeOf(rendering, obstacle.site))}  ${sentenceOf(obstacle)}`, `${paint('dim', 'helps:')} ${words[obstacle.kind].help}`];
}

function placeOf({ cwd, sources }: Rendering, site: Site): string {
  const { line, column } = sources.position(site.file, site.start);
  return `${relativePath(cwd, site.file)}:${String(line)}:${String(column)}`;
}

function totals({ coverage, paint }: Rendering): string {
  const { scopes, steps, reasons } = totalsOf(coverage);
  const { shaped, all } = coverage.tensors;
  const shapes = all === 0 ? [] : [`${paint('bold', shareText({ decided: shaped, all }))} tensors whose shape is known, the batch axis left aside.`];
  if (scopes.all === 0) return [`No gradient scopes in ${plural(coverage.files, 'file')}.`, ...shapes].join('\n');
  const width = String(reasons[0]?.scopes ?? 0).length;
  return [
    '',
    `${paint('bold', shareText(scopes))} gradient scopes followed to the end, in ${plural(coverage.files, 'file')}; of the custom training steps ${steps.all === 0 ? 'there are none' : shareText(steps)}.`,
    ...reasons.map(({ kind, scopes: count }) => `  ${String(count).padStart(width)}  ${words[kind].title} ${paint('dim', `(${kind})`)}`),
    ...shapes,
  ].join('\n');
}

function shareText({ decided, all }: Share): string {
  return `${String(decided)} of ${String(all)}${all === 0 ? '' : ` (${String(Math.floor(100 * decided / all))} %)`}`;
}
