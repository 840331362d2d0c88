/** `npm run truth [-- PART...]`: lints and executes every program whose name has one of the parts, and prints where the answers agree. */
import { parseArgs } from 'node:util';

import { sourceFigures, table } from './table.ts';
import { allPrograms, findTruth } from './truth.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { verbose: { type: 'boolean', short: 'v', default: false } } });
const programs = allPrograms().filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
const truths = await findTruth(programs);

for (const { program, answers } of truths) {
  if (program.notExecuted !== undefined) console.log(`${program.name} is not executed: ${program.notExecuted}`);
  for (const [library, answer] of Object.entries(answers)) {
    if (answer.kind === 'lacking') {
      if (values.verbose) console.log(`${program.name} runs on TF.js only: the core has no ${answer.what}`);
      continue;
    }
    if (values.verbose) console.log(`${program.name} on ${library}: ${answer.compared} sources compared`);
    for (const disagreement of answer.disagreements) console.log(`${program.name} on ${library}: ${disagreement}`);
  }
}

console.log(`\n${table(truths)}\n\n${sourceFigures(truths)}`);
process.exitCode = truths.some(({ answers }) => Object.values(answers).some((answer) => answer.kind === 'executed' && answer.disagreements.length > 0)) ? 1 : 0;
