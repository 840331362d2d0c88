/** Where a report goes: the terminal, or a file, which has neither colours nor a width. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CannotRun } from './cannot-run.ts';
import { type Paint, type Terminal, painter, unpainted, widthOf } from './terminal.ts';

export interface Output {
  readonly paint: Paint;
  readonly width: number;
  write(text: string): void;
}

export function outputTo(file: string | undefined, { cwd, stdout }: Terminal): Output {
  if (file === undefined) return { paint: painter(stdout), width: widthOf(stdout), write: (text) => void stdout.write(text) };
  return { paint: unpainted, width: 160, write: (text) => { save(path.resolve(cwd, file), text); } };
}

function save(file: string, text: string): void {
  try {
    makeFolder(path.dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    throw new CannotRun(isFolder(file) ? `The report cannot be written: '${file}' is a folder.` : `The report cannot be written: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

/** Step by step: where a file system refuses new folders as `/proc` does, Node's own `recursive` never ends. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(file: string): boolean {
  return existsSync(file) && statSync(file).isDirectory();
}
