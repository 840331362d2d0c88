/**
 * Optimizers that are used for several lists of variables. Their moments are kept by position in the list: what stands at
 * a position in the second list is moved with the moments of what stood there in the first.
 */
import { sameShape } from '../../calculus/shape.ts';
import type { Node } from '../../domain/graph.ts';
import type { Step, Taken } from '../../domain/history.ts';
import type { FileRun } from '../file-run.ts';
import { judge } from '../gradients/verdict.ts';

/** Two lists that one optimizer is certainly used for, one after the other. */
export interface Mixed {
  readonly step: Step;
  readonly before: Taken;
  /** What the second step moves, and the first. */
  readonly moved: readonly Node[];
  readonly movedBefore: readonly Node[];
}

/** The first of each optimizer: from there on its moments are of both. */
export function mixedMoments(run: FileRun): readonly Mixed[] {
  const found = new Map<Node, Mixed>();
  for (const step of run.history.all('step')) {
    const { optimizer: { node }, previous: before } = step;
    if (before === undefined || found.has(node) || run.history.escaped.has(node) || run.exported.nodes.has(node)) continue;
    const [moved, movedBefore] = [movedBy(run, step.of), movedBy(run, before)];
    if (moved === undefined || movedBefore === undefined || !differ(step.of, moved, before, movedBefore)) continue;
    found.set(node, { step, before, moved, movedBefore });
  }
  return [...found.values()];
}

/** All that a step may move, in the order of its list where it has one; undefined where that is not known. */
function movedBy({ history }: FileRun, { scope, moves }: Taken): readonly Node[] | undefined {
  const { form, asked, everything } = scope;
  if (form.kind === 'training' && !form.complete) return undefined;
  const nodes = everything ? gradientsOf(scope, history.escaped) : asked?.map(({ node }) => node);
  const isCertain = (node: Node | undefined): node is Node => node?.kind === 'source' && !node.repeated && (!node.foreign || node.parts.length > 0);
  if (nodes === undefined || nodes.length === 0 || !nodes.every(isCertain)) return undefined;
  // What does not train is left out of gradients by name.
  return moves === 'the list' || nodes.every((node) => node.trainability(scope.moment) !== 'unsure') ? nodes : undefined;
}

/** Every source that may get a gradient from a scope that asks for all there are. */
function gradientsOf(scope: Taken['scope'], escaped: ReadonlySet<Node>): readonly Node[] | undefined {
  const verdict = judge(scope, escaped);
  if (verdict === undefined || verdict.trace.anything || !verdict.trace.isKnown) return undefined;
  return [...verdict.trace.reached].filter((node) => !node.transparent);
}

/** Whether some position certainly has one variable in the first list and another in the second. */
function differ(of: Taken, moved: readonly Node[], before: Taken, movedBefore: readonly Node[]): boolean {
  const all = new Set(movedBefore.flatMap(withParts));
  if (!moved.flatMap(withParts).some((node) => all.has(node))) return true;
  if (of.moves !== 'the list' || before.moves !== 'the list') return false;
  const at = moved.findIndex((node, index) => node !== movedBefore[index]);
  return at !== -1 && at < movedBefore.length;
}

function withParts(node: Node): readonly Node[] {
  return [node, ...node.parts];
}

/** Whether it throws: the first variable of each list has a known shape, and these do not go together. */
export function clash({ moved: [first], movedBefore: [other] }: Mixed): boolean {
  const [a, b] = [first, other].map((node) => (node?.role.kind === 'source' ? node.role.shape : undefined));
  return a !== undefined && b !== undefined && !sameShape(a, b);
}
