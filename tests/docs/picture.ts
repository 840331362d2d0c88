/** The picture in the README: what the command line prints of the README's example, drawn as a terminal shows it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';

import { run } from '../../src/cli/run.ts';
import { createProject, tsconfig } from '../cli/project.ts';
import { examplesOf, root } from './examples.ts';

export const pictureFile = path.join(root, 'docs', 'images', 'report.svg');

const size = { font: 14, column: 8.43, line: 20, margin: 20 };
const ground = '#1e1f29';
const foreground = '#e6e6e6';
const colours: Readonly<Record<string, string>> = { 31: '#ff6b6b', 32: '#5fd38d', 33: '#f2c55c', 35: '#d59bf6', 36: '#6cc7f0' };

/** A stretch of text in one style. */
interface Run {
  readonly text: string;
  readonly column: number;
  readonly codes: ReadonlySet<string>;
}

/** What the command line says of the first example, in colour. */
async function report(): Promise<string> {
  const [example] = examplesOf('README.md');
  if (example === undefined) throw new Error('The README has no executed example.');
  const code = example.code.replace(/^\/\/ at run time: .*\n/gmu, '');
  using project = createProject({ 'train.ts': code, 'tsconfig.json': tsconfig, 'package.json': '{ "type": "module" }' });
  const stdout = Object.assign(new PassThrough(), { columns: 100 });
  const before = process.env.FORCE_COLOR;
  process.env.FORCE_COLOR = '1';
  try {
    await run(['train.ts'], { cwd: project.root, stdin: new PassThrough(), stdout, stderr: new PassThrough() });
  } finally {
    if (before === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = before;
  }
  return (stdout.read() as Buffer).toString();
}

/** Where a style ends, by the codes of ECMA-48 that end it. */
const ends: Readonly<Record<string, (code: string) => boolean>> = {
  22: (code) => code === '1' || code === '2',
  39: (code) => code in colours,
};

function runsOf(line: string): readonly Run[] {
  const [start = '', ...styled] = line.split('\u001B[');
  const runs: Run[] = [{ text: start, column: 0, codes: new Set() }];
  for (const part of styled) {
    const { code = '', text = '' } = /^(?<code>\d+)m(?<text>.*)$/u.exec(part)?.groups ?? {};
    const before = runs.at(-1)!;
    const codes = [...before.codes].filter((each) => ends[code]?.(each) !== true);
    runs.push({ text, column: before.column + before.text.length, codes: new Set(code in ends ? codes : [...codes, code]) });
  }
  return runs;
}

function drawn({ text, column, codes }: Run, y: number): string {
  if (text.trim() === '') return '';
  const [indent = ''] = /^ */u.exec(text) ?? [];
  const shown = text.trim();
  const x = size.margin + (column + indent.length) * size.column;
  const colour = [...codes].map((code) => colours[code]).find((each) => each !== undefined) ?? foreground;
  const style = `${codes.has('1') ? ' font-weight="bold"' : ''}${codes.has('2') ? ' opacity="0.6"' : ''}`;
  const escaped = shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" fill="${colour}"${style} textLength="${(shown.length * size.column).toFixed(1)}">${escaped}</text>\n`;
}

/** The picture, as SVG. */
export async function draw(): Promise<string> {
  const lines = (await report()).trimEnd().split('\n').map(runsOf);
  const columns = Math.max(...lines.flat().map((run) => run.column + run.text.length));
  const width = Math.ceil(columns * size.column + 2 * size.margin);
  const height = lines.length * size.line + 2 * size.margin;
  const text = lines.flatMap((runs, index) => runs.map((run) => drawn(run, size.margin + (index + 0.75) * size.line))).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size.font}">
<title>A report on the command line, with the path on which the gradient died</title>
<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>
${text}</svg>
`;
}

/** The picture as it is checked in. */
export function checkedIn(): string {
  return readFileSync(pictureFile, 'utf8');
}

if (process.argv[1] === import.meta.filename) writeFileSync(pictureFile, await draw());
