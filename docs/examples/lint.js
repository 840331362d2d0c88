/**
 * Checks the training scripts in this folder with the command line, and holds what it finds to index.json: each planted
 * mistake is to be reported where it was planted, and each correct version is to be silent.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = import.meta.dirname;
const main = fileURLToPath(new URL('cli/main.js', import.meta.resolve('eslint-plugin-tensor')));

/** @type {(...options: string[]) => Promise<number | null>} */
async function check(...options) {
  const [code] = await once(spawn(process.execPath, [main, ...options, '.'], { cwd: root, stdio: 'inherit' }), 'close');
  return code;
}

const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
const file = path.join(folder, 'report.json');
const codes = await Promise.all([check(), check('--format', 'json', '--output-file', file)]);

if (codes.some((code) => code !== 0 && code !== 1)) {
  process.exitCode = 2;
} else {
  /** @type {{ filePath: string, messages: { ruleId: string, line: number }[] }[]} */
  const results = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {{ folder: string, correct: { files: string[] }, mistake: { file: string, line: number, rule: string } }[]} */
  const examples = JSON.parse(readFileSync(path.join(root, 'index.json'), 'utf8'));
  /** @type {(...names: string[]) => { ruleId: string, line: number }[]} */
  const messagesOn = (...names) => results.find(({ filePath }) => filePath === path.join(root, ...names))?.messages ?? [];

  const found = examples.filter(({ folder: own, mistake }) => messagesOn(own, mistake.file).some(({ ruleId, line }) => ruleId === `tensor/${mistake.rule}` && line === mistake.line));
  const silent = examples.filter(({ folder: own, correct }) => correct.files.every((name) => messagesOn(own, name).length === 0));
  const reports = results.reduce((sum, { messages }) => sum + messages.length, 0);
  console.log(`\n${String(found.length)} of ${String(examples.length)} planted mistakes found, ${String(silent.length)} of ${String(examples.length)} correct versions silent, ${String(reports - found.length)} other reports.`);
  process.exitCode = found.length === examples.length && silent.length === examples.length && reports === found.length ? 0 : 1;
}
rmSync(folder, { recursive: true });
