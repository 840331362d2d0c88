/** `npm run conformance -- --suite DIR`: what the interpreter believes of JavaScript, held to the suite of the language. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { createLint } from './lint.ts';
import { ConformanceRun } from './run.ts';
import { openSuite } from './suite.ts';
import { json, list, table } from './summary.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string' },
    under: { type: 'string', default: 'test/language,test/built-ins,test/annexB' },
    count: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    json: { type: 'string' },
    keep: { type: 'string' },
  },
});
if (values.suite === undefined) throw new Error('Say where a checkout or bare clone of https://github.com/tc39/test262 lies: --suite DIR');

const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'conformance-'));
process.on('exit', () => { rmSync(root, { recursive: true, force: true }); });
symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(root, 'node_modules'), 'junction');
writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');

const run = new ConformanceRun({
  suite: openSuite(values.suite),
  lint: createLint(root),
  folder: root,
  keep: values.keep,
  progress: (done) => { process.stderr.write(`${done} tests\n`); },
});
const tally = await run.run({ under: values.under.split(','), count: Number(values.count), seed: Number(values.seed) });
if (values.list) console.log(`${list(tally)}\n`);
console.log(table(tally));
if (values.json !== undefined) writeFileSync(values.json, json(tally));
process.exitCode = tally.passes ? 0 : 1;
