import { readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, it } from 'vitest';

import { createTensorLinter, fixturesRoot } from './fixture-linter.ts';
import { expectFixture } from './harness/expect-fixture.ts';

const fixtures = readdirSync(fixturesRoot, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[cm]?[jt]sx?$/u.test(file) && !/\.d\.[cm]?ts$/u.test(file) && !file.startsWith('packages'))
  .sort();

describe('fixtures', () => {
  const linter = createTensorLinter();

  it.each(fixtures)('%s', async (file) => {
    await expectFixture(linter, path.join(fixturesRoot, file));
  });
});
