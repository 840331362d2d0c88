/** Where a script stands in its page. */
import { describe, expect, it } from 'vitest';

import { pageOf } from '../../src/eslint/page.ts';
import type { Site } from '../../src/program/ir.ts';

const site = (line: number): Site => ({ file: 'page.html', start: 0, end: 0, line });
const script = 'const w = tf.variable(tf.ones([2]));\nif (w) {\n  train(w);\n}\n';
const indented = script.replaceAll(/^(?=.)/gmu, '    ');

describe('the lines of the page', () => {
  it.each<[string, string, string, number | undefined]>([
    ['behind an empty line that is gone', script, `<body>\n<script>\n${indented}</script>\n`, 3],
    ['behind the tag', script, `<body>\n<script>${script}</script>\n`, 2],
    ['with an end behind it', 'f();', '<p>\n<script>f();</script>\n', 2],
    ['with its first line', `\n${script}`, `<script>\n${script}</script>`, 1],
    ['with the ends of lines of Windows', script.replaceAll('\n', '\r\n'), `<p>\r\n<script>\r\n${indented.replaceAll('\n', '\r\n')}</script>`, 3],
    ['not in a page that has changed since', script, `<script>\n${indented.replace('train', 'fit')}</script>`, undefined],
    ['not where it stands twice', script, `<script>\n${indented}</script>\n<script>\n${indented}</script>`, undefined],
    ['not without a page', script, '', undefined],
  ])('%s', (_, part, page, line) => {
    expect(pageOf(part, page).lineOf(site(1))).toBe(line);
    if (line !== undefined) expect(pageOf(part, page).lineOf(site(3))).toBe(line + 2);
  });
});

describe('what other scripts may use', () => {
  const page = (rest: string): string => `<title>weights</title>\n<script>\n${indented}</script>\n${rest}`;

  it('is what the rest of the page names', () => {
    const { uses } = pageOf(script, page('<button onclick="w.print()">'));
    expect(uses('w')).toBe(true);
    expect(uses('train')).toBe(false);
    expect(uses('weight')).toBe(false);
  });

  it('is everything where the page loads scripts of its own', () => {
    expect(pageOf(script, page('<script src="other.js"></script>')).uses('train')).toBe(true);
    expect(pageOf(script, page('<script src="https://cdn.example/tf.js"></script>')).uses('train')).toBe(false);
    expect(pageOf(script, page('<script defer src=//cdn.example/tf.js></script>')).uses('train')).toBe(false);
  });

  it('is everything where the page is not known', () => {
    expect(pageOf(script, '').uses('train')).toBe(true);
  });
});
