/** Which gradient scope a line means. */
import { inspect } from '../../analysis/analysis.ts';
import { opensScopes } from '../../analysis/gate.ts';
import type { ScopeVerdict } from '../../judgements/gradients/inspection.ts';
import type { Library } from '../../libraries/library.ts';
import { type Program, type Site, createProgram } from '../../program/index.ts';
import type { CompiledProgram } from '../../program/projects.ts';
import { CannotRun } from '../cannot-run.ts';
import { listed } from '../prose.ts';
import type { Sources } from '../sources.ts';

interface Found {
  readonly program: Program;
  readonly verdict: ScopeVerdict;
}

/** The innermost scope whose call or function is on, or around, the line; without a line, the only one of the file. */
export function scopeAt(compiled: CompiledProgram, libraries: readonly Library[], file: string, line: number | undefined, shown: string, sources: Sources): Found {
  const program = createProgram(compiled);
  const scopes = opensScopes(program, libraries, file) ? inspect(program, libraries, file).scopes : [];
  if (scopes.length === 0) throw new CannotRun(`${shown} opens no gradient scope whose result could be followed.`);
  const known = listed([...new Map(scopes.map(({ run }) => [run.site.start, run])).values()].sort((a, b) => a.site.start - b.site.start).map(({ site, label }) => `${String(site.line)} (${label})`));
  const size = (site: Site): number => site.end - site.start;
  const places = scopes.flatMap((verdict) => sitesOf(verdict).filter((site) => site.file === file && (line === undefined || covers(sources, site, line))).map((site) => ({ verdict, site })));
  const innermost = Math.min(...places.map(({ site }) => size(site)));
  const meant = places.filter(({ site }) => (line === undefined ? true : size(site) === innermost)).map(({ verdict }) => verdict);
  if (meant.length === 0) throw new CannotRun(`There is no gradient scope at line ${String(line)} of ${shown}. Its scopes are at line ${known}.`);
  if (line === undefined && new Set(meant.map(({ site }) => site.start)).size > 1) throw new CannotRun(`${shown} has several gradient scopes: name one by its line, ${known}.`);
  // Code that is called from several places has run several times; the run with the most to say is the one to show.
  const [verdict] = meant.toSorted((a, b) => b.findings.length - a.findings.length || b.sources.length - a.sources.length);
  return { program, verdict: verdict! };
}

/** The call, the function as written in it, and the function's own code, which may stand elsewhere. */
function sitesOf({ run }: ScopeVerdict): readonly Site[] {
  return [run.site, run.callbackSite, ...(run.callback === undefined ? [] : [run.callback.site])];
}

function covers(sources: Sources, site: Site, line: number): boolean {
  const { start, end } = sources.range(site);
  return start.line <= line && line <= end.line;
}
