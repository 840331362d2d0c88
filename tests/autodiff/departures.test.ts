import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Api, Tensor } from './catalogue/case.ts';
import { departures, type Departure, type Outcome } from './departures.ts';
import { core, numbersOf, realTensorFlow, worstDifference } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

// Rows are programs as text, so that data, docs and tests say the same.
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const run = (library: Api, { program }: Departure): number[] => numbersOf((new Function('tf', `return ${program}`) as (library: Api) => Tensor)(library));

describe('each departure from TF.js', () => {
  const check = (library: Api, each: Departure, outcome: Outcome): void => {
    if ('throws' in outcome) expect(() => run(library, each)).toThrow(outcome.throws);
    else expect(worstDifference(run(library, each), outcome)).toBeLessThan(1e-5);
  };

  it.each(departures.map((each) => ({ id: each.id, each })))('$id: the core', ({ each }) => check(core, each, each.core));

  it.each(departures.map((each) => ({ id: each.id, each })))('$id: TF.js', ({ each }) => check(tf, each, each.tfjs));
});

describe('the table', () => {
  it('has unique ids and rows that differ', () => {
    expect(new Set(departures.map(({ id }) => id)).size).toBe(departures.length);
    for (const { id, core: ours, tfjs } of departures) expect({ id, numbers: ours }).not.toEqual({ id, numbers: tfjs });
  });

  it('is the one in docs/autodiff.md', () => {
    const docs = readFileSync(new URL('../../docs/autodiff.md', import.meta.url), 'utf8');
    const [, table] = /<!-- departures -->\n([\s\S]*?)\n<!-- \/departures -->/.exec(docs) ?? [];
    expect(table).toBe(markdown(departures));
  });
});

function markdown(rows: readonly Departure[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const text = (outcome: Outcome): string => ('throws' in outcome ? `throws: ${outcome.throws}` : `\`[${outcome.map(String).join(', ')}]\``);
  const lines = rows.map(({ subject, differs, program, core: ours, tfjs, why }) =>
    `| ${[subject, differs, `\`${program}\``, text(ours), text(tfjs), why].map(cell).join(' | ')} |`,
  );
  return ['| what | differs in | program | core | TF.js 4.22 | why |', '|---|---|---|---|---|---|', ...lines].join('\n');
}
