import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { causes } from '../../src/calculus/cause.ts';
import { core } from './tfjs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const docs = readFileSync(join(root, 'docs/autodiff.md'), 'utf8');

const sources = readdirSync(join(root, 'src/autodiff'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(root, 'src/autodiff', file));

describe('the core', () => {
  it('imports nothing but itself and the calculus', () => {
    const outside = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^;]*?from '([^']+)';|^import '([^']+)';/gm)]
        .map(([, from, bare]) => from ?? bare!)
        .filter((from) => !from.startsWith('.') || !/^src\/(?:autodiff|calculus)\//.test(relative(root, resolve(dirname(file), from))))
        .map((from) => `${relative(root, file)}: ${from}`),
    );
    expect(outside).toEqual([]);
  });
});

describe('docs/autodiff.md', () => {
  it('names every operation and every public function', () => {
    const functions = Object.entries(core).filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name)).map(([name]) => name);
    expect(functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(docs))).toEqual(['tensor3d']);
  });

  it('lists the causes that the core names, in the words of the calculus', () => {
    const [, table] = /\| cause \| meaning \|\n\|---\|---\|\n([\s\S]*?)\n\n/.exec(docs)!;
    const said: core.Cause[] = [
      'host-read', 'stop-gradient', 'computed-outside', 'unwatched-constant', 'zero-derivative', 'constant-where', 'dead-activation', 'assign',
      'custom-gradient', 'never-reached', 'not-trainable',
    ];
    expect(table).toBe(said.map((cause) => `| \`${cause}\` | ${causes[cause]} |`).join('\n'));
  });

  it('leads through every file once, and says how long they are', () => {
    const [, tables] = /<!-- path -->\n([\s\S]*?)<!-- \/path -->/.exec(docs)!;
    const rows = tables!.split('\n').filter((line) => line.startsWith('| `')).map((line) => {
      const [, names, stated] = line.split('|');
      const files = [...names!.matchAll(/`(.+?)`/g)].map(([, file]) => file!);
      return { files, stated: Number(stated) };
    });
    expect(rows.flatMap(({ files }) => files).sort()).toEqual(sources.map((file) => relative(join(root, 'src/autodiff'), file)).sort());
    const lines = (file: string): number => readFileSync(join(root, 'src/autodiff', file), 'utf8').split('\n').length - 1;
    const actual = rows.map(({ files, stated }) => ({ files, stated, lines: files.reduce((total, file) => total + lines(file), 0) }));
    expect(actual.filter((row) => Math.abs(row.stated - row.lines) > Math.max(5, row.lines / 10))).toEqual([]);
  });

  it('says what its other examples give', () => {
    const [, ...others] = [...docs.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, example]) => example!);
    const given = others.map((example) => {
      const [, body, expression, value] = /^([\s\S]*\n)(.*); \/\/ (.*)$/.exec(example)!;
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      const result = (new Function('tf', `${body}return ${expression}`) as (tf: typeof core) => unknown)(core);
      return [JSON.stringify(result), value];
    });
    expect(given.map(([result]) => result)).toEqual(given.map(([, value]) => value));
    expect(given).toHaveLength(2);
  });

  it('shows what its first example prints', () => {
    const [, example, output] = /```ts\n([\s\S]*?)```\n\n<!-- output -->\n```text\n([\s\S]*?)\n```/.exec(docs)!;
    const printed: string[] = [];
    const body = example!.replace(/^import .*$/m, '').replace('console.log', 'print');
    // The example is run as it is written.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    (new Function('tf', 'print', body) as (tf: typeof core, print: (line: string) => void) => void)(core, (line) => printed.push(line));
    core.disposeVariables();
    expect(printed).toEqual([output]);
  });
});
