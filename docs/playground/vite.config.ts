/** `npm run playground` builds the page into a folder that any server of files can show, and shows it. */
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { declarations } from './build/declarations.ts';
import { examples } from './build/examples.ts';

/** ESLint and typescript-eslint ask Node for the parts of names; the page has no files, so nothing else is asked. */
const alias = { 'node:path': 'path-browserify' };

/** How long the parts of a build take is nobody's concern. */
const quiet = { checks: { bundlerTimings: false } };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // It is shown from a folder of a site.
  base: './',
  publicDir: false,
  resolve: { alias },
  define: { 'process.env': '{}' },
  plugins: [examples()],
  worker: { format: 'es', plugins: () => [declarations()], rolldownOptions: quiet },
  // The compiler is as large as it is.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 20_000, rolldownOptions: quiet },
});
