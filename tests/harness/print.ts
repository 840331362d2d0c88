/** `npm run fixtures:print -- [--write] FILE...` prints fixtures with their reports, or writes them back. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { createTensorLinter } from '../fixture-linter.ts';
import { compare } from './compare.ts';
import { annotate } from './draw.ts';
import { parseMarkers } from './markers.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false } } });
const linter = createTensorLinter();

for (const file of positionals.map((name) => path.resolve(name))) {
  const source = await readFile(file, 'utf8');
  const annotated = annotate(source, compare(parseMarkers(source), await linter.lint(file)));
  if (values.write) await writeFile(file, annotated);
  else process.stdout.write(annotated);
}
