/** Lints the training scripts in this folder. Findings are what they are for; only a run that fails is a failure. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const eslint = fileURLToPath(new URL('bin/eslint.js', import.meta.resolve('eslint/package.json')));
const { status } = spawnSync(process.execPath, [eslint, '.'], { cwd: import.meta.dirname, stdio: 'inherit' });

process.exitCode = status === 1 ? 0 : (status ?? 2);
