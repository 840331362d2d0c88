/** What a run prints. */
import type { FalseBelief, Fault, Tally } from './tally.ts';

interface Area {
  readonly tests: number;
  readonly falseBeliefs: number;
  readonly failures: number;
  readonly slow: number;
  readonly decided: number;
}

/** The figures of each folder such as `built-ins/Array`, and of all together. */
export function table(tally: Tally): string {
  const areas = [...new Set(tally.applicable.map(areaOf))].sort();
  const rows = [...areas.map((area) => row(area, figures(tally, (test) => areaOf(test) === area))), row('all', figures(tally, () => true))];
  const left = [...tally.leftOut].map(([reason, tests]) => `${tests.length} ${reason}`).sort((a, b) => parseInt(b) - parseInt(a));
  return [
    row('', { tests: 'tests', falseBeliefs: 'false', failures: 'failed', slow: 'over 2 s', decided: 'decided' }),
    ...rows,
    ...(left.length > 0 ? ['', `left out: ${left.join(', ')}`] : []),
    ...(tally.unparsed.length > 0 ? [`not parsed: ${tally.unparsed.length} scripts`] : []),
  ].join('\n');
}

/** Every fault on a line of its own. */
export function list(tally: Tally): string {
  const line = (word: string, { test, kind, message }: Fault): string => `${word} ${test} (${kind}): ${message.replaceAll(/\s+/gu, ' ')}`;
  const belief = (found: FalseBelief): string => line('FALSE', { ...found, message: `[${found.rule}] line ${found.line}: ${found.message}` });
  return [
    ...inOrder(tally.falseBeliefs).map(belief),
    ...inOrder(tally.failures).map((fault) => line('FAILED', fault)),
    ...inOrder(tally.slow).map((fault) => line('SLOW', fault)),
    ...inOrder(tally.unparsed).map((fault) => line('NOT PARSED', fault)),
  ].join('\n');
}

/** All of it, for other programs. */
export function json(tally: Tally): string {
  const { applicable, decided, falseBeliefs, failures, slow, unparsed, leftOut } = tally;
  return JSON.stringify({
    applicable: [...applicable].sort(),
    falseBeliefs: inOrder(falseBeliefs),
    failures: inOrder(failures),
    slow: inOrder(slow),
    unparsed: inOrder(unparsed),
    decided: [...decided].sort(),
    leftOut: Object.fromEntries([...leftOut].map(([reason, tests]) => [reason, [...tests].sort()])),
  }, null, 1);
}

const areaOf = (test: string): string => test.split('/').slice(1, -1).slice(0, 2).join('/');

function figures({ applicable, falseBeliefs, failures, slow, decided }: Tally, isMeant: (test: string) => boolean): Area {
  const count = (faults: readonly Fault[]): number => faults.filter(({ test }) => isMeant(test)).length;
  return {
    tests: applicable.filter(isMeant).length,
    falseBeliefs: count(falseBeliefs),
    failures: count(failures),
    slow: count(slow),
    decided: decided.filter(isMeant).length,
  };
}

function row(name: string, { tests, falseBeliefs, failures, slow, decided }: Area | Readonly<Record<keyof Area, string>>): string {
  const share = typeof decided === 'string' ? decided : `${((100 * decided) / Math.max(1, Number(tests))).toFixed(1)} %`;
  return [name.padEnd(36), ...[tests, falseBeliefs, failures, slow, share].map((figure) => String(figure).padStart(9))].join('');
}

function inOrder<T extends Fault>(faults: readonly T[]): readonly T[] {
  const key = ({ test, kind }: Fault): string => `${test} ${kind}`;
  return [...faults].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
