/** Single-file components with their real parsers, on which all tests of this folder lint with one instance of ESLint each. */
import path from 'node:path';

import * as typescript from '@typescript-eslint/parser';
import * as astro from 'astro-eslint-parser';
import type { ESLint} from 'eslint';
import { type Linter } from 'eslint';
import * as svelte from 'svelte-eslint-parser';
import * as vue from 'vue-eslint-parser';

import plugin from '../../src/index.ts';
import { Project } from '../settings/project.ts';

const parsers = { vue, svelte, astro } as unknown as Readonly<Record<string, Linter.Parser>>;

export function componentsProject(files: Readonly<Record<string, string>>): Project {
  return new Project({
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "allowJs": true, "module": "NodeNext", "noEmit": true, "skipLibCheck": true, "types": [] }, "include": ["**/*"] }',
    ...files,
  });
}

export function eslintOf(project: Project): ESLint {
  return project.eslint(Object.entries(parsers).map(([extension, parser]) => ({
    files: [`**/*.${extension}`],
    ...plugin.configs.recommended as Linter.Config,
    languageOptions: {
      parser,
      parserOptions: {
        parser: typescript,
        // Astro's parser knows no project service, and says so.
        ...(extension === 'astro' ? { project: true } : { projectService: true }),
        extraFileExtensions: Object.keys(parsers).map((each) => `.${each}`),
        tsconfigRootDir: project.folder,
      },
    },
  })));
}

/** Messages on a file of a project that is on disk. */
export async function lint(eslint: ESLint, project: Project, file: string): Promise<readonly Linter.LintMessage[]> {
  const [result] = await eslint.lintFiles([path.join(project.folder, file)]);
  return result!.messages;
}

/** The text that the suggestion of the only message leaves. */
export function suggested(text: string, [message]: readonly Linter.LintMessage[]): string {
  const { range: [start, end], text: replacement } = message!.suggestions![0]!.fix;
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The linted text that a message marks. */
export function marked(text: string, { line, column, endLine, endColumn }: Linter.LintMessage): string {
  const offset = (atLine: number, atColumn: number): number => text.split('\n').slice(0, atLine - 1).reduce((sum, { length }) => sum + length + 1, atColumn - 1);
  return text.slice(offset(line, column), offset(endLine ?? line, endColumn ?? column));
}
