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

const silent = Object.fromEntries(['log', 'warn', 'error', 'info'].map((name) => [name, () => undefined]));
let current = '';
const recorder = new Recorder((file) => file === current);
const tf = recordCore(recorder, [], []);

type Program = (library: unknown, console: unknown, entries: (() => void)[]) => void;

/** The text without its types, every part at its place. */
export const javascript = (file: string, text: string): string => blankTypes(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS));

/** What happens when the program runs, and then each function that it exports. */
export function run(file: string, code: string): Observation {
  const [, ...lines] = code.split('\n');
  const exported = [...code.matchAll(/^export function (\w+)/gmu)].map(([, name]) => name!);
  const body = lines.join('\n').replace(/^export /gmu, '       ');
  current = file;
  hold(file, code);
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  keepTraces();
  try {
    const program = vm.runInThisContext(`(function (tf, console, entries) {\n${body}\nentries.push(${exported.join(', ')});\n})`, { filename: file }) as Program;
    const entries: (() => void)[] = [];
    survive(() => { program(tf, silent, entries); });
    for (const entry of entries) survive(entry);
    return recorder.take();
  } finally {
    Object.defineProperty(Error, 'prepareStackTrace', prepare ?? { value: undefined, writable: true, configurable: true });
    Error.stackTraceLimit = stackTraceLimit;
    disposeVariables();
  }
}

function survive(body: () => void): void {
  try {
    body();
  } catch (error) {
    recorder.uncaught(error);
  }
}
