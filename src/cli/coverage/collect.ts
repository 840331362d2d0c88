/** What is known of the scopes of all files, project by project. */
import path from 'node:path';

import { type Scope, type Seen, cover, scopesOf } from '../../analysis/coverage.ts';
import type { ObstacleKind } from '../../judgements/coverage/obstacle.ts';
import { libraries } from '../../libraries/index.ts';
import { createProgram } from '../../program/index.ts';
import { isSound, projectsOf } from '../../program/projects.ts';
import { librariesFor } from '../../settings/libraries.ts';
import { globalNames } from '../globals/script-tags.ts';
import { relativePath } from '../../paths.ts';
import type { Progress } from '../progress.ts';

export interface Coverage {
  readonly files: number;
  readonly scopes: readonly Scope[];
  /** Tensors, and those whose shape is known. */
  readonly tensors: Seen['tensors'];
  /** Files that take more steps than they may. */
  readonly overBudget: readonly string[];
  /** Files of which nothing is known, and why. */
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
}

export interface Task {
  readonly cwd: string;
  readonly files: readonly string[];
  readonly progress: Progress;
  readonly warn: (sentence: string) => void;
}

export function collect({ cwd, files, progress, warn }: Task): Coverage {
  const scopes: Scope[] = [];
  const seen: Seen[] = [];
  const failed: Coverage['failed'][number][] = [];
  let checked = 0;
  for (const project of projectsOf(files)) {
    for (const problem of project.problems) warn(`${relativePath(cwd, project.config ?? '')}: ${problem}`);
    progress.say(`Reading ${project.config === undefined ? `${String(project.files.length)} files` : relativePath(cwd, project.config)} …`);
    const compiled = project.compile();
    const program = createProgram(compiled);
    const known = librariesFor({ globals: globalNames(program, project, libraries) }, cwd);
    const own = project.files.map((file): Seen => {
      progress.say(`Following ${String(++checked)} of ${String(files.length)}: ${relativePath(cwd, file)}`);
      if (!isSound(compiled, file)) failed.push({ file, reason: 'it cannot be parsed' });
      return cover(program, known, file.replaceAll(path.sep, '/'));
    });
    seen.push(...own);
    scopes.push(...scopesOf(own));
  }
  failed.push(...seen.flatMap(({ file, failure }) => (failure === undefined ? [] : [{ file, reason: `the analysis failed (${failure})` }])));
  const tensors = { shaped: total(seen, 'shaped'), all: total(seen, 'all') };
  return { files: files.length, scopes, tensors, overBudget: seen.filter(({ overBudget }) => overBudget).map(({ file }) => file), failed };
}

function total(seen: readonly Seen[], what: keyof Seen['tensors']): number {
  return seen.reduce((sum, { tensors }) => sum + tensors[what], 0);
}

export interface Share {
  readonly decided: number;
  readonly all: number;
}

export interface Totals {
  readonly scopes: Share;
  /** Training steps and gradients of the program's own: all but models that the library trains, and what belongs to them. */
  readonly steps: Share;
  /** By the first obstacle of each scope that is not decided, the most frequent first. */
  readonly reasons: readonly { readonly kind: ObstacleKind; readonly scopes: number }[];
}

export function totalsOf({ scopes }: Pick<Coverage, 'scopes'>): Totals {
  const counts = new Map<ObstacleKind, number>();
  for (const { obstacles: [first] } of scopes) if (first !== undefined) counts.set(first.kind, (counts.get(first.kind) ?? 0) + 1);
  return {
    scopes: shareOf(scopes),
    steps: shareOf(scopes.filter(({ form }) => form.group === 'step')),
    reasons: [...counts].map(([kind, count]) => ({ kind, scopes: count })).sort((a, b) => b.scopes - a.scopes || a.kind.localeCompare(b.kind)),
  };
}

function shareOf(scopes: readonly Scope[]): Share {
  return { decided: scopes.filter(({ decided }) => decided).length, all: scopes.length };
}
