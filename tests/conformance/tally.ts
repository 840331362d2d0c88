/** What a run has found, test by test. */
import type { Answer, Linted, Report } from './lint.ts';
import type { Kind } from './script.ts';

/** Something that is wrong with the interpreter, and the test that shows it. */
export interface Fault {
  readonly test: string;
  readonly kind: Kind;
  readonly message: string;
}

export interface FalseBelief extends Fault, Report {}

/** Longer than anybody waits in an editor. */
const limit = 2000;

export class Tally {
  readonly applicable: string[] = [];
  readonly leftOut = new Map<string, string[]>();
  readonly falseBeliefs: FalseBelief[] = [];
  readonly failures: Fault[] = [];
  readonly slow: Fault[] = [];
  readonly unparsed: Fault[] = [];
  readonly decided: string[] = [];

  leaveOut(test: string, reason: string): void {
    const tests = this.leftOut.get(reason);
    if (tests === undefined) this.leftOut.set(reason, [test]);
    else tests.push(test);
  }

  add(test: string, linted: Readonly<Record<Kind, Linted>>): void {
    this.applicable.push(test);
    for (const kind of ['sound', 'decided'] as const) {
      const { answer, milliseconds } = linted[kind];
      if (milliseconds > limit) this.slow.push({ test, kind, message: `${(milliseconds / 1000).toFixed(1)} s` });
      this.#judge(test, kind, answer);
    }
  }

  #judge(test: string, kind: Kind, answer: Answer): void {
    if (answer.kind === 'failed') this.failures.push({ test, kind, message: answer.message });
    else if (answer.kind === 'unparsed') this.unparsed.push({ test, kind, message: answer.message });
    else if (kind === 'sound') this.falseBeliefs.push(...answer.reports.slice(0, 1).map((report) => ({ test, kind, ...report })));
    else if (answer.reports.some(({ message }) => message.includes('weightUnderTest'))) this.decided.push(test);
  }

  /** Whether everything is as it must be. How much is decided is no matter of right or wrong. */
  get passes(): boolean {
    return this.falseBeliefs.length === 0 && this.failures.length === 0 && this.slow.length === 0;
  }
}
