/** A project in a folder of its own, with what is installed here, linted as its ESLint would. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ESLint, type Linter } from 'eslint';

const root = path.join(import.meta.dirname, '..', '..');

export class Project {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'settings-')));

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(path.join(this.folder, 'node_modules', '@acme'), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', '@tensorflow'), path.join(this.folder, 'node_modules', '@tensorflow'), 'dir');
    symlinkSync(path.join(root, 'tests', 'fixtures', 'packages', 'acme-ml'), path.join(this.folder, 'node_modules', '@acme', 'ml'), 'dir');
    this.write({ 'package.json': '{ "type": "module", "private": true }', ...files });
  }

  path(file: string): string {
    return path.join(this.folder, file);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
  }

  /** Messages by file. */
  async lint(config: Linter.Config[], ...files: readonly string[]): Promise<Readonly<Record<string, readonly Linter.LintMessage[]>>> {
    const results = await this.eslint(config).lintFiles([...files]);
    return Object.fromEntries(results.map(({ filePath, messages }) => [path.relative(this.folder, filePath), messages]));
  }

  eslint(config: Linter.Config[]): ESLint {
    return new ESLint({ cwd: this.folder, overrideConfigFile: true, overrideConfig: config });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** What a message says, with its place. */
export function told({ line, column, endLine, endColumn, ruleId, message }: Linter.LintMessage): string {
  return `${line}:${column}-${endLine ?? line}:${endColumn ?? column} ${ruleId ?? 'eslint'} ${message}`;
}
