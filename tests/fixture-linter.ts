import path from 'node:path';

import tensor from '../src/index.ts';
import { createFixtureLinter, type FixtureLinter } from './harness/lint.ts';

export const fixturesRoot = path.join(import.meta.dirname, 'fixtures');

/** The plugin from its sources: `recommended`, and `strict` for fixtures in a folder of that name. */
export function createTensorLinter(): FixtureLinter {
  return createFixtureLinter(fixturesRoot, [
    tensor.configs.recommended,
    { ...tensor.configs.strict, files: ['**/strict/**'] },
  ]);
}
