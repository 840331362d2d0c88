/** The coverage as data; docs/command-line.md describes it. */
import type { Site } from '../../program/index.ts';
import { relativePath } from '../../paths.ts';
import { type Share, totalsOf } from './collect.ts';
import type { Rendering } from './text.ts';
import { sentenceOf, words } from '../../explanation/obstacles.ts';

export function json(rendering: Rendering): string {
  const { coverage, cwd } = rendering;
  const { scopes, steps, reasons } = totalsOf(coverage);
  return `${JSON.stringify({
    files: coverage.files,
    scopes: coverage.scopes.map(({ site, form, ran, decided, error, sources, obstacles }) => ({
      ...placeOf(rendering, site), form: form.name, group: form.group, ran, decided,
      ...(error === undefined ? {} : { throws: error }),
      sources: sources.map(({ name, fate, breaks }) => ({ name, fate, breaks: breaks.map(({ cause, after }) => ({ cause, ...placeOf(rendering, after.site) })) })),
      obstacles: obstacles.map((obstacle) => ({ reason: obstacle.kind, ...placeOf(rendering, obstacle.site), code: obstacle.code, message: sentenceOf(obstacle), help: words[obstacle.kind].help })),
    })),
    overBudget: coverage.overBudget.map((file) => relativePath(cwd, file)),
    failed: coverage.failed.map(({ file, reason }) => ({ file: relativePath(cwd, file), reason })),
    totals: { scopes: shareOf(scopes), steps: shareOf(steps), shapes: shapesOf(coverage.tensors), reasons: Object.fromEntries(reasons.map(({ kind, scopes: count }) => [kind, count])) },
  }, undefined, 2)}\n`;
}

function placeOf({ cwd, sources }: Rendering, site: Site): object {
  return { file: relativePath(cwd, site.file), ...sources.position(site.file, site.start) };
}

function shapesOf({ shaped, all }: Rendering['coverage']['tensors']): object {
  return { known: shaped, all, share: rounded(shaped, all) };
}

function rounded(part: number, all: number): number | null {
  return all === 0 ? null : Math.round(1000 * part / all) / 1000;
}

function shareOf({ decided, all }: Share): object {
  return { decided, all, share: rounded(decided, all) };
}
