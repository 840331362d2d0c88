/** Runs memory programs on TF.js: which lines leave tensors, and where what has been disposed is used. */
import vm from 'node:vm';

import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';

import { blankTypes } from '../blank.ts';
import type { MemoryProgram } from './program.ts';

/** What one way through the round does, by line. */
export interface Way {
  /** How many items the list has that loops go through. */
  readonly items: number;
  /** Lines that are reached. */
  readonly reached: ReadonlySet<number>;
  readonly made: ReadonlyMap<number, number>;
  /** Of that, what is still there when another round is over. */
  readonly left: ReadonlyMap<number, number>;
  /** The line that throws. */
  readonly threw: number | undefined;
}

const file = 'memory-program.js';

type Round = (numbers: readonly number[], a: boolean, b: boolean) => Promise<void>;

/** Tensors by the lines of the round that make them, for as long as somebody asks. */
class Watch {
  readonly made = new Map<number, number>();
  readonly alive = new Map<number, number>();
  readonly #lines: (stack: string) => number | undefined;

  constructor(lines: (stack: string) => number | undefined) {
    this.#lines = lines;
  }

  add(id: number): void {
    const line = this.#lines(new Error('made').stack ?? '');
    if (line === undefined) return;
    this.made.set(line, (this.made.get(line) ?? 0) + 1);
    this.alive.set(id, line);
  }
}

let watch: Watch | undefined;

/** What the engine is told of each tensor. */
interface Tracking {
  trackTensor: (this: unknown, tensor: tf.Tensor, backend: unknown) => void;
  disposeTensor: (this: unknown, tensor: tf.Tensor) => void;
}

const engine = tf.engine() as unknown as Tracking;
const { trackTensor, disposeTensor } = engine;
engine.trackTensor = function (tensor, backend) {
  trackTensor.call(this, tensor, backend);
  watch?.add(tensor.id);
};
engine.disposeTensor = function (tensor) {
  for (const each of watches) each.alive.delete(tensor.id);
  disposeTensor.call(this, tensor);
};
const watches = new Set<Watch>();

/** Each way through the round, by what it is asked. */
export async function waysOf(program: MemoryProgram): Promise<readonly Way[]> {
  const ways: Way[] = [];
  for (const numbers of [[1, 2, 3], [1], []]) for (const [a, b] of [[false, false], [false, true], [true, false], [true, true]] as const) ways.push(await wayOf(program, [numbers, a, b]));
  return ways;
}

/** The stack of an operation is deep. */
const frames = 60;

async function wayOf({ text, round: [first, end], statements }: MemoryProgram, given: Parameters<Round>): Promise<Way> {
  const lineIn = (stack: string): number | undefined => [...stack.matchAll(/memory-program\.js:(\d+)/gu)].map(([, line]) => Number(line)).find((line) => line >= first && line < end);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = frames;
  const reached = new Set<number>();
  const round = load(text, statements, (line) => reached.add(line));
  const own = new Watch(lineIn);
  watches.add(own);
  let threw: number | undefined;
  try {
    await round(...given);
    await round(...given);
    watch = own;
    await round(...given);
    watch = undefined;
    await round(...given);
  } catch (error) {
    threw = lineIn((error as Error).stack ?? '') ?? -1;
  } finally {
    watch = undefined;
    watches.delete(own);
    Error.stackTraceLimit = stackTraceLimit;
  }
  const left = new Map<number, number>();
  for (const line of own.alive.values()) left.set(line, (left.get(line) ?? 0) + 1);
  tf.disposeVariables();
  return { items: given[0].length, reached, made: own.made, left, threw };
}

/** The program with a note in front of each statement. */
function load(text: string, statements: ReadonlySet<number>, at: (line: number) => void): Round {
  const javascript = blankTypes(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS));
  const noted = javascript.split('\n').map((line, index) => (statements.has(index + 1) ? `at(${String(index + 1)}); ${line}` : line)).join('\n');
  const body = noted.replace(/^import .*$/gmu, '').replace(/^export /gmu, '       ');
  const make = vm.runInThisContext(`(function (tf, at) { 'use strict'; ${body}\nreturn round; })`, { filename: file }) as (library: typeof tf, at: (line: number) => void) => Round;
  return make(tf, at);
}
