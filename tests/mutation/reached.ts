/** Reports of errors in programs that run: whether a run gets to where they stand. What it does not reach it does not refute. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';

import type { Finding } from '../../src/judgements/finding.ts';
import type { Site } from '../../src/program/ir.ts';
import { execute } from '../truth/execute.ts';
import type { Program } from '../truth/programs.ts';

interface Told {
  readonly program: Program;
  readonly unseen: readonly Finding[];
}

/** Those of the programs that get to a report, by running them with an error at each, which comes when the program is done. */
export async function reached(told: readonly Told[]): Promise<ReadonlySet<Program>> {
  const probes = new Map(told.map(({ program, unseen }) => [probed(program, unseen), program]));
  const outcomes = await execute([...probes.keys()], 'tfjs');
  return new Set([...outcomes].flatMap(([probe, outcome]) => ('died' in outcome || outcome.uncaught.length > 0 ? probes.get(probe) ?? [] : [])));
}

function probed(program: Program, unseen: readonly Finding[]): Program {
  const place = (file: string): string => file.replace(/(\/mutants-[^/]+)/u, '$1/probes');
  for (const file of program.files) cpSync(file, place(file));
  for (const file of new Set(unseen.map(({ site, elsewhere = site }) => elsewhere.file))) {
    const places = unseen.map(({ site, elsewhere = site }) => elsewhere).filter((site) => site.file === file);
    writeFileSync(place(file), marked(readFileSync(file, 'utf8'), places));
  }
  return { ...program, main: place(program.main), files: program.files.map(place) };
}

function marked(text: string, places: readonly Site[]): string {
  const edits = places.flatMap(({ start, end }) => [{ at: start, added: "(setTimeout(() => { throw new Error('reached'); }), " }, { at: end, added: ')' }]);
  return edits.sort((a, b) => b.at - a.at).reduce((marked, { at, added }) => marked.slice(0, at) + added + marked.slice(at), text);
}
