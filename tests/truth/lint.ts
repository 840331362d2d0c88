/** What the linter says of programs: the verdicts on all their scopes. */
import path from 'node:path';

import ts from 'typescript';

import { inspect } from '../../src/analysis/analysis.ts';
import { concernsAny } from '../../src/analysis/gate.ts';
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { createProgram } from '../../src/program/index.ts';
import { librariesFor } from '../../src/settings/libraries.ts';
import { settingsOf } from '../harness/settings.ts';
import type { Collection, Program } from './programs.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const settings: Readonly<Record<Collection, string>> = { fixtures: 'tests/fixtures', examples: 'docs/examples', pages: 'tests/fixtures' };

const nothing: Inspection = { findings: [], scopes: [] };

/** Inspects every file of the programs, each as ESLint would: for itself. */
export function lint(programs: readonly Program[]): ReadonlyMap<string, Inspection> {
  const inspections = new Map<string, Inspection>();
  for (const collection of Object.keys(settings) as Collection[]) {
    const files = programs.filter((program) => program.collection === collection).flatMap((program) => program.files);
    const program = createProgram(ts.createProgram([...new Set(files)], optionsOf(settings[collection])));
    for (const file of files) {
      if (inspections.has(file)) continue;
      const libraries = librariesFor(settingsOf(file, path.join(root, settings[collection])), path.join(root, settings[collection]));
      inspections.set(file, concernsAny(program, libraries, file) ? inspect(program, libraries, file) : nothing);
    }
  }
  return inspections;
}

function optionsOf(folder: string): ts.CompilerOptions {
  const file = path.join(root, folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as { readonly config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file)).options;
}
