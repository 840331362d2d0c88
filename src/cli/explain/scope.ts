/** Which gradient scope a line means. */
import { inspect } from '../../analysis/analysis.ts';
import { opensScopes } from '../../analysis/gate.ts';
import type { ScopeVerdict } from '../../judgements/gradients/inspection.ts';
import { libraries } from '../../libraries/index.ts';
import { type Program, type Site, createProgram } from '../../program/index.ts';
import type { CompiledProgram } from '../../program/projects.ts';
import { innermost, mostTelling } from '../../explanation/scope.ts';
import { CannotRun } from '../cannot-run.ts';
import { listed } from '../../explanation/prose.ts';
import type { Sources } from '../../explanation/sources.ts';

interface Found {
  readonly program: Program;
  readonly verdict: ScopeVerdict;
}

/** The innermost scope whose call or function is on, or around, the line; without a line, the only one of the file. */
export function scopeAt(compiled: CompiledProgram, file: string, line: number | undefined, shown: string, sources: Sources): Found {
  const program = createProgram(compiled);
  const scopes = opensScopes(program, libraries, file) ? inspect(program, libraries, file).scopes : [];
  if (scopes.length === 0) throw new CannotRun(`${shown} opens no gradient scope whose result could be followed.`);
  const known = listed([...new Map(scopes.map(({ run }) => [run.site.start, run])).values()].sort((a, b) => a.site.start - b.site.start).map(({ site, label }) => `${String(site.line)} (${label})`));
  if (line === undefined && new Set(scopes.map(({ site }) => site.start)).size > 1) throw new CannotRun(`${shown} has several gradient scopes: name one by its line, ${known}.`);
  const meant = line === undefined ? scopes : innermost(scopes, (site) => site.file === file && covers(sources, site, line));
  const verdict = mostTelling(meant);
  if (verdict === undefined) throw new CannotRun(`There is no gradient scope at line ${String(line)} of ${shown}. Its scopes are at line ${known}.`);
  return { program, verdict };
}

function covers(sources: Sources, site: Site, line: number): boolean {
  const { start, end } = sources.range(site);
  return start.line <= line && line <= end.line;
}
