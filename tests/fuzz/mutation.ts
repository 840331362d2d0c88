/**
 * `npm run mutate`: flips each derivative of the analyser's operation table, one at a time and in memory, and shows that
 * the tests see it: the comparison with the installed TF.js (tests/libraries), and a run of the fuzzer that is aimed at
 * the operation, where generated programs can have it.
 */
import { parseArgs } from 'node:util';

import type { Derivative } from '../../src/calculus/derivative.ts';
import { libraries } from '../../src/libraries/index.ts';
import type { Library } from '../../src/libraries/library.ts';
import type { OperationTable } from '../../src/libraries/operation.ts';
import { tfjs } from '../../src/libraries/tfjs/index.ts';
import { prepare } from '../libraries/tfjs/measure.ts';
import { type Tables, measureTables } from '../libraries/tfjs/tables.ts';
import { Campaign } from './campaign.ts';
import { Checker } from './check.ts';
import { aimable } from './generate/aim.ts';

type TableName = 'operations' | 'methodOperations';

interface Mutant {
  readonly table: TableName;
  readonly path: string;
  readonly operand: string;
  readonly from: Derivative;
  readonly to: Derivative;
  readonly library: Library;
}

const flipped: Readonly<Record<Derivative, Derivative>> = { flows: 'zero', zero: 'flows', none: 'flows' };

function mutants(table: TableName): readonly Mutant[] {
  return Object.entries(tfjs[table]).flatMap(([path, row]) => row.operands.map((operand, index) => {
    const to = flipped[operand.derivative];
    const mutated: OperationTable = { ...tfjs[table], [path]: { ...row, operands: row.operands.with(index, { ...operand, derivative: to }) } };
    return { table, path, operand: operand.name, from: operand.derivative, to, library: { ...tfjs, [table]: mutated } };
  }));
}

/** As tests/libraries/tfjs/operations.test.ts compares. */
function seenByTable({ table, path, library }: Mutant, measured: Tables): boolean {
  return JSON.stringify(library[table][path]) !== JSON.stringify(measured[table][path]);
}

const unchanged = new Checker();

/** Programs until the first that shows it: one that disagrees with the mutant, and agrees with the table as it is. */
async function seenByFuzz({ path, library }: Mutant, seed: number, most: number): Promise<number | undefined> {
  const campaign = new Campaign(seed, [path], libraries.map((each) => (each === tfjs ? library : each)));
  for (let done = 0; done < most;) {
    done += await campaign.step(16);
    for (const { plan } of campaign.failures) if ((await unchanged.check([plan])).every(({ disagreements }) => disagreements.length === 0)) return done;
  }
  return undefined;
}

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, programs: { type: 'string', default: '256' }, only: { type: 'string' } } });
const [seed, most] = [Number(values.seed), Number(values.programs)];
await prepare();
const measured = await measureTables();
const counts = { rows: 0, table: 0, aimed: 0, fuzz: 0 };
const unseen: string[] = [];

console.log(['operation', 'operand', 'flip', 'tests/libraries', 'fuzz'].join(' | '));
for (const mutant of (['operations', 'methodOperations'] as const).flatMap(mutants)) {
  if (values.only !== undefined && mutant.path !== values.only) continue;
  const byTable = seenByTable(mutant, measured);
  const aimed = aimable(mutant.path, mutant.operand, mutant.table === 'methodOperations');
  const byFuzz = aimed ? await seenByFuzz(mutant, seed, most) : undefined;
  counts.rows += 1;
  if (byTable) counts.table += 1;
  if (aimed) counts.aimed += 1;
  if (byFuzz !== undefined) counts.fuzz += 1;
  if (!byTable && byFuzz === undefined) unseen.push(`${mutant.path}(${mutant.operand})`);
  const fuzz = !aimed ? 'not in its grammar' : byFuzz === undefined ? `NOT CAUGHT in ${most} programs` : `caught in ${byFuzz} programs`;
  console.log([mutant.path, mutant.operand, `${mutant.from} → ${mutant.to}`, byTable ? 'caught' : 'NOT CAUGHT', fuzz].join(' | '));
}
console.log(`${counts.rows} mutants: ${counts.table} caught by tests/libraries; ${counts.fuzz} of the ${counts.aimed} that generated programs can have caught by the fuzzer; ${unseen.length} caught by nothing${unseen.length > 0 ? `: ${unseen.join(', ')}` : ''}.`);
process.exitCode = unseen.length > 0 ? 1 : 0;
