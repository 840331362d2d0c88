/** Which gradient scope a line means. */
import { examine } from '../../analysis/analysis.ts';
import { type Scope, cover, scopesOf, whyNot } from '../../analysis/coverage.ts';
import { concernsAny, opensScopes } from '../../analysis/gate.ts';
import type { Dimensions } from '../../calculus/numbers/dimensions.ts';
import type { Node } from '../../domain/graph.ts';
import type { Obstacle } from '../../judgements/coverage/obstacle.ts';
import type { ScopeVerdict } from '../../judgements/gradients/inspection.ts';
import type { Library } from '../../libraries/library.ts';
import { type Program, type Site, createProgram } from '../../program/index.ts';
import type { CompiledProgram } from '../../program/projects.ts';
import { innermost, mostTelling } from '../../explanation/scope.ts';
import { CannotRun } from '../cannot-run.ts';
import { sentenceOf, words } from '../../explanation/obstacles.ts';
import { listed } from '../../explanation/prose.ts';
import { type ShapedPlace, shapesIn } from '../../explanation/shapes.ts';
import type { Sources } from '../../explanation/sources.ts';

/** A gradient scope, or tensors that none is around. */
export type Found = ScopeFound | { readonly kind: 'shapes'; readonly program: Program; readonly places: readonly ShapedPlace[] };

interface ScopeFound {
  readonly kind: 'scope';
  readonly program: Program;
  readonly verdict: ScopeVerdict;
  /** Why it could not be followed to its end. */
  readonly obstacles: readonly Obstacle[];
  /** What is known of the shapes of tensors. */
  readonly shapes: ReadonlyMap<Node, Dimensions>;
}

/** The innermost scope whose call or function is on, or around, the line; without a line, the only one of the file. Where there is none, the tensors that are computed there. */
export function foundAt(compiled: CompiledProgram, libraries: readonly Library[], file: string, line: number | undefined, shown: string, sources: Sources): Found {
  const program = createProgram(compiled);
  const examination = concernsAny(program, libraries, file) ? examine(program, libraries, file) : undefined;
  const scopes = opensScopes(program, libraries, file) ? examination?.scopes ?? [] : [];
  const otherwise = (nothing: string): Found => {
    const unfollowed = unfollowedAt(program, libraries, file, line, shown, sources);
    const places = examination === undefined ? [] : shapesIn(file, examination.run.history.shapes).filter(({ site }) => line === undefined || covers(sources, site, line));
    if (unfollowed !== '' || places.length === 0) throw new CannotRun(unfollowed || nothing);
    return { kind: 'shapes', program, places };
  };
  if (examination === undefined || scopes.length === 0) return otherwise(`${shown} opens no gradient scope.`);
  const known = listed([...new Map(scopes.map(({ run }) => [run.site.start, run])).values()].sort((a, b) => a.site.start - b.site.start).map(({ site, label }) => `${String(site.line)} (${label})`));
  if (line === undefined && new Set(scopes.map(({ site }) => site.start)).size > 1) throw new CannotRun(`${shown} has several gradient scopes: name one by its line, ${known}.`);
  const meant = line === undefined ? scopes : innermost(scopes, (site) => site.file === file && covers(sources, site, line));
  const verdict = mostTelling(meant);
  if (verdict === undefined) return otherwise(`There is no gradient scope at line ${String(line)} of ${shown}. Its scopes are at line ${known}.`);
  return { kind: 'scope', program, verdict, obstacles: whyNot(examination, libraries, verdict), shapes: examination.run.history.shapes };
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

function covers(sources: Sources, site: Site, line: number): boolean {
  const { start, end } = sources.range(site);
  return start.line <= line && line <= end.line;
}
