/** Carets stand below what they mark and are as long, however narrow the terminal and whatever the script. */
import { PassThrough } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { run as runCommand } from '../../src/cli/run.ts';
import { textWidth } from '../../src/cli/text-width.ts';
import { createProject, mistake } from './project.ts';

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NO_COLOR', '1');
});

afterEach(() => { vi.unstubAllEnvs(); });

async function shown(text: string, columns: number): Promise<readonly string[]> {
  using project = createProject({ 'train.js': text });
  const stdout = Object.assign(new PassThrough(), { columns });
  await runCommand(['train.js'], { cwd: project.root, stdin: new PassThrough(), stdout, stderr: new PassThrough() });
  return (stdout.read() as Buffer).toString().split('\n');
}

describe.each([80, 90, 100, 160])('on %i columns', (columns) => {
  it('the read is marked in full, and no line is longer', async () => {
    const lines = await shown(mistake, columns);
    const at = lines.findIndex((line) => line.includes('const loss ='));
    const marked = lines[at + 1]!;
    expect(marked).toContain('✂');
    expect(lines[at]!.slice(marked.indexOf('^'), marked.lastIndexOf('^') + 1)).toBe('dataSync');
    expect(lines.join(' ').replace(/\s+[✂┊│]?\s*│?\s+/gu, ' ')).toContain('the values were read to the host, and no tape follows plain numbers');
    expect(lines.filter((line) => line.includes('│') && textWidth(line) > columns)).toEqual([]);
  });
});

it('wide characters are counted, and a name in any script is a name', async () => {
  const lines = await shown(mistake.replaceAll(/\bw\b/gu, '重み').replace('const loss', "const 名 = '全角', loss"), 120);
  const under = (code: string): string => {
    const at = lines.findIndex((line) => line.includes(code));
    const [source, marks] = [lines[at]!, lines[at + 1]!];
    const [from, to] = [marks.indexOf('^'), marks.lastIndexOf('^') + 1];
    let column = 0;
    return Array.from(source).filter((character) => {
      const start = column;
      column += textWidth(character);
      return start >= from && start < to;
    }).join('');
  };
  expect(under('const 重み')).toBe('重み');
  expect(under('const 名')).toBe('dataSync');
});

it('a line of wide characters is cut by its columns', async () => {
  const lines = await shown(mistake.replace('const loss', `const 名 = '${'全角'.repeat(20)}', loss`), 80);
  expect(lines.filter((line) => line.includes('│') && textWidth(line) > 80)).toEqual([]);
  const at = lines.findIndex((line) => line.includes('✂'));
  const before = lines[at]!.indexOf('^');
  expect(textWidth(lines[at - 1]!.slice(0, lines[at - 1]!.indexOf('dataSync')))).toBe(before);
});

it('a line that is shown in full is shown once', async () => {
  const lines = await shown(mistake, 100);
  expect(lines.filter((line) => line.includes('const loss ='))).toHaveLength(1);
});

it('a file that is no text moves nothing on the terminal', async () => {
  const lines = await shown('\u0089PNG\r\n\u001B[2J\u0007\0\n', 80);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});
