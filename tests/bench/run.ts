/**
 * `npm run bench [-- --runs 3 --corpus training ... --edits 20 --rounds 30]`: what the plugin costs, beside rules that
 * people know, and how long a person who types waits for the squiggles. `--corpus core` is the core beside TF.js.
 *
 * Each measurement of the plugin is a fresh process. The settings take turns, so that a busy machine is unfair to all alike; CPU
 * time is steadier than wall time.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { benchCore } from './core.ts';
import { corpora, writeCorpus } from './corpora.ts';
import { installServer, measureEdits } from './latency.ts';
import { measure, type Measurement } from './measure.ts';
import { type Setting, writeSettings } from './settings.ts';

const repository = path.join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    corpus: { type: 'string', multiple: true, default: [...Object.keys(corpora), 'core'] },
    edits: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '30' },
  },
});
const runs = Number(values.runs);

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const cpu = (measurements: readonly Measurement[]): number => median(measurements.map((one) => one.cpu));

const ofRules = (measurements: readonly Measurement[]): number => median(measurements.map((one) => one.rules));
const memory = (measurements: readonly Measurement[]): number => median(measurements.map((one) => one.memory));

function printTable(results: ReadonlyMap<Setting, readonly Measurement[]>): void {
  const zero = results.get('zero rules')!;
  const floating = ofRules(results.get('no-floating-promises')!);
  console.log('| setting | CPU s | least – most | wall s | CPU / zero rules | s in rules | in rules / no-floating-promises | memory MB | memory / zero rules | findings |');
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const [setting, measurements] of results) {
    const times = measurements.map((one) => one.cpu);
    const cells = [
      setting,
      cpu(measurements).toFixed(2),
      `${Math.min(...times).toFixed(2)} – ${Math.max(...times).toFixed(2)}`,
      median(measurements.map((one) => one.wall)).toFixed(2),
      (cpu(measurements) / cpu(zero)).toFixed(2),
      ofRules(measurements).toFixed(2),
      (ofRules(measurements) / floating).toFixed(2),
      memory(measurements).toFixed(0),
      (memory(measurements) / memory(zero)).toFixed(2),
      measurements[0]!.findings,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const slowest = results.get('recommended')?.[0]?.slowest ?? [];
  console.log(`\nslowest: ${slowest.map(([file, milliseconds]) => `${file} ${milliseconds.toFixed(0)} ms`).join(', ')}`);
}

async function printLatency(project: string, configs: ReadonlyMap<Setting, string>, edits: number): Promise<void> {
  const server = await installServer(path.join(directory, 'server'));
  console.log(`\n## editor: from an edit to the new diagnostics, median of ${edits} edits\n`);
  console.log('| setting | first look, ms | edit, ms | slowest edit, ms |');
  console.log('|---|---|---|---|');
  for (const [setting, config] of configs) {
    const { first, each } = await measureEdits(project, config, server, edits);
    console.log(`| ${[setting, first, median(each), Math.max(...each)].map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell)).join(' | ')} |`);
  }
}

/** Corpora of one kind and several sizes: what `recommended` adds, by the file or scope. */
const kinds = { scopes: ['scopes-125', 'scopes-250', 'scopes-500'], files: ['application-50', 'application', 'application-450'] } as const;

function printGrowth(added: ReadonlyMap<string, { readonly size: Readonly<Record<keyof typeof kinds, number>>; readonly seconds: number }>): void {
  for (const [unit, names] of Object.entries(kinds) as [keyof typeof kinds, readonly string[]][]) {
    const rows = names.flatMap((name) => added.get(name) ?? []);
    if (rows.length < 2) continue;
    console.log(`\n## growth: seconds inside the rules of \`recommended\`, by the number of ${unit}\n`);
    for (const { size, seconds } of rows) console.log(`- ${size[unit]} ${unit}: ${seconds.toFixed(2)} s, ${((seconds / size[unit]) * 1000).toFixed(2)} ms each`);
  }
}

const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'eslint-plugin-tensor-bench-')));
try {
  const added = new Map<string, { readonly size: Readonly<Record<keyof typeof kinds, number>>; readonly seconds: number }>();
  for (const name of values.corpus.filter((each) => each !== 'core')) {
    const make = corpora[name];
    if (!make) throw new Error(`There is no corpus ${name}; there are ${Object.keys(corpora).join(', ')} and core.`);
    const corpus = make();
    const project = path.join(directory, name);
    await writeCorpus(project, corpus, path.join(repository, 'node_modules'));
    const configs = await writeSettings(project, path.join(repository, 'dist', 'src', 'index.js'));

    const results = new Map<Setting, Measurement[]>([...configs.keys()].map((setting) => [setting, []]));
    for (let run = 0; run < runs; run++) {
      for (const [setting, config] of configs) results.get(setting)!.push(await measure(project, config));
    }

    const lines = Object.values(corpus).reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    console.log(`\n## ${name}: ${Object.keys(corpus).length} files, ${lines} lines, median of ${runs}\n`);
    printTable(results);
    added.set(name, { size: { files: Object.keys(corpus).length, scopes: Number(/\d+/.exec(name)?.[0] ?? 0) }, seconds: ofRules(results.get('recommended')!) });
    if (name === 'training') await printLatency(project, configs, Number(values.edits));
  }

  printGrowth(added);
  if (values.corpus.includes('core')) await benchCore(Number(values.rounds));
} finally {
  await rm(directory, { recursive: true });
}
