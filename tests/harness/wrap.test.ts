import fc from 'fast-check';
import { expect, it } from 'vitest';

import { draw } from './draw.ts';
import { parseMarkers } from './markers.ts';
import { wrapped } from './wrap.ts';

const long = 'x'.repeat(150);
const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

it('keeps a word of the message beside the rule, whatever its length', () => {
  expect(wrapped(`// ~~~ [rule] ${long} is wrong.`)).toEqual([`// ~~~ [rule] ${long}`, '// … is wrong.']);
  expect(wrapped(`// @1-2 [rule] ${long} ${long}`)).toEqual([`// @1-2 [rule] ${long}`, `// … ${long}`]);
  expect(wrapped(`  //~~~~> [rule] short ${long}`)).toEqual(['  //~~~~> [rule] short', `  //… ${long}`]);
  expect(wrapped(`const code = '${long}';`)).toEqual([`const code = '${long}';`]);
});

it('makes markers that are read back as they were', () => {
  const words = fc.array(fc.stringMatching(/^[a-z.]{1,140}$/u), { minLength: 1, maxLength: 30 }).map((all) => all.join(' '));
  fc.assert(fc.property(fc.nat(90), fc.integer({ min: 1, max: 90 }), words, (from, width, message) => {
    const code = `f(${'x'.repeat(200)});`;
    const [only = ''] = draw({ line: 1, column: from + 1, endColumn: from + 1 + width, continues: false, rule: 'some-rule', message, suggestions: [] }, code);
    const lines = wrapped(only);
    const [read, ...others] = parseMarkers([code, ...lines].join('\n'));
    expect(others).toEqual([]);
    expect({ column: read?.column, message: plain(read?.message ?? '') }).toEqual({ column: from + 1, message });
  }));
});
