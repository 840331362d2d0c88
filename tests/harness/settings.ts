/** Settings of fixtures: a `settings.json` holds for its folder and all below it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface FolderSettings {
  /** Below the root, with slashes. */
  readonly folder: string;
  /** What ESLint has under `settings.tensor`. */
  readonly tensor: unknown;
}

export function settingsBelow(root: string): readonly FolderSettings[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === 'settings.json').map((file) => ({
    folder: path.dirname(file).replaceAll(path.sep, '/'),
    tensor: JSON.parse(readFileSync(path.join(root, file), 'utf8')) as unknown,
  }));
}

/** What the settings of a file are; undefined where no folder above it has any. */
export function settingsOf(file: string, root: string): unknown {
  const relative = path.relative(root, file).replaceAll(path.sep, '/');
  return settingsBelow(root).find(({ folder }) => relative.startsWith(`${folder}/`))?.tensor;
}
