/** What the messages of a linted file are made of, for those who can show more than a sentence (the command line). */
import type { Finding } from '../judgements/finding.ts';
import type { Context } from './rule.ts';

export interface Told {
  /** As ESLint names the rule, with the plugin's prefix. */
  readonly rule: string;
  readonly finding: Finding;
  /** Where, as ESLint counts in messages: both from 1. */
  readonly line: number;
  readonly column: number;
}

const told = new WeakMap<object, Told[]>();

/** To be called where a finding is reported, with its offset in the linted text. */
export function remember(context: Context, finding: Finding, offset: number): void {
  const { ast } = context.sourceCode;
  const { line, column } = context.sourceCode.getLocFromIndex(offset);
  const entry = { rule: context.id, finding, line, column: column + 1 };
  const known = told.get(ast);
  if (known === undefined) told.set(ast, [entry]);
  else known.push(entry);
}

/** The findings reported for the file with this syntax tree, those that a comment silences included. */
export function toldOf(ast: object): readonly Told[] {
  return told.get(ast) ?? [];
}
