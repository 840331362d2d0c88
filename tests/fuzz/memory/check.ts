/**
 * Holds what is said of the memory of a program to what its rounds leave. Which ways a program may take nobody knows who
 * does not run it: what is so on every way that is run, for tests that go together, need not be said.
 */
import type { Finding } from '../../../src/judgements/finding.ts';
import type { MemoryProgram } from './program.ts';
import type { Way } from './run.ts';

export interface Disagreement {
  /** `false`: what is reported is not so. `missed`: a line leaves tensors, or throws, whenever it is run, and nobody says so. */
  readonly kind: 'false' | 'missed';
  readonly text: string;
}

export function disagreements(findings: readonly Finding[], ways: readonly Way[], { round: [first] }: MemoryProgram): readonly Disagreement[] {
  const whole = ways.filter(({ threw }) => threw === undefined);
  return [
    ...findings.flatMap((finding) => [...growthProblems(finding, whole), ...useProblems(finding, ways), ...unevenProblems(finding, whole)]),
    ...missedGrowth(findings, whole), ...missedUses(findings, ways.filter(hasNextRound), first),
  ];
}

const madeBy = (line: number) => ({ made }: Way): boolean => (made.get(line) ?? 0) > 0;

function growthProblems({ cause, site: { line }, details }: Finding, ways: readonly Way[]): readonly Disagreement[] {
  if (cause !== 'growing-memory') return [];
  const count = countOf(details?.count);
  return ways.filter(madeBy(line)).flatMap(({ left }): readonly Disagreement[] => {
    const seen = left.get(line) ?? 0;
    // On some ways it may leave more.
    const fits = seen > 0 && seen >= (count ?? 0);
    return fits ? [] : [{ kind: 'false', text: `line ${String(line)} is said to leave ${String(count ?? 'tensors')}, and leaves ${String(seen)}` }];
  });
}

function countOf([text]: readonly unknown[] = []): number | undefined {
  if (typeof text !== 'string' || text === 'tensors') return undefined;
  return text.startsWith('a ') ? 1 : Number.parseInt(text, 10);
}

function useProblems({ cause, site: { line } }: Finding, ways: readonly Way[]): readonly Disagreement[] {
  if (cause !== 'disposed-use') return [];
  // Of the rounds of a loop the second may throw, and some way has one only.
  const there = ways.filter(({ reached }) => reached.has(line));
  return there.length === 0 || there.some(({ threw }) => threw === line) ? [] : [{ kind: 'false', text: `line ${String(line)} is said to use what has been disposed, and does not throw` }];
}

/** It must be left on some way that makes it. Which ways there are the program says; each is run. */
function unevenProblems({ cause, variant, site: { line } }: Finding, ways: readonly Way[]): readonly Disagreement[] {
  const making = ways.filter(madeBy(line));
  if (cause !== 'incomplete-dispose' || variant === 'some' || making.length === 0) return [];
  return making.some(({ left }) => (left.get(line) ?? 0) > 0) ? [] : [{ kind: 'false', text: `line ${String(line)} is said to leave a tensor on some way, and leaves none` }];
}

function missedGrowth(findings: readonly Finding[], ways: readonly Way[]): readonly Disagreement[] {
  const lines = new Set(ways.flatMap(({ made }) => [...made.keys()]));
  const told = new Set(findings.filter(({ cause }) => cause === 'growing-memory' || cause === 'incomplete-dispose').map(({ site }) => site.line));
  return [...lines].filter((line) => !told.has(line) && ways.filter(madeBy(line)).every(({ left }) => (left.get(line) ?? 0) > 0)).map((line) => ({ kind: 'missed', text: `line ${String(line)} leaves tensors whenever it is run` }));
}

/** What a round disposes throws in the next one: a loop that has one round alone has none. */
function hasNextRound({ items }: Way): boolean {
  return items !== 1;
}

function missedUses(findings: readonly Finding[], ways: readonly Way[], first: number): readonly Disagreement[] {
  const uses = findings.filter(({ cause }) => cause === 'disposed-use').map(({ site }) => site.line);
  const told = new Set(uses);
  // A helper that uses it is told at its own place.
  if (uses.some((line) => line < first)) return [];
  const thrown = new Set(ways.flatMap(({ threw }) => threw ?? []));
  return [...thrown].filter((line) => line >= 0 && !told.has(line) && ways.filter(({ reached }) => reached.has(line)).every(({ threw }) => threw === line)).map((line) => ({ kind: 'missed', text: `line ${String(line)} throws whenever it is run` }));
}
