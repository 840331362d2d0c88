/** How far the gradient scopes of a file can be followed, those included that cannot at all. */
import { type Obstacle, distinct } from '../judgements/coverage/obstacle.ts';
import { Origins } from '../judgements/coverage/origins.ts';
import { type ScopeOutcome, outcomeOf, outcomesOf } from '../judgements/coverage/scopes.ts';
import { Unseen } from '../judgements/coverage/unseen.ts';
import type { Examination, ScopeVerdict } from '../judgements/gradients/inspection.ts';
import { grouped } from '../grouped.ts';
import { placeOf } from '../judgements/places.ts';
import type { Library } from '../libraries/library.ts';
import type { Program } from '../program/program.ts';
import { Syntax } from '../program/syntax.ts';
import { examine } from './analysis.ts';
import { concernsAny, opensScopes, wholeWords } from './gate.ts';

/** What the analysis of one file has seen. */
export interface Seen {
  readonly file: string;
  /** Scopes that were run: of this file, and of others that it calls. */
  readonly run: readonly ScopeOutcome[];
  /** Calls in this file that look like scopes and were not run as such. */
  readonly unseen: readonly ScopeOutcome[];
  /** Places of this file that make tensors, and those of whose tensors the shape is known each time, the batch axis left aside. */
  readonly tensors: { readonly shaped: number; readonly all: number };
  /** The file takes more steps than it may, so that some of it was left out. */
  readonly overBudget: boolean;
  /** Why the analysis failed. */
  readonly failure: string | undefined;
}

/** Of a file that has been analysed. Why something was not followed is left out, and with it all that the analysis has made. */
export function seenIn(examination: Examination, libraries: readonly Library[]): Seen {
  const seen = seenWhole(examination, libraries);
  return { ...seen, run: seen.run.map(bare), unseen: seen.unseen.map(bare) };
}

function seenWhole(examination: Examination, libraries: readonly Library[]): Seen {
  const { file, program, complete } = examination.run;
  const origins = originsIn(examination, libraries);
  const module = program.module(file);
  const run = outcomesOf(examination, origins);
  const unseen = module === undefined ? [] : new Unseen(origins, libraries).inRun(examination.run, module, run);
  return { file, run, unseen, tensors: tensorsIn(examination), overBudget: !complete, failure: undefined };
}

const noTensors: Seen['tensors'] = { shaped: 0, all: 0 };

function tensorsIn({ run: { file, history: { shapes } } }: Examination): Seen['tensors'] {
  const places = [...grouped([...shapes].filter(([{ site }]) => site.file === file), ([{ site, label }]) => `${placeOf(site)} ${label}`).values()];
  return { shaped: places.filter((made) => made.every(([, { open, lengths }]) => !open && lengths.slice(1).every((length) => typeof length === 'number'))).length, all: places.length };
}

function bare({ site, form, ran, decided }: ScopeOutcome): ScopeOutcome {
  return { site, form, ran, sources: [], decided, error: undefined, obstacles: () => [] };
}

/** Of a file in which the gate sees no scope: what looks like one all the same. */
export function seenBesides(program: Program, libraries: readonly Library[], file: string): Seen {
  const looks = libraries.some(({ scriptTag, scopeWords }) => scriptTag !== undefined && program.mentions(file, wholeWords([scriptTag.global])) && program.mentions(file, wholeWords(scopeWords)));
  const module = looks ? program.module(file) : undefined;
  const unseen = module === undefined ? [] : new Unseen(withoutRun(program, libraries), libraries).inOther(module);
  return { file, run: [], unseen, tensors: noTensors, overBudget: false, failure: undefined };
}

/** Analyses a file, and looks for what was not run. */
export function cover(program: Program, libraries: readonly Library[], file: string): Seen {
  const nothing: Seen = { file, run: [], unseen: [], tensors: noTensors, overBudget: false, failure: undefined };
  const module = program.module(file);
  if (module === undefined) return nothing;
  const hasScopes = opensScopes(program, libraries, file);
  if (!hasScopes && !concernsAny(program, libraries, file)) return seenBesides(program, libraries, file);
  try {
    const examination = examine(program, libraries, file);
    if (!hasScopes) return { ...seenBesides(program, libraries, file), tensors: examination === undefined ? noTensors : tensorsIn(examination) };
    return examination === undefined ? nothing : seenWhole(examination, libraries);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { ...nothing, unseen: new Unseen(withoutRun(program, libraries), libraries).inFailed(module), failure };
  }
}

function originsIn({ run: { program, history } }: Examination, libraries: readonly Library[]): Origins {
  return new Origins(new Syntax(program), libraries, history.unfollowed);
}

function withoutRun(program: Program, libraries: readonly Library[]): Origins {
  return new Origins(new Syntax(program), libraries, new Map());
}

/** What keeps one run of a scope from being followed to its end; nothing where it is. */
export function whyNot(examination: Examination, libraries: readonly Library[], verdict: ScopeVerdict): readonly Obstacle[] {
  const outcome = outcomeOf(verdict, originsIn(examination, libraries));
  return outcome.decided ? [] : outcome.obstacles();
}

/** A scope of the linted files, whichever of them have run it. */
export interface Scope extends Omit<ScopeOutcome, 'obstacles'> {
  readonly obstacles: readonly Obstacle[];
}

/**
 * The scopes of some files. What a function cannot know when it is run on its own, whoever calls it may: where all
 * callers in other files follow a scope to its end, it is followed. A scope that stands in none of the files is left out.
 */
export function scopesOf(seen: readonly Seen[]): readonly Scope[] {
  const calledBy = grouped(seen.flatMap(({ file, run }) => run.filter(({ site }) => site.file !== file)), ({ site }) => site.file);
  return seen.flatMap(({ file, run, unseen }) => {
    const places = new Map<string, ScopeOutcome[]>();
    const own = [...run, ...unseen].filter(({ site }) => site.file === file);
    for (const outcome of own) {
      const key = placeKey(outcome);
      places.set(key, [...places.get(key) ?? [], outcome]);
    }
    const called = calledBy.get(file) ?? [];
    return [...places].map(([key, runs]) => merged(runs, called.filter((outcome) => placeKey(outcome) === key)));
  }).sort((a, b) => (a.site.file === b.site.file ? a.site.start - b.site.start : 0));
}

function merged(own: readonly ScopeOutcome[], called: readonly ScopeOutcome[]): Scope {
  const isDecided = (runs: readonly ScopeOutcome[]): boolean => runs.length > 0 && runs.every(({ decided }) => decided);
  const runs = !isDecided(own) && isDecided(called) ? called : own;
  const [first] = runs;
  const sources = new Map(runs.flatMap((run) => run.sources).map((source) => [`${source.name} ${source.fate}`, source]));
  const decided = isDecided(runs);
  return {
    ...first!, sources: [...sources.values()], decided, error: runs.map(({ error }) => error).find((error) => error !== undefined),
    obstacles: decided ? [] : distinct(runs.filter((run) => !run.decided).flatMap((run) => run.obstacles())),
  };
}

function placeKey({ site: { file, start, end } }: ScopeOutcome): string {
  return `${file}:${String(start)}:${String(end)}`;
}
