/** Settings in the configurations of docs/settings.md, as they stand there. */
import path from 'node:path';

import { expect, it } from 'vitest';

import { type Outcome, run } from './command.ts';
import { blocksOf, correct, createProject, mistake, write } from './project.ts';

const eslint = (project: string, ...files: readonly string[]): Promise<Outcome> =>
  run({ cwd: project, environment: { NO_COLOR: '1', FORCE_COLOR: undefined } }, process.execPath, path.join('node_modules', 'eslint', 'bin', 'eslint.js'), ...files);

/** The step of a program as a page has it. */
const page = (program: string): string => `<!doctype html>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4"></script>
<script>${program.replace(/^import .*$/mu, '')}</script>
`;

it('a page, its scripts, and a wrong setting', async () => {
  const [, untyped = '', typed = ''] = (await blocksOf('docs/settings.md', 'js')).filter((block) => block.startsWith('// eslint.config.mjs'));
  const files = { 'mistake.html': page(mistake), 'correct.html': page(correct) };
  const project = await createProject('pages', { ...files, 'eslint.config.mjs': untyped });
  const reported = { code: 1, output: expect.stringMatching(/mistake\.html\s+13:26 {2}error .*tensor\/no-host-read-in-tape/u) as string };
  expect(await eslint(project, 'mistake.html')).toMatchObject(reported);
  expect(await eslint(project, 'correct.html')).toMatchObject({ code: 0, output: '' });

  await write(project, { 'eslint.config.mjs': typed, 'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "noEmit": true, "types": [] }, "include": ["*.html"] }' });
  expect(await eslint(project, 'mistake.html')).toMatchObject(reported);
  expect(await eslint(project, 'correct.html')).toMatchObject({ code: 0, output: '' });

  await write(project, { 'eslint.config.mjs': untyped.replace('@tensorflow/tfjs', 'tensorflow') });
  expect(await eslint(project, 'correct.html')).toMatchObject({ code: 2, output: expect.stringContaining('settings.tensor.globals.tf: "tensorflow" is not known') as string });
});
