/** What the user asks for. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

import { CannotRun } from './cannot-run.ts';

export const lintFormats = ['pretty', 'stylish', 'json', 'sarif', 'github'] as const;
export const explainFormats = ['text', 'svg', 'html', 'mermaid', 'dot'] as const;

export type LintFormat = (typeof lintFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];

export interface LintCommand {
  readonly kind: 'lint';
  readonly paths: readonly string[];
  readonly format: LintFormat;
  readonly strict: boolean;
  readonly fix: boolean;
  /** Rule names without the plugin's prefix; empty: those of the config. */
  readonly rules: readonly string[];
  /** Undefined: any number. */
  readonly maxWarnings: number | undefined;
}

export interface ExplainCommand {
  readonly kind: 'explain';
  readonly file: string;
  /** Undefined: the only scope of the file. */
  readonly line: number | undefined;
  readonly format: ExplainFormat;
}

export type Command = { readonly kind: 'help' } | { readonly kind: 'version' } | LintCommand | ExplainCommand;

const common = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  format: { type: 'string', short: 'f' },
} as const;

const linting = {
  ...common,
  strict: { type: 'boolean' },
  fix: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  'max-warnings': { type: 'string' },
} as const;

export function parseCommand(args: readonly string[]): Command {
  return args[0] === 'explain' ? explainCommand(args.slice(1)) : lintCommand(args);
}

function lintCommand(args: readonly string[]): Command {
  const { values, positionals } = parse({ args: [...args], options: linting, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  return {
    kind: 'lint',
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf(lintFormats, values.format ?? 'pretty'),
    strict: values.strict ?? false,
    fix: values.fix ?? false,
    rules: (values.rule ?? []).map((name) => name.replace(/^tensor\//u, '')),
    maxWarnings: values['max-warnings'] === undefined ? undefined : count(values['max-warnings']),
  };
}

function explainCommand(args: readonly string[]): Command {
  const { values, positionals } = parse({ args: [...args], options: common, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [place, ...others] = positionals;
  if (place === undefined || others.length > 0) throw new CannotRun('`explain` takes one place, as in `explain src/train.ts:12`.');
  // `file:line:column` is what editors and other tools copy.
  const [, file = place, line] = /^(.+?):(\d+)(?::\d+)?$/u.exec(place) ?? [];
  return { kind: 'explain', file, line: line === undefined ? undefined : Number(line), format: oneOf(explainFormats, values.format ?? 'text') };
}

function parse<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's advice on arguments that begin with a hyphen, after the first sentence, is not what the user needs.
    const message = error instanceof Error ? error.message : String(error);
    const [sentence = message] = message.split(/\.\s/u);
    throw new CannotRun(`${sentence.replace(/\.$/u, '')}. See \`eslint-plugin-tensor --help\`.`);
  }
}

function oneOf<const T extends string>(known: readonly T[], given: string): T {
  const found = known.find((candidate) => candidate === given);
  if (found === undefined) throw new CannotRun(`There is no format '${given}' here: use ${known.slice(0, -1).join(', ')} or ${known.at(-1) ?? ''}.`);
  return found;
}

function count(given: string): number {
  if (!/^\d+$/u.test(given)) throw new CannotRun(`--max-warnings takes a number, not '${given}'.`);
  return Number(given);
}
