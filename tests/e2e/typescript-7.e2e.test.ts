/** The experimental TypeScript 7 backend of typescript-eslint finds what TypeScript 6 finds. */
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it } from 'vitest';

import { run } from './command.ts';
import { createProject, write } from './project.ts';

interface Linted {
  readonly filePath: string;
  readonly messages: readonly { readonly line: number; readonly column: number; readonly ruleId: string; readonly message: string }[];
}

const examples = path.join(import.meta.dirname, '..', '..', 'docs', 'examples');

it('in docs/examples', async () => {
  const config = await readFile(path.join(examples, 'eslint.config.js'), 'utf8');
  const native = config.replace('projectService: true', "projectService: { EXPERIMENTAL_backend: 'tsgo' }");
  expect(native).not.toBe(config);
  const project = await createProject('typescript-7', {});
  await cp(examples, project, { recursive: true });

  const findings = async (text: string): Promise<readonly string[]> => {
    await write(project, { 'eslint.config.mjs': text });
    const { stdout, output } = await run(project, process.execPath, path.join('node_modules', 'eslint', 'bin', 'eslint.js'), '--format', 'json', '.');
    if (!stdout.startsWith('[')) throw new Error(output);
    return (JSON.parse(stdout) as readonly Linted[]).flatMap(({ filePath, messages }) => messages.map(({ line, column, ruleId, message }) => `${path.basename(filePath)}:${line}:${column} ${ruleId} ${message}`));
  };
  const classic = await findings(config);
  expect(classic.length).toBeGreaterThan(5);
  expect(await findings(native)).toEqual(classic);
});
