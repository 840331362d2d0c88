import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'docs/playground/dist', 'coverage', 'tests/fixtures', 'tests/fuzz/regressions', 'docs/examples']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers, booleans and shapes (`[${shape}]`) read well in messages; the rule is there for objects and undefined.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowArray: true }],
      // With noUncheckedIndexedAccess an index that the loop guarantees needs `!`; `as` would hide more.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `while (true)` with a return inside is the clearest form of a fixpoint.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      // `() => sink.push(x)` is a statement in disguise that reads well.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The discriminated unions of the IR and of verdicts are types; records are interfaces. Both are wanted.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A leading underscore says: required by the signature, not by the code.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['rules/**/*.ts'],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      'eslint-plugin/require-meta-docs-description': 'error',
      'eslint-plugin/require-meta-default-options': 'error',
      // `createRule` adds it; tests/package.test.ts proves it.
      'eslint-plugin/require-meta-docs-url': 'off',
    },
  },
  {
    files: ['tests/**/*.ts'],
    // A function that does nothing is what many tests need.
    rules: { '@typescript-eslint/no-empty-function': 'off' },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    // Tables that are measured are as long as the library.
    ignores: ['src/libraries/*/operations.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
);
