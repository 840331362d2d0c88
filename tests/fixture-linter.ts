import path from 'node:path';

import tensor from '../src/index.ts';
import { createFixtureLinter, type FixtureLinter } from './harness/lint.ts';
import { settingsBelow } from './harness/settings.ts';

export const fixturesRoot = path.join(import.meta.dirname, 'fixtures');

/** The plugin from its sources: `recommended`, and `strict` for fixtures in a folder of that name. */
export function createTensorLinter(): FixtureLinter {
  return createFixtureLinter(fixturesRoot, [
    tensor.configs.recommended,
    { ...tensor.configs.strict, files: ['**/strict/**'] },
    ...settingsBelow(fixturesRoot).map((settings) => ({ files: [`${settings.folder}/**`], settings: { tensor: settings.tensor } })),
  ]);
}
