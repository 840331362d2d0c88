/** What the house is like (docs/architecture.md), where no linter can tell. Who imports whom: `npm run lint:house`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** By path, without the generated `dist`. */
const folders = new Map<string, readonly string[]>();
for (const entry of ['src', 'rules']) visit(entry);

function visit(folder: string): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  folders.set(folder, entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`));
  for (const entry of entries) if (entry.isDirectory()) visit(`${folder}/${entry.name}`);
}

/** The lines below a folder in which a word stands, comments included. */
function linesWith(word: RegExp, below: string): readonly string[] {
  const files = [...folders.values()].flat().filter((file) => file.startsWith(`${below}/`));
  return files.flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n')
    .flatMap((line, index) => (word.test(line) ? [`${file}:${String(index + 1)}: ${line.trim()}`] : [])));
}

describe('the house', () => {
  it('has an interpreter that knows JavaScript, and nothing of what is computed with it', () => {
    expect(linesWith(/tensor|layer|gradient/iu, 'src/interpreter')).toEqual([]);
  });

  it('has rules that walk no tree: they name a cause and say sentences', () => {
    expect(linesWith(/\b(?:ast|context|create|esquery|sourceCode|parserServices)\b|:exit\b/u, 'rules')).toEqual([]);
  });

  it('has folders that one can overlook: a room with more than 25 files of its own is to be divided', () => {
    const crowded = [...folders].filter(([, files]) => files.length > 25).map(([folder, files]) => `${folder}: ${String(files.length)}`);
    expect(crowded).toEqual([]);
  });
});
