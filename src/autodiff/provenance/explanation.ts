import { causes, type Cause } from '../../calculus/cause.ts';
import type { Operation } from '../operation.ts';

/** One operation on a path, under the name of the function that the program called. */
export interface Step {
  readonly operation: string;
  readonly shape: readonly number[];
  /** `file:line:column`, for a tape with `locations`. */
  readonly location: string | null;
}

/** A place where the gradient of a source ends. */
export interface Break {
  readonly cause: Cause;
  /** The operation, host read or assignment where it ends; for a cause that is no place, the name of the source. */
  readonly at: string;
  readonly location: string | null;
  /** The operations from the source to the break. */
  readonly path: readonly Step[];
  /** The operations from the break to the target; empty if the value does not come back. */
  readonly onward: readonly Step[];
}

/** The gradient is not zero; `path` is one way by which it flows. */
export interface Connected {
  readonly verdict: 'connected';
  readonly source: string;
  readonly path: readonly Step[];
}

/** The source reaches the target, and its gradient is zero everywhere. */
export interface Zero {
  readonly verdict: 'zero';
  readonly source: string;
  readonly breaks: readonly Break[];
}

/** There is no gradient: null. */
export interface Severed {
  readonly verdict: 'severed';
  readonly source: string;
  readonly breaks: readonly Break[];
}

export type Explanation = Connected | Zero | Severed;

/**
 * An explanation in one line for each break:
 * `w: severed by host-read at dataSync: w → matMul → dataSync ✂ sub → mean (the values were read to the host, ...)`
 */
export function explanationText(explanation: Explanation): string {
  const { source } = explanation;
  if (explanation.verdict === 'connected') return `${source}: connected: ${arrows([source, ...names(explanation.path)])}`;
  return explanation.breaks.map((each) => {
    const before = [source, ...names(each.path)];
    if (before.at(-1) !== each.at) before.push(each.at);
    const way = [arrows(before), '✂', arrows(names(each.onward))].join(' ').trimEnd();
    const place = each.at === source ? '' : ` at ${each.at}`;
    const location = each.location === null ? '' : ` (${each.location})`;
    return `${source}: ${explanation.verdict} by ${each.cause}${place}${location}: ${way} (${causes[each.cause]})`;
  }).join('\n');
}

/** Operations as steps: the parts of one composite are one step under its name. */
export function stepsOf(operations: readonly Operation[]): Step[] {
  const steps: Step[] = [];
  operations.forEach((operation, index) => {
    const { part } = operation;
    if (part !== null && operations[index - 1]?.part === part) steps.pop();
    steps.push({ operation: part?.name ?? operation.name, shape: operation.result.shape, location: operation.location });
  });
  return steps;
}

const names = (steps: readonly Step[]): string[] => steps.map((step) => step.operation);

const arrows = (words: readonly string[]): string => words.join(' → ');
