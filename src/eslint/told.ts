/** What the messages of a linted file are made of, for those who can show more than a sentence (the command line). */
import type { Finding } from '../judgements/finding.ts';
import type { Context } from './rule.ts';

interface Told {
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

/** As ESLint gives it. */
interface Message {
  readonly ruleId: string | null;
  readonly messageId?: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** What a message says of the file with this syntax tree, as data; one rule tells one finding of a kind at one place. */
export function findingTold(ast: object, { ruleId, messageId, line, column }: Message): Finding | undefined {
  return told.get(ast)?.find((entry) => entry.rule === ruleId && entry.finding.variant === messageId && entry.line === line && entry.column === column)?.finding;
}
