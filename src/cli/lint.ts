/** Checks files, project by project, so that only one program at a time is held in memory. */
import path from 'node:path';

import { type Scope, type Seen, scopesOf, seenBesides } from '../analysis/coverage.ts';
import { concernsAny } from '../analysis/gate.ts';
import { libraries } from '../libraries/index.ts';
import type { Library } from '../libraries/library.ts';
import { type Program, createProgram } from '../program/index.ts';
import { type Project, type Texts, isSound, projectsOf } from '../program/projects.ts';
import { type GlobalNames, globalNames, withUnknownGlobal } from './globals/script-tags.ts';
import type { ProgramLinter } from './linter.ts';
import { mendFile } from './mend.ts';
import { librariesFor } from '../settings/libraries.ts';
import type { Progress } from './progress.ts';
import type { FileReport, Followed, Mend, Report } from './report.ts';

export interface Task {
  readonly cwd: string;
  readonly files: readonly string[];
  /** Those that are handed in. */
  readonly texts: Texts;
  readonly fix: boolean;
  readonly progress: Progress;
  readonly warn: (sentence: string) => void;
}

/** An edit may make room for the next; as many rounds as ESLint gives its fixes. */
const rounds = 10;

export async function lint(linter: ProgramLinter, task: Task): Promise<Report> {
  const reports = new Map<string, FileReport>();
  const mends: Mend[] = [];
  const followed: Followed[] = [];
  for (const project of projectsOf(task.files, task.texts)) {
    for (const problem of project.problems) task.warn(`${relative(task, project.config ?? '')}: ${problem}`);
    const hints = new Set<string>();
    let pending = await check(linter, project, task, hints);
    for (const hint of hints) task.warn(hint);
    for (let round = 0; task.fix && round < rounds; round++) {
      const done = pending.reports.flatMap(mendFile);
      if (done.length === 0) break;
      mends.push(...done);
      pending = await check(linter, project, task, hints);
    }
    for (const report of pending.reports) reports.set(report.file, report);
    followed.push(followedIn(pending.seen));
  }
  const sum = (of: keyof Followed): number => followed.reduce((total, each) => total + each[of], 0);
  return {
    // In the order in which they were named, however the projects cut them.
    files: task.files.flatMap((file) => reports.get(file) ?? []),
    mends,
    followed: { scopes: sum('scopes'), decided: sum('decided'), notRun: sum('notRun'), overBudget: sum('overBudget') },
  };
}

function followedIn(seen: readonly Seen[]): Followed {
  const scopes = scopesOf(seen);
  const count = (is: (scope: Scope) => boolean): number => scopes.filter(is).length;
  return { scopes: count(({ ran }) => ran), decided: count(({ decided }) => decided), notRun: count(({ ran }) => !ran), overBudget: seen.filter(({ overBudget }) => overBudget).length };
}

interface Checked {
  readonly reports: readonly FileReport[];
  readonly seen: readonly Seen[];
}

async function check(linter: ProgramLinter, project: Project, task: Task, hints: Set<string>): Promise<Checked> {
  const { progress } = task;
  progress.say(`Reading ${project.config === undefined ? `${String(project.files.length)} files` : relative(task, project.config)} …`);
  const compiled = project.compile();
  const program = createProgram(compiled);
  const globals = globalNames(program, project, libraries);
  const known = librariesFor({ globals }, task.cwd);
  const concerned = concernedFiles(program, known, project.files);
  for (const library of libraries) for (const file of notSeen(program, project, library, globals).slice(0, 1)) hints.add(hint(library, relative(task, file)));
  const reports: FileReport[] = [];
  const seen: Seen[] = [];
  let checked = 0;
  for (const file of project.files) {
    // ESLint says best what is wrong with a file that cannot be parsed.
    if (!concerned.has(file) && isSound(compiled, file)) {
      reports.push({ file, problems: [] });
      seen.push(seenBesides(program, known, named(file)));
      continue;
    }
    progress.say(`Checking ${String(++checked)} of ${String(Math.max(checked, concerned.size))}: ${relative(task, file)}`);
    const linted = await linter.lint({ program: compiled, globals, libraries: known }, file);
    reports.push({ file, problems: linted.problems });
    if (linted.seen !== undefined) seen.push(linted.seen);
  }
  progress.done();
  return { reports, seen };
}

/** ESLint need not see files in which no rule of ours can find anything. */
function concernedFiles(program: Program, known: readonly Library[], files: readonly string[]): ReadonlySet<string> {
  return new Set(files.filter((file) => concernsAny(program, known, named(file))));
}

/** As the compiler names it. */
function named(file: string): string {
  return file.replaceAll(path.sep, '/');
}

function relative({ cwd }: Task, file: string): string {
  return path.relative(cwd, file);
}

/** Files whose scopes cannot be seen, for the library is a global name that no page leads to: the first stands for all. */
function notSeen(program: Program, project: Project, library: Library, globals: GlobalNames): readonly string[] {
  const isKnown = library.scriptTag !== undefined && Object.hasOwn(globals, library.scriptTag.global);
  return isKnown ? [] : withUnknownGlobal(program, project.files, library);
}

function hint({ title, scriptTag }: Library, file: string): string {
  const name = `\`${scriptTag?.global ?? ''}\``;
  return `${file}: ${name} is global here, and nothing says what it is, so that no scope is followed. Where a page loads ${title}, let the page with its script tag stand in the folder of the script or above, or use ESLint with \`settings.tensor.globals\`.`;
}
