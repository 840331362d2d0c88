/** The compiler's view of what stands in the editor: one language service, which keeps the declarations that it has read. */
import { createSystem, createVirtualTypeScriptEnvironment } from '@typescript/vfs';
import ts from 'typescript';

import { useDisk } from '../../../src/program/disk.ts';
import type { TextFile } from '../example.ts';
import { compilerOptions } from './options.ts';

export class Workspace {
  readonly #environment;
  readonly #texts = new Map<string, string>();

  constructor(declarations: Readonly<Record<string, string>>) {
    const system = createSystem(new Map(Object.entries(declarations)));
    useDisk(system);
    this.#environment = createVirtualTypeScriptEnvironment(system, [], ts, compilerOptions);
  }

  get languageService(): ts.LanguageService {
    return this.#environment.languageService;
  }

  /** Makes the files those of the program. */
  update(files: readonly TextFile[]): ts.Program {
    const wanted = new Map(files.map(({ name, text }) => [nameOf(name), text]));
    for (const name of this.#texts.keys()) {
      if (wanted.has(name)) continue;
      this.#environment.deleteFile(name);
      this.#texts.delete(name);
    }
    for (const [name, text] of wanted) {
      if (this.#texts.get(name) === text) continue;
      // The compiler's file system takes an empty file for none.
      this.#environment.createFile(name, text === '' ? '\n' : text);
      this.#texts.set(name, text);
    }
    return this.languageService.getProgram()!;
  }

  /** The text of a file of the program, `''` where there is none. */
  text(name: string): string {
    return this.#texts.get(name) ?? '';
  }
}

/** In the program all files have full names. */
export function nameOf(name: string): string {
  return `/${name}`;
}

export function shownName(name: string): string {
  return name.replace(/^\//u, '');
}
