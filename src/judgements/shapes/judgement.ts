/** Shapes, axes and types that do not fit: what throws whenever it is reached. */
import type { Failure } from '../../calculus/shapes/verdict.ts';
import type { Shaped } from '../../domain/history.ts';
import type { Program } from '../../program/program.ts';
import type { Site } from '../../program/ir.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import type { Survey } from '../gradients/survey.ts';
import { grouped } from '../../grouped.ts';
import { callsKey, placeOf } from '../places.ts';
import { suspicionFinding } from '../suspicions.ts';
import { judgeBroadcasts } from './broadcasts.ts';
import { judgeFits } from './fits.ts';
import { isForeseen } from './foreseen.ts';
import { detailsOf } from './words.ts';

export function judgeShapes(run: FileRun, survey: Survey): readonly Finding[] {
  return [...judgeOperations(run), ...judgeFits(run), ...judgeBroadcasts(run, survey)];
}

function judgeOperations(run: FileRun): readonly Finding[] {
  const calls = run.history.all('shaped');
  if (calls.every(({ failure }) => failure === undefined)) return [];
  return [...grouped(calls, ({ site, operation }) => `${placeOf(site)}|${operation}`).values()]
    .flatMap(failingCalls)
    .filter((call) => !isForeseen(run.program, call))
    .flatMap((call) => findingOf(run, call));
}

type Failing = Shaped & { readonly failure: Failure };

/**
 * Of the calls that one place makes, one for each way that leads there by which the call fails. The rounds of a loop, and runs
 * of one piece of code, are one way: before a loop is at rest, code is run with less than there may be, and of what hangs
 * on a test it is not known in which of the rounds it is reached. So all must fail, or one that is reached for certain.
 * Where it hangs on a test, other ways must fail as well: it may be by them alone that the place is reached.
 */
function failingCalls(all: readonly Shaped[]): readonly Failing[] {
  if (all.every(({ failure }) => failure === undefined)) return [];
  const ways = [...grouped(all, ({ chain }) => callsKey(chain)).values()].map((way) => ({ way, fails: way.every(({ failure }) => failure !== undefined) }));
  const always = ways.every(({ fails }) => fails);
  return ways.flatMap(({ way }) => way.find((each): each is Failing => each.failure !== undefined && (always || each.circumstances.certain)) ?? []);
}

function findingOf(run: FileRun, call: Failing): readonly Finding[] {
  const { library, label, chain, failure } = call;
  return suspicionFinding(run, {
    cause: failure.fault, variant: 'fails', site: namedSite(run.program, call), chain, scope: label, about: [],
    effect: { kind: 'throws', library: library.title, error: failure.error === '' ? 'an Error' : `"${failure.error}"` },
    details: detailsOf(run, call, failure),
  });
}

/** Of a method that is called on a line of its own, from its name on. */
function namedSite(program: Program, { site, sites: [receiver] }: Shaped): Site {
  if (receiver?.start !== site.start || receiver.end >= site.end) return site;
  const between = /^[^\w$]*/u.exec(program.text(site).slice(receiver.end - receiver.start))?.[0] ?? '';
  const lines = (text: string): number => text.split('\n').length - 1;
  const start = receiver.end + between.length;
  const line = site.line + lines(program.text(receiver)) + lines(between);
  return line === site.line ? site : { file: site.file, start, end: site.end, line };
}
