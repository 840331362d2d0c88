/**
 * Formulas: what a function of a library computes, written in the operations that it is made of. Through them the
 * numbers of an operand are followed as if the user had written the operations down.
 */
import type { Cause } from '../cause.ts';
import { type Argument, unknown } from './argument.ts';
import { type Facts, noFacts } from './facts.ts';
import { flatOperands } from './flat.ts';
import type { Precision } from './precision.ts';
import { factsOfResult } from './results/index.ts';

export type Formula =
  /** An argument of the function, by its position. */
  | { readonly argument: number }
  | { readonly constant: number | string | boolean }
  | { readonly operation: string; readonly of: readonly Formula[] };

export interface FormulaRow {
  /** With more arguments than these, the function may compute something else. */
  readonly parameters: number;
  readonly result: Formula;
}

/** What a formula makes of its arguments. */
interface Outcome {
  readonly value: Argument;
  /** By argument: a path lives, or why all of them end. An argument that is not used is not there. */
  readonly paths: ReadonlyMap<number, 'flows' | Cause>;
}

export function evaluate(precision: Precision, { parameters, result }: FormulaRow, args: readonly Argument[]): { readonly facts: Facts; readonly flat: ReadonlyMap<number, Cause> } {
  if (args.length > parameters) return { facts: noFacts, flat: new Map() };
  const { value, paths } = outcome(precision, result, args);
  const flat = new Map([...paths].flatMap(([argument, path]) => (path === 'flows' ? [] : [[argument, path] as const])));
  return { facts: value.kind === 'tensor' ? value.facts : noFacts, flat };
}

function outcome(precision: Precision, formula: Formula, args: readonly Argument[]): Outcome {
  if ('argument' in formula) return { value: args[formula.argument] ?? unknown, paths: new Map([[formula.argument, 'flows']]) };
  if ('constant' in formula) return { value: { kind: 'constant', value: formula.constant }, paths: new Map() };
  const operands = formula.of.map((operand) => outcome(precision, operand, args));
  const values = operands.map(({ value }) => value);
  const flat = flatOperands(precision, formula.operation, values);
  const paths = new Map<number, 'flows' | Cause>();
  for (const [index, operand] of operands.entries()) {
    for (const [argument, path] of operand.paths) {
      if (paths.get(argument) !== 'flows') paths.set(argument, path === 'flows' ? flat.get(index) ?? 'flows' : path);
    }
  }
  return { value: { kind: 'tensor', facts: factsOfResult(precision, formula.operation, values) }, paths };
}
