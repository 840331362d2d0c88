/**
 * Forms that are exact on paper and not in floats, on the way of a gradient: the logarithm of what rounds to zero, the
 * root of what may be zero, the difference of two large numbers. That they go wrong is not proven, only that nothing
 * keeps them from it.
 */
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { TensorValue, Value } from '../../domain/value.ts';
import { uniformOf } from '../../domain/values.ts';
import type { FileRun } from '../file-run.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Survey } from '../gradients/survey.ts';
import { steps } from '../names.ts';
import type { Suspicion } from '../suspicions.ts';
import { formOf } from './activations.ts';
import { stableForm, type Unstable } from './stable-forms.ts';

type Operations = ReadonlyMap<Node, Operation>;

/** `operations` of the history by their nodes. */
export function unstableForms(run: FileRun, survey: Survey): readonly Suspicion[] {
  const operations = new Map(run.history.all('operation').map((operation) => [operation.node, operation]));
  const found = new Map<Operation, { readonly unstable: Unstable; readonly sources: Set<Node> }>();
  for (const verdict of survey.verdicts) {
    for (const node of verdict.trace.live) {
      const operation = operations.get(node);
      const unstable = operation && unstableIn(run, operation, operations);
      const sources = unstable === undefined ? [] : sourcesBehind(node, verdict);
      if (operation === undefined || unstable === undefined || sources.length === 0) continue;
      const known = found.get(operation) ?? { unstable, sources: new Set<Node>() };
      for (const source of sources) known.sources.add(source);
      found.set(operation, known);
    }
  }
  return [...found].map(([operation, { unstable, sources }]) => suspicionOf(run, operation, unstable, [...sources]));
}

/** To which sources the gradient goes on from here. */
function sourcesBehind(node: Node, { trace, run: { moment } }: Verdict): readonly Node[] {
  const behind = new Set([node]);
  for (const each of behind) for (const { from, effect } of each.inputsAt(moment)) if (effect === 'flows') behind.add(from);
  return [...behind].filter((each) => !each.transparent && each !== node && trace.reached.has(each));
}

function unstableIn(run: FileRun, operation: Operation, operations: Operations): Unstable | undefined {
  const { path, operands = [], library: { usage: { forms, difference } } } = operation;
  const [operand] = operands;
  if (operand?.kind !== 'tensor') return undefined;
  if (path === difference) return isVariance(operation, operations) ? { kind: 'variance' } : undefined;
  // What is known to stay away from zero is safe.
  if (operand.facts.range.low > 0) return undefined;
  if (path === forms.logarithm) return unstableLogarithm(run, operation, operand, operations);
  return path === forms.root && isSumOfSquares(operand, operations) ? { kind: 'root', operand } : undefined;
}

// — logarithms —

function unstableLogarithm({ history }: FileRun, { library: { usage } }: Operation, operand: TensorValue, operations: Operations): Unstable | undefined {
  const itself = formOf(history, operand.node, usage, 'rearranged');
  if (itself !== undefined) return { kind: 'logarithm', formed: itself };
  const rest = restOf(operand, operations);
  const formed = rest && formOf(history, rest.node, usage, 'rearranged');
  return formed === undefined ? undefined : { kind: 'rest', formed };
}

/** What is subtracted from one. */
function restOf(value: TensorValue, operations: Operations): TensorValue | undefined {
  const operation = operations.get(value.node);
  if (operation === undefined) return undefined;
  const { path, operands: [left, right] = [], library: { usage: { difference, sum, forms } } } = operation;
  if (path === difference) return left !== undefined && uniformOf(left) === 1 && right?.kind === 'tensor' ? right : undefined;
  if (path !== sum || left === undefined || right === undefined) return undefined;
  const opposite = uniformOf(left) === 1 ? right : uniformOf(right) === 1 ? left : undefined;
  return opposite === undefined ? undefined : operandOf(opposite, forms.opposite, operations);
}

// — roots —

/** A sum or a mean of squares, perhaps times a number. */
function isSumOfSquares(value: Value, operations: Operations): boolean {
  const operation = value.kind === 'tensor' ? operations.get(value.node) : undefined;
  if (operation === undefined) return false;
  const { path, operands: [first, second] = [], library: { usage: { forms, rearranging, products } } } = operation;
  if (first === undefined) return false;
  if (forms.totals.has(path)) return squaredIn(first, operations) !== undefined;
  const isHandedOn = rearranging.has(path) || (products.has(path) && second !== undefined && uniformOf(second) !== undefined);
  return isHandedOn && isSumOfSquares(first, operations);
}

/** What is squared: the node itself, or of a difference the square of it. */
function squaredIn(value: Value, operations: Operations): Node | undefined {
  const operation = value.kind === 'tensor' ? operations.get(value.node) : undefined;
  if (operation === undefined) return undefined;
  const { node, path, operands: [first, second] = [], library: { usage: { forms, products } } } = operation;
  if (first?.kind !== 'tensor' || first.node.several || first.node.transparent) return undefined;
  if (path === forms.square) return first.node;
  if (path === forms.squaredDifference) return node;
  if (path === forms.power) return second !== undefined && uniformOf(second) === 2 ? first.node : undefined;
  return products.has(path) && !Object.hasOwn(operation.library.usage.singular, path) && second?.kind === 'tensor' && second.node === first.node ? first.node : undefined;
}

// — variances —

/** The mean of the squares, less the square of the mean, over the same axes. */
function isVariance({ operands: [left, right] = [], library: { usage: { forms } } }: Operation, operations: Operations): boolean {
  const mean = right === undefined ? undefined : squaredIn(right, operations);
  const [squares, means] = [left?.kind === 'tensor' ? operations.get(left.node) : undefined, mean && operations.get(mean)];
  if (squares?.path !== forms.mean || means?.path !== forms.mean) return false;
  const [of, ...over] = squares.operands ?? [];
  const [value, ...axes] = means.operands ?? [];
  const squared = of && squaredIn(of, operations);
  return squared !== undefined && value?.kind === 'tensor' && value.node === squared && over.length === axes.length && over.every((axis, index) => isSame(axis, axes[index]));
}

function isSame(a: Value, b: Value | undefined): boolean {
  return a.kind === 'literal' && b?.kind === 'literal' && a.value === b.value;
}

/** What an operation of that name is applied to. */
function operandOf(value: Value, path: string, operations: Operations): TensorValue | undefined {
  const operation = value.kind === 'tensor' ? operations.get(value.node) : undefined;
  const operand = operation?.path === path ? operation.operands?.[0] : undefined;
  return operand?.kind === 'tensor' ? operand : undefined;
}

// — telling —

function suspicionOf(run: FileRun, operation: Operation, unstable: Unstable, sources: readonly Node[]): Suspicion {
  const { library: { title, usage }, site, chain, label } = operation;
  const about = { cause: 'unstable-form' as const, variant: unstable.kind, site, chain, scope: label, about: sources, suggestion: stableForm(run.program, operation, unstable) };
  if (unstable.kind === 'variance') return { ...about, effect: { kind: 'hampered', library: title } };
  if (unstable.kind === 'root') return { ...about, effect: { kind: 'not-finite', library: title, when: 'where all are zero' } };
  const { formed: { form, by }, kind } = unstable;
  const instead = usage.forms.instead[form][kind === 'rest' ? 'rest' : 'itself'];
  return { ...about, effect: { kind: 'not-finite', library: title, when: 'where one rounds to zero' }, details: { activation: steps(run, [by]), instead: [instead] } };
}
