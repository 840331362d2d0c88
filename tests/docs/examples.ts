/** The programs in the docs pages: code blocks whose fence says ` ```ts executed `, each complete in itself. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Example {
  /** The page, from the root of the project. */
  readonly page: string;
  /** The line of the fence. */
  readonly line: number;
  readonly language: string;
  /** What the fence says after `executed`: `incorrect` and `correct` on the pages of rules. */
  readonly kind: string | undefined;
  readonly code: string;
  /** What the page says of the run: the text after `// at run time: `. */
  readonly observed: readonly string[];
}

/** An example, written to a file of its own. */
export interface PlacedExample extends Example {
  readonly file: string;
}

export const root = path.resolve(import.meta.dirname, '..', '..');

const block = /^```(?<language>[cm]?[jt]sx?) executed(?: (?<kind>\w+))?\n(?<code>.*?)^```$/gmsu;

export function examplesOf(page: string): readonly Example[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  return [...text.matchAll(block)].map(({ index, groups = {} }) => {
    const code = groups.code ?? '';
    return {
      page,
      line: text.slice(0, index).split('\n').length,
      language: groups.language ?? '',
      kind: groups.kind,
      code,
      observed: [...code.matchAll(/^\/\/ at run time: (.+)$/gmu)].map(([, said = '']) => said),
    };
  });
}

/** Puts new code into the blocks of a page. */
export function rewritten(page: string, change: (example: Example) => string): string {
  const examples = examplesOf(page);
  let at = 0;
  return readFileSync(path.join(root, page), 'utf8').replace(block, (whole, ...rest) => {
    const { code } = rest.at(-1) as { readonly code: string };
    return whole.replace(code, () => change(examples[at++]!));
  });
}

export function pagesIn(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.md')).sort().map((name) => `${folder}/${name}`);
}

/** Writes examples to a folder that is set up as the one of the fixtures is. */
export function place(examples: readonly Example[]): { readonly folder: string; readonly placed: readonly PlacedExample[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-examples-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ extends: path.join(root, 'tests', 'fixtures', 'tsconfig.json'), include: ['.'] }));
  const placed = examples.map((example) => {
    const file = path.join(folder, path.basename(example.page, '.md'), `line-${example.line}.${example.language}`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, example.code);
    return { ...example, file };
  });
  return { folder, placed };
}
