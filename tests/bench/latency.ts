/** How long an editor waits for the diagnostics of the file that a person is typing in. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { must } from '../e2e/command.ts';
import { Editor } from '../e2e/language-server.ts';

/** Milliseconds. */
export interface Latency {
  /** From opening the first file of the project, which reads the program. */
  readonly first: number;
  readonly each: readonly number[];
}

/** Installs the language server of VS Code's ESLint extension below a folder, and gives the folder. */
export async function installServer(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }');
  await must(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', 'vscode-langservers-extracted@4.10');
  return folder;
}

/** Types in one file of the project, letter by letter, with the server that is installed in another folder. */
export async function measureEdits(project: string, config: string, server: string, edits: number): Promise<Latency> {
  await copyFile(config, path.join(project, 'eslint.config.js'));
  const file = 'script-0.ts';
  const text = await readFile(path.join(project, file), 'utf8');
  const editor = await Editor.start(project, server);
  const timed = async (change: () => void): Promise<number> => {
    const start = performance.now();
    change();
    await editor.diagnostics(file);
    return performance.now() - start;
  };
  try {
    const first = await timed(() => editor.open(file, text));
    const each: number[] = [];
    for (let letters = 1; letters <= edits; letters++) each.push(await timed(() => editor.edit(file, `${text}\nconst ${'x'.repeat(letters)} = 1;\n`)));
    return { first, each };
  } finally {
    await editor.close();
  }
}
