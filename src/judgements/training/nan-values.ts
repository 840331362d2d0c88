/** Values that are NaN for certain, whatever the variables are, and whoever differentiates them. */
import { mayGiveNoNumber, whyNotANumber } from '../../calculus/numbers/not-a-number.ts';
import { callSites } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { Shaped } from '../../domain/history.ts';
import type { Program } from '../../program/program.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import type { Fragment } from '../finding.ts';
import { grouped } from '../../grouped.ts';
import { callsKey, placeOf } from '../places.ts';
import { isForeseen } from '../shapes/foreseen.ts';
import type { Suspicion } from '../suspicions.ts';

/** Words of a program that knows of it, or puts another number in its place. */
const aware = /\bNaN\b|\bis(?:NaN|Finite|Inf)\b|(?:\|\||\?\?)\s*\d/u;

export function nanValues(run: FileRun): readonly Suspicion[] {
  const calls = run.history.all('shaped').filter(({ operation }) => mayGiveNoNumber(operation));
  const places = grouped(calls, ({ site, chain, operation }) => `${placeOf(site)}|${operation}|${callsKey(chain)}`);
  return [...places.values()].flatMap((calls) => suspicionOf(run, calls) ?? []);
}

/** Before a loop is at rest, code is run with less than there may be: so all runs of a place must give it. */
function suspicionOf(run: FileRun, calls: readonly Shaped[]): Suspicion | undefined {
  const [call] = calls;
  const why = call && reasonOf(call);
  if (call === undefined || why === undefined || !calls.every((each) => reasonOf(each) === why && isReached(run, each) && !isReplaced(run, each))) return undefined;
  const { library, label, operation, site, chain } = call;
  return {
    cause: 'nan-value', variant: operation === library.usage.quotient ? 'quotient' : 'outside', site, chain, scope: label, about: [],
    effect: { kind: 'spreads', library: library.title }, details: { why: [why], as: calledBy(run, call) },
  };
}

/** Whose numbers they are, where a function is given them. */
function calledBy({ program, file }: FileRun, { site, chain }: Shaped): readonly Fragment[] {
  const call = callSites(chain).find((each) => each.file === file && !isWithin(site, each));
  return call === undefined ? [] : [', with what is given by ', { label: /^[^(]*/u.exec(program.text(call))?.[0] ?? '', site: call }];
}

function reasonOf({ library, operation, given, failure }: Shaped): string | undefined {
  return failure === undefined ? whyNotANumber(library.precision, operation, given) : undefined;
}

/** No test decides whether the program comes there, nobody expects it, and the program does not speak of such a thing. */
function isReached({ program, file }: FileRun, call: Shaped): boolean {
  const { circumstances } = call;
  const isAware = [file, call.site.file].some((each) => aware.test(codeOf(program, each)));
  // That nothing is thrown a `catch` does not change.
  return circumstances.certain && !isAware && !isForeseen(program, { ...call, circumstances: { ...circumstances, conditions: [], caught: false } });
}

/** The text of a file without its comments. */
function codeOf(program: Program, file: string): string {
  const site = program.module(file)?.site;
  return site === undefined ? '' : program.text(site).replaceAll(/\/\*[^]*?\*\/|\/\/.*/gu, '');
}

/** Something picks out what is no number, or takes another value in its place. */
function isReplaced({ history }: FileRun, { node, library: { usage } }: Shaped): boolean {
  if (node === undefined) return true;
  const behind = new Set([node]);
  const isBehind = (each: Node): boolean => behind.has(each) || (each.transparent && each.inputs.some(({ from }) => isBehind(from)));
  for (const { node: user, path } of history.all('operation')) {
    if (!user.inputs.some(({ from }) => isBehind(from))) continue;
    if (path === usage.choice || usage.asking.has(path) || Object.hasOwn(usage.comparisons, path)) return true;
    behind.add(user);
  }
  return false;
}
