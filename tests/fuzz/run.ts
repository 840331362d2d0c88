/** Runs programs on the core, in this process. */
import vm from 'node:vm';

import ts from 'typescript';

import { disposeVariables } from '../../src/autodiff/index.ts';
import { recordCore } from '../truth/child/core.ts';
import { keepTraces } from '../truth/child/frames.ts';
import { Recorder } from '../truth/child/recorder.ts';
import type { Observation } from '../truth/observation.ts';
import { hold } from '../truth/places.ts';
import { blankTypes } from './blank.ts';
import { Host } from './host.ts';

/** A program as it runs: JavaScript with every part at its place. */
export interface Code {
  readonly file: string;
  readonly code: string;
  /** The modules that it imports, in the order in which they run. */
  readonly modules: readonly Module[];
  /** What somebody else does who imports all that is exported. */
  readonly outside: readonly string[];
}

export interface Module {
  readonly file: string;
  readonly code: string;
}

const silent = Object.fromEntries(['log', 'warn', 'error', 'info'].map((name) => [name, () => undefined]));
let current = '';
const recorder = new Recorder((file) => file === current);
const tf = recordCore(recorder, [], []);

type Program = (scope: object, share: (names: Readonly<Record<string, () => unknown>>) => void, given: readonly unknown[]) => Promise<void>;

/** The text without its types, every part at its place. */
export const javascript = (file: string, text: string): string => blankTypes(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS));

/** What happens when the program runs, and then when somebody else uses what it exports. */
export async function run({ file, code, modules, outside }: Code): Promise<Observation> {
  current = file;
  hold(file, code);
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  keepTraces();
  try {
    const host = new Host(survive);
    const scope = new Scope(host);
    for (const module of modules) await survive(() => scope.evaluate(module));
    await survive(() => scope.evaluate({ file, code }));
    await host.settle();
    for (const [index, statement] of outside.entries()) await survive(() => scope.evaluate({ file: `${file}.outside${index}`, code: `return ${statement}` }));
    await host.settle();
    return recorder.take();
  } finally {
    Object.defineProperty(Error, 'prepareStackTrace', prepare ?? { value: undefined, writable: true, configurable: true });
    Error.stackTraceLimit = stackTraceLimit;
    disposeVariables();
  }
}

/** What modules export, which other modules see under the same names. */
export class Scope {
  readonly exported: Readonly<Record<string, unknown>> = {};
  readonly #names: readonly string[];
  readonly #given: readonly unknown[];

  constructor(host: Host) {
    this.#names = ['tf', 'console', ...Object.keys(host.functions)];
    this.#given = [tf, silent, ...Object.values(host.functions)];
  }

  /** Imported names follow what the module does to them, as its own `let` does. */
  async evaluate({ file, code }: Module): Promise<void> {
    const shared = exportsOf(code).map(({ name, from }) => `${name}: () => ${from}`);
    const body = code.replace(/^export \{.*$|^export \*.*$|^import .*$/gmu, (line) => ' '.repeat(line.length)).replace(/^export /gmu, '       ');
    const head = `(async function (scope, share, [${this.#names.join(', ')}]) { with (scope) { await (async function () { 'use strict'; ${body}\nshare({ ${shared.join(', ')} });\n})(); } })`;
    const program = vm.runInThisContext(head, { filename: file }) as Program;
    await program(this.exported, (names) => {
      for (const [name, get] of Object.entries(names)) Object.defineProperty(this.exported, name, { get, configurable: true });
    }, this.#given);
  }
}

function exportsOf(code: string): readonly { readonly name: string; readonly from: string }[] {
  const declared = [...code.matchAll(/^export (?:async )?(?:let|const|class|function\*?) (\w+)/gmu)].map(([, name]) => ({ name: name!, from: name! }));
  const listed = [...code.matchAll(/^export \{ (.+) \};/gmu)].flatMap(([, list]) => list!.split(', ').map((each) => {
    const [from, name = from] = each.split(' as ');
    return { name: name!, from: from! };
  }));
  return [...declared, ...listed];
}

async function survive(body: () => unknown): Promise<void> {
  try {
    await body();
  } catch (error) {
    recorder.uncaught(error);
  }
}
