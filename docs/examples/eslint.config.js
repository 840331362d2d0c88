import parser from '@typescript-eslint/parser';
import { defineConfig } from 'eslint/config';
import tensor from 'eslint-plugin-tensor';

export default defineConfig({
  files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
  ignores: ['eslint.config.js', 'lint.js'],
  extends: [tensor.configs.recommended],
  languageOptions: {
    parser,
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
});
