/** Runs programs on TF.js: which line throws, and what is reached before. */
import vm from 'node:vm';

import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';

import { blankTypes } from '../blank.ts';
import type { FileName, ShapedProgram } from './program.ts';

/** A line, with the file before it: `program:3`. */
export type Place = `${FileName}:${string}`;

export interface Run {
  readonly reached: ReadonlySet<Place>;
  readonly threw: { readonly place: Place | undefined; readonly name: string; readonly message: string } | undefined;
}

/** A file as JavaScript, each line where it was. */
export function javascriptOf({ files }: ShapedProgram, name: FileName): string {
  return blankTypes(ts.createSourceFile(`${name}.js`, files[name].text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS));
}

export async function run(program: ShapedProgram): Promise<Run> {
  const reached = new Set<Place>();
  let last: Place | undefined;
  const at = (place: Place): void => {
    reached.add(place);
    last = place;
  };
  tf.engine().startScope();
  try {
    const helpers = await load(program, 'helpers', at)({});
    await load(program, 'program', at)(helpers);
    return { reached, threw: undefined };
  } catch (error) {
    const { name, message, stack = '' } = error as Error;
    const [, file, line] = /shaped-(helpers|program)\.js:(\d+)/u.exec(stack.slice(stack.indexOf('\n    at '))) ?? [];
    return { reached, threw: { place: line === undefined ? last : `${file as FileName}:${line}`, name, message } };
  } finally {
    tf.disposeVariables();
    tf.engine().endScope();
  }
}

type Exports = Readonly<Record<string, unknown>>;

/** A file with a note in front of each statement: what it exports, for what it imports. */
function load(program: ShapedProgram, name: FileName, at: (place: Place) => void): (imported: Exports) => Promise<Exports> {
  const { statements } = program.files[name];
  const noted = javascriptOf(program, name).split('\n').map((line, index) => (statements.has(index + 1) ? `at('${name}:${String(index + 1)}'); ${line}` : line)).join('\n');
  const exported = [...noted.matchAll(/^export (?:function|const) (\w+)/gmu)].map(([, each]) => each);
  const body = noted.replace(/^import \{(.*)\} from .*$/gmu, 'const {$1} = imported;').replace(/^import .*$/gmu, '').replace(/^export \{\};$/gmu, '').replace(/^export /gmu, '');
  const make = vm.runInThisContext(`(function (tf, at) { return async (imported) => { 'use strict'; ${body}\nreturn { ${exported.join(', ')} }; }; })`, { filename: `shaped-${name}.js` }) as (library: typeof tf, note: typeof at) => (imported: Exports) => Promise<Exports>;
  return make(tf, at);
}
