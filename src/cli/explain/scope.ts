/** Which gradient scope a line means. */
import { examine } from '../../analysis/analysis.ts';
import { type Scope, cover, scopesOf, whyNot } from '../../analysis/coverage.ts';
import { opensScopes } from '../../analysis/gate.ts';
import type { Obstacle } from '../../judgements/coverage/obstacle.ts';
import type { ScopeVerdict } from '../../judgements/gradients/inspection.ts';
import type { Library } from '../../libraries/library.ts';
import { type Program, type Site, createProgram } from '../../program/index.ts';
import type { CompiledProgram } from '../../program/projects.ts';
import { CannotRun } from '../cannot-run.ts';
import { sentenceOf, words } from '../coverage/words.ts';
import { listed } from '../prose.ts';
import type { Sources } from '../sources.ts';

interface Found {
  readonly program: Program;
  readonly verdict: ScopeVerdict;
  /** Why it could not be followed to its end. */
  readonly obstacles: readonly Obstacle[];
}

/** The innermost scope whose call or function is on, or around, the line; without a line, the only one of the file. */
export function scopeAt(compiled: CompiledProgram, libraries: readonly Library[], file: string, line: number | undefined, shown: string, sources: Sources): Found {
  const program = createProgram(compiled);
  const examination = opensScopes(program, libraries, file) ? examine(program, libraries, file) : undefined;
  const scopes = examination?.scopes ?? [];
  const unfollowed = (at: number | undefined): string => unfollowedAt(program, libraries, file, at, shown, sources);
  if (examination === undefined || scopes.length === 0) throw new CannotRun(unfollowed(line) || `${shown} opens no gradient scope.`);
  const known = listed([...new Map(scopes.map(({ run }) => [run.site.start, run])).values()].sort((a, b) => a.site.start - b.site.start).map(({ site, label }) => `${String(site.line)} (${label})`));
  const size = (site: Site): number => site.end - site.start;
  const places = scopes.flatMap((verdict) => sitesOf(verdict).filter((site) => site.file === file && (line === undefined || covers(sources, site, line))).map((site) => ({ verdict, site })));
  const innermost = Math.min(...places.map(({ site }) => size(site)));
  const meant = places.filter(({ site }) => (line === undefined ? true : size(site) === innermost)).map(({ verdict }) => verdict);
  if (meant.length === 0) throw new CannotRun(unfollowed(line) || `There is no gradient scope at line ${String(line)} of ${shown}. Its scopes are at line ${known}.`);
  if (line === undefined && new Set(meant.map(({ site }) => site.start)).size > 1) throw new CannotRun(`${shown} has several gradient scopes: name one by its line, ${known}.`);
  // Code that is called from several places has run several times; the run with the most to say is the one to show.
  const [verdict] = meant.toSorted((a, b) => b.findings.length - a.findings.length || b.sources.length - a.sources.length);
  return { program, verdict: verdict!, obstacles: whyNot(examination, libraries, verdict!) };
}

/** What hides the scopes that cannot be drawn: of a line, or of the file. */
function unfollowedAt(program: Program, libraries: readonly Library[], file: string, line: number | undefined, shown: string, sources: Sources): string {
  const isMeant = ({ site, obstacles }: Scope): boolean => obstacles.length > 0 && (line === undefined || covers(sources, site, line));
  return scopesOf([cover(program, libraries, file)]).filter(isMeant).map((scope) => {
    const why = scope.obstacles.map((obstacle) => `${placeIn(sources, shown, file, obstacle)}: ${sentenceOf(obstacle)}. What helps: ${words[obstacle.kind].help}.`);
    return [`\`${scope.form.name}\` at line ${String(scope.site.line)} of ${shown} cannot be followed.`, ...why].join('\n');
  }).join('\n');
}

function placeIn(sources: Sources, shown: string, file: string, { site }: Obstacle): string {
  const { line, column } = sources.position(site.file, site.start);
  return `${site.file === file ? shown : site.file}:${String(line)}:${String(column)}`;
}

/** The call, the function as written in it, and the function's own code, which may stand elsewhere. */
function sitesOf({ run }: ScopeVerdict): readonly Site[] {
  return [run.site, run.callbackSite, ...(run.callback === undefined ? [] : [run.callback.site])];
}

function covers(sources: Sources, site: Site, line: number): boolean {
  const { start, end } = sources.range(site);
  return start.line <= line && line <= end.line;
}
