import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compare } from './compare.ts';
import { annotate, draw } from './draw.ts';
import { parseMarkers } from './markers.ts';
import type { Report } from './report.ts';

const base: Report = { line: 1, column: 1, endColumn: 2, continues: false, rule: 'rule', message: 'Wrong.', suggestions: [] };
const drawn = (code: string, report: Partial<Report>): string => draw({ ...base, ...report }, code).join('\n');

describe('drawing', () => {
  it('puts the slashes under the indentation, or further left where there is no room', () => {
    expect(drawn('    f(x.dataSync());', { column: 7, endColumn: 19 })).toBe('//    ~~~~~~~~~~~~ [rule] Wrong.');
    expect(drawn('    call(x.dataSync());', { column: 10, endColumn: 22 })).toBe('    //   ~~~~~~~~~~~~ [rule] Wrong.');
    expect(drawn('minimize();', { column: 1, endColumn: 9 })).toBe('//~~~~~~ [rule] Wrong.');
    expect(drawn('f();', { column: 1, endColumn: 2 })).toBe('// @1-1 [rule] Wrong.');
  });

  it('puts the further lines of a message and the suggestions below', () => {
    expect(
      drawn('        f();', {
        column: 9,
        endColumn: 10,
        message: 'One.\nTwo.',
        suggestions: [{ description: 'Use `g`.', result: '        g(\n        );' }],
      }),
    ).toBe(
      [
        '//      ~ [rule] One.', //
        '//      … Two.',
        '//      suggest (Use `g`.): g(',
        '//      … );',
      ].join('\n'),
    );
  });

  it('is read back as the same report', () => {
    const words = fc.stringMatching(/^[a-z`()→.]{1,8}( [a-z`()→.]{1,8}){0,3}$/);
    const reports = fc.record({
      line: fc.constant(1),
      column: fc.integer({ min: 1, max: 12 }),
      width: fc.integer({ min: 1, max: 12 }),
      continues: fc.boolean(),
      rule: fc.constant('a-rule'),
      message: fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
      suggestions: fc.array(fc.record({ description: fc.option(words, { nil: undefined }), result: words }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(reports, fc.integer({ min: 0, max: 12 }), ({ width, ...rest }, indent) => {
        const report: Report = { ...rest, endColumn: rest.column + width };
        const code = `${' '.repeat(Math.min(indent, report.column - 1))}${'x'.repeat(30)}`;
        const source = [code, ...draw(report, code)].join('\n');
        expect(compare(parseMarkers(source), [report])).toMatchObject({ missing: [], unexpected: [] });
      }),
    );
  });
});

describe('annotating', () => {
  const source = ['   f(x);', '// ~ [rule] Wr…', '// gone', '   g(x);', '// ~ [rule] Stale.', ''].join('\n');
  const right = { ...base, column: 4, endColumn: 5 };

  it('keeps right markers, drops stale ones and adds what is missing', () => {
    const extra = { ...base, line: 4, column: 6, endColumn: 7, message: 'New.' };
    expect(annotate(source, compare(parseMarkers(source), [right, extra]))).toBe(
      ['   f(x);', '// ~ [rule] Wr…', '// gone', '   g(x);', '//   ~ [rule] New.', ''].join('\n'),
    );
  });
});
