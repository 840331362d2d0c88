import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The banner of TF.js, and what else programs under test print, matters where a test fails.
    silent: 'passed-only',
    reporters: ['default', './tests/harness/count-reporter.ts'],
    // As many as a small machine has cores, where one is left to itself otherwise.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/browser/**', 'tests/fixtures/**'],
          // The first lint of a worker builds a TypeScript program, and so do some hooks.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/e2e/setup.ts',
          fileParallelism: false,
          // Installs packages from the registry.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // Answers are timed, so nothing runs beside it.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
