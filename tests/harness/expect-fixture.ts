import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { compare } from './compare.ts';
import { annotate } from './draw.ts';
import type { FixtureLinter } from './lint.ts';
import { parseMarkers } from './markers.ts';

/** Throws unless each marker of the file has its report and each report its marker. */
export async function expectFixture(linter: FixtureLinter, file: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  const markers = parseMarkers(source);
  if (markers.length > 0 && path.dirname(file).split(path.sep).includes('valid')) {
    throw new Error('A fixture in a folder `valid` has no markers.');
  }
  const comparison = compare(markers, await linter.lint(file));
  const { missing, unexpected } = comparison;
  if (missing.length === 0 && unexpected.length === 0) return;

  throw new Error(
    [
      `${missing.length} markers without their report, ${unexpected.length} reports without a marker.`,
      ...missing.flatMap((marker) => [`  line ${marker.line}, expected:`, ...marker.source]),
      ...unexpected.map(({ line, column, rule, message }) => `  line ${line}, column ${column}, reported: [${rule}] ${message}`),
      '',
      'The file with the reports it has:',
      '',
      annotate(source, comparison),
    ].join('\n'),
  );
}
