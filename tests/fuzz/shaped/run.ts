/** Runs programs on TF.js: which line throws, and what is reached before. */
import vm from 'node:vm';

import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';

import { blankTypes } from '../blank.ts';
import type { ShapedProgram } from './program.ts';

export interface Run {
  readonly reached: ReadonlySet<number>;
  readonly threw: { readonly line: number; readonly name: string; readonly message: string } | undefined;
}

const file = 'shaped-program.js';

/** The program as JavaScript, each line where it was. */
export function javascriptOf({ text }: ShapedProgram): string {
  return blankTypes(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS));
}

export async function run(program: ShapedProgram): Promise<Run> {
  const reached = new Set<number>();
  let last = 0;
  const at = (line: number): void => {
    reached.add(line);
    last = line;
  };
  tf.engine().startScope();
  try {
    await load(program, at)();
    return { reached, threw: undefined };
  } catch (error) {
    const { name, message, stack = '' } = error as Error;
    const [, line] = /shaped-program\.js:(\d+)/u.exec(stack.slice(stack.indexOf('\n    at '))) ?? [];
    return { reached, threw: { line: line === undefined ? last : Number(line), name, message } };
  } finally {
    tf.disposeVariables();
    tf.engine().endScope();
  }
}

/** The program with a note in front of each statement. */
function load(program: ShapedProgram, at: (line: number) => void): () => Promise<void> {
  const noted = javascriptOf(program).split('\n').map((line, index) => (program.statements.has(index + 1) ? `at(${String(index + 1)}); ${line}` : line)).join('\n');
  const body = noted.replace(/^import .*$/gmu, '').replace(/^export .*$/gmu, '');
  const make = vm.runInThisContext(`(function (tf, at) { return async () => { 'use strict'; ${body}\n}; })`, { filename: file }) as (library: typeof tf, at: (line: number) => void) => () => Promise<void>;
  return make(tf, at);
}
