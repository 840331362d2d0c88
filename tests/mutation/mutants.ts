/** Programs in which one number is another one. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import ts from 'typescript';

import type { Program } from '../truth/programs.ts';
import { Random } from './random.ts';

export interface Mutant {
  readonly original: Program;
  /** The program as it is run. */
  readonly program: Program;
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

interface Literal {
  readonly start: number;
  readonly text: string;
  readonly line: number;
}

const root = path.resolve(import.meta.dirname, '..', '..');

/** A new folder in which programs run as in this project. */
export function workplace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mutants-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}

/** A few of each program, the same ones for the same seed. */
export function mutantsOf(programs: readonly Program[], each: number, seed: number): readonly Mutant[] {
  const folder = workplace();
  const random = new Random(seed);
  return programs.flatMap((original, index) => {
    const text = readFileSync(original.main, 'utf8');
    return random.some(numbersIn(original.main, text), each).map((literal, copy) => mutant(original, text, literal, random.other(Number(literal.text)), path.join(folder, `${String(index)}-${String(copy)}`)));
  });
}

function mutant(original: Program, text: string, { start, text: from, line }: Literal, to: number, folder: string): Mutant {
  const base = commonFolder(original.files);
  const place = (file: string): string => path.join(folder, path.relative(base, file));
  for (const file of original.files) {
    mkdirSync(path.dirname(place(file)), { recursive: true });
    cpSync(file, place(file));
  }
  writeFileSync(place(original.main), `${text.slice(0, start)}${String(to)}${text.slice(start + from.length)}`);
  const program = { ...original, name: `${original.name} (line ${String(line)}: ${from} → ${String(to)})`, main: place(original.main), files: original.files.map(place) };
  return { original, program, line, from, to: String(to) };
}

function commonFolder(files: readonly string[]): string {
  let folder = path.dirname(files[0] ?? '');
  while (!files.every((file) => file.startsWith(`${folder}${path.sep}`))) folder = path.dirname(folder);
  return folder;
}

/** Whole numbers that may be lengths, axes or elements. */
function numbersIn(file: string, text: string): readonly Literal[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isNumericLiteral(node) && /^\d{1,3}$/u.test(node.getText())) found.push({ start: node.getStart(), text: node.getText(), line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
