import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is compared: the text of a flat config's rules, with the plugins in scope. */
const settings = {
  'zero rules': '{}',
  recommended: '{ plugins: { tensor }, rules: tensor.configs.recommended.rules }',
  'no-floating-promises': "{ plugins: { ts: tseslint.plugin }, rules: { 'ts/no-floating-promises': 'error' } }",
  'no-unsafe-assignment': "{ plugins: { ts: tseslint.plugin }, rules: { 'ts/no-unsafe-assignment': 'error' } }",
} as const;

export type Setting = keyof typeof settings;

/** Writes one ESLint config for each setting, all with the same parser and imports, and says where it is. */
export async function writeSettings(directory: string, plugin: string): Promise<ReadonlyMap<Setting, string>> {
  const files = new Map<Setting, string>();
  for (const [index, [name, rules]] of Object.entries(settings).entries()) {
    const file = path.join(directory, `setting-${index}.config.js`);
    await writeFile(
      file,
      `import tensor from '${pathToFileURL(plugin).href}';
import tseslint from 'typescript-eslint';

export default [
  { ignores: ['*.config.js'] },
  {
    files: ['**/*.ts', '**/*.js'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  ${rules},
];
`,
    );
    files.set(name as Setting, file);
  }
  return files;
}
