/** What the user asks for. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

import { CannotRun } from './cannot-run.ts';

export const lintFormats = ['pretty', 'stylish', 'json', 'sarif', 'github'] as const;
export const explainFormats = ['text', 'svg', 'html', 'mermaid', 'dot'] as const;
export const coverageFormats = ['text', 'json'] as const;

export type LintFormat = (typeof lintFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];
export type CoverageFormat = (typeof coverageFormats)[number];

/** What to check. */
export type Input =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /** A text that is handed in, as if it stood in the file. */
  | { readonly kind: 'text'; readonly file: string };

export interface LintCommand {
  readonly kind: 'lint';
  readonly input: Input;
  readonly format: LintFormat;
  /** Undefined: the terminal. */
  readonly output: string | undefined;
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
  readonly output: string | undefined;
}

export interface CoverageCommand {
  readonly kind: 'coverage';
  readonly paths: readonly string[];
  readonly format: CoverageFormat;
  readonly output: string | undefined;
}

export type Command = { readonly kind: 'help' } | { readonly kind: 'version' } | LintCommand | ExplainCommand | CoverageCommand;

const common = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  format: { type: 'string', short: 'f' },
  'output-file': { type: 'string', short: 'o' },
} as const;

const linting = {
  ...common,
  strict: { type: 'boolean' },
  fix: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  'max-warnings': { type: 'string' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
} as const;

export function parseCommand(args: readonly string[]): Command {
  const named = namedCommand(args);
  return named === undefined ? lintCommand(args) : named.parse(args.toSpliced(named.index, 1));
}

const commands: Readonly<Record<string, (args: readonly string[]) => Command>> = { explain: explainCommand, coverage: coverageCommand };

/** The command that is named, and where: options may come before it. */
function namedCommand(args: readonly string[]): { readonly parse: (args: readonly string[]) => Command; readonly index: number } | undefined {
  const { tokens } = parseArgs({ args: [...args], options: linting, allowPositionals: true, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind === 'positional');
  const name = first === undefined ? undefined : args[first.index];
  const parse = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  return first === undefined || parse === undefined ? undefined : { parse, index: first.index };
}

function lintCommand(args: readonly string[]): Command {
  const { values, positionals } = parse({ args: [...args], options: linting, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  return {
    kind: 'lint',
    input: inputOf(values, positionals),
    output: values['output-file'],
    format: oneOf(lintFormats, values.format ?? 'pretty'),
    strict: values.strict ?? false,
    fix: values.fix ?? false,
    rules: (values.rule ?? []).map((name) => name.replace(/^tensor\//u, '')),
    maxWarnings: values['max-warnings'] === undefined ? undefined : count(values['max-warnings']),
  };
}

function inputOf(values: { readonly stdin?: boolean; readonly fix?: boolean; readonly 'stdin-filename'?: string }, positionals: readonly string[]): Input {
  const file = values['stdin-filename'];
  if (values.stdin !== true) {
    if (file !== undefined) throw new CannotRun('--stdin-filename says where the text of --stdin belongs: name both.');
    return { kind: 'paths', paths: positionals.length > 0 ? positionals : ['.'] };
  }
  if (positionals.length > 0) throw new CannotRun('--stdin takes the text of one file, and no paths.');
  if (values.fix === true) throw new CannotRun('--fix writes files, and the text of --stdin is in none.');
  return { kind: 'text', file: file ?? 'stdin.ts' };
}

function explainCommand(args: readonly string[]): Command {
  const { values, positionals } = parse({ args: [...args], options: common, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [place, ...others] = positionals;
  if (place === undefined || others.length > 0) throw new CannotRun('`explain` takes one place, as in `explain src/train.ts:12`.');
  // `file:line:column` is what editors and other tools copy.
  const [, file = place, line] = /^(.+?):(\d+)(?::\d+)?$/u.exec(place) ?? [];
  return { kind: 'explain', file, line: line === undefined ? undefined : Number(line), format: oneOf(explainFormats, values.format ?? 'text'), output: values['output-file'] };
}

function coverageCommand(args: readonly string[]): Command {
  const { values, positionals } = parse({ args: [...args], options: common, allowPositionals: true });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  return { kind: 'coverage', paths: positionals.length > 0 ? positionals : ['.'], format: oneOf(coverageFormats, values.format ?? 'text'), output: values['output-file'] };
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
