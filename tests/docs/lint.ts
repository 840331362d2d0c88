/** The examples of pages, linted as fixtures are. */
import { rmSync } from 'node:fs';

import { rules } from '../../rules/index.ts';
import tensor from '../../src/index.ts';
import { type Comparison, compare } from '../harness/compare.ts';
import { createFixtureLinter } from '../harness/lint.ts';
import { parseMarkers } from '../harness/markers.ts';
import { type Example, type PlacedExample, place } from './examples.ts';

export interface Linted {
  readonly example: PlacedExample;
  readonly comparison: Comparison;
}

/** With `recommended`; the page of a rule that only `strict` has with `strict`. */
export async function lintExamples(examples: readonly Example[]): Promise<readonly Linted[]> {
  const { folder, placed } = place(examples);
  const strict = Object.entries(rules).filter(([, rule]) => rule.meta.docs?.recommended === 'strict').map(([name]) => `${name}/**`);
  const linter = createFixtureLinter(folder, [tensor.configs.recommended, ...(strict.length > 0 ? [{ ...tensor.configs.strict, files: strict }] : [])]);
  const linted: Linted[] = [];
  for (const example of placed) linted.push({ example, comparison: compare(parseMarkers(example.code), await linter.lint(example.file)) });
  rmSync(folder, { recursive: true });
  return linted;
}
