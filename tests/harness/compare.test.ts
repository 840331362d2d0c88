import { describe, expect, it } from 'vitest';

import { compare } from './compare.ts';
import { parseMarkers } from './markers.ts';
import type { Report } from './report.ts';

const report: Report = {
  line: 1,
  column: 5,
  endColumn: 8,
  continues: false,
  rule: 'rule',
  message: '`w` gets no gradient.\nPath: w → x (1).',
  suggestions: [{ description: 'Use `w`.', result: '  loss(w);' }],
};

const suggestion = '//  suggest: loss(w);';
const accepts = (marker: string, ...more: string[]): boolean => {
  const { missing, unexpected } = compare(parseMarkers(['    f();', marker, ...more].join('\n')), [report]);
  expect(missing).toHaveLength(unexpected.length);
  return missing.length === 0;
};

describe('a marker expects', () => {
  it.each([
    ['the beginning of a message', '//  ~~~ [rule] `w` gets', true],
    ['a whole message, however its lines break', '//  ~~~ [rule] `w` gets no gradient. Path: w → x (1).', true],
    ['an ellipsis in place of some text', '//  ~~~ [rule] `w` … Path: … x (', true],
    ['not another text', '//  ~~~ [rule] `v` gets', false],
    ['not more text than there is', '//  ~~~ [rule] `w` gets no gradient. Path: w → x (1). More.', false],
    ['not another rule', '//  ~~~ [rules] `w` gets', false],
    ['not another column', '//   ~~~ [rule] `w` gets', false],
    ['not another width', '//  ~~~~ [rule] `w` gets', false],
    ['not a range of several lines', '//  ~~~> [rule] `w` gets', false],
  ])('%s', (_, marker, accepted) => {
    expect(accepts(marker, suggestion)).toBe(accepted);
  });

  it.each([
    ['each suggestion', [], false],
    ['no further suggestions', [suggestion, suggestion], false],
    ['the description, where it is given', ['// suggest (Use `w`.): loss(w);'], true],
    ['no other description', ['// suggest (Use `v`.): loss(w);'], false],
    ['the whole result', ['// suggest: loss(w)'], false],
    ['an ellipsis in a result', ['// suggest: …(w);'], true],
  ])('%s', (_, lines, accepted) => {
    expect(accepts('//  ~~~ [rule] `w`', ...lines)).toBe(accepted);
  });

  it('one report each', () => {
    const markers = parseMarkers('    f();\n//  ~~~ [rule] `w`\n//  suggest: …\n');
    expect(compare(markers, [report, report])).toMatchObject({ missing: [], unexpected: [report] });
    expect(compare(markers, [])).toMatchObject({ missing: markers, unexpected: [] });
  });
});
