/**
 * Optimizers that are used for several lists of variables. Their moments are kept by position in the list: what stands at
 * a position in the second list is moved with the moments of what stood there in the first.
 */
import type { Node } from '../../domain/graph.ts';
import type { Step, Taken } from '../../domain/history.ts';
import type { FileRun } from '../file-run.ts';
import { heldByOthers } from '../gradients/held.ts';
import { judge } from '../gradients/verdict.ts';
import { namesOf } from '../names.ts';
import type { Suspicion } from '../suspicions.ts';

/** The first step of each optimizer that finds the moments of others: from there on they are of both. */
export function mixedMoments(run: FileRun): readonly Suspicion[] {
  const found = new Map<Node, Suspicion>();
  for (const step of run.history.all('step')) {
    const { node } = step.optimizer;
    const isKnown = !found.has(node) && !run.history.escaped.has(node) && !run.exported.nodes.has(node);
    const mixed = isKnown ? mixedIn(run, step) : undefined;
    if (mixed !== undefined) found.set(node, mixed);
  }
  return [...found.values()];
}

function mixedIn(run: FileRun, { optimizer: { node }, of, previous }: Step): Suspicion | undefined {
  const [now, before] = [movedBy(run, of), previous && movedBy(run, previous)];
  if (previous === undefined || now === undefined || before === undefined || !differ(of, now, previous, before)) return undefined;
  const { scope: { library }, site, chain, label } = of;
  return {
    cause: 'shared-optimizer', variant: site === previous.site ? 'again' : 'lists', site, chain, scope: label, about: [],
    effect: { kind: 'mixed', library: library.title },
    details: {
      optimizer: [{ label: node.name ?? node.label, site: node.site }],
      first: [{ label: previous.label, site: previous.site }], before: listOf(run, before), now: listOf(run, now),
    },
  };
}

export function listOf(run: FileRun, nodes: readonly Node[]): readonly string[] {
  const names = namesOf(run, nodes);
  return [names.slice(0, 3).map((name) => `\`${name}\``).join(', '), names.length > 3 ? ', …' : ''];
}

/** All that a step moves, in the order of its list where it has one; undefined where that is not known. */
export function movedBy(run: FileRun, { scope, moves }: Taken): readonly Node[] | undefined {
  const { form, asked, everything, moment } = scope;
  if (form.kind === 'training' && !form.complete) return undefined;
  const verdict = judge(scope, heldByOthers(run));
  // Of a scope that loses something it is not said that it comes to a step.
  if (verdict === undefined || verdict.losses.length > 0 || verdict.trace.anything || !verdict.trace.isKnown) return undefined;
  const nodes = everything ? [...verdict.trace.reached].filter((node) => !node.transparent && !node.isOn(scope.tape)) : asked?.map(({ node }) => node);
  const isCertain = (node: Node | undefined): node is Node => node?.kind === 'source' && !node.repeated && !node.foreign && verdict.trace.surelyReaches(node);
  if (nodes === undefined || nodes.length === 0 || !nodes.every(isCertain)) return undefined;
  // What does not train is left out of gradients by name.
  return moves === 'the list' || nodes.every((node) => node.trainability(moment) === 'yes') ? nodes : undefined;
}

/** Whether some position certainly has one variable in the first list and another in the second. */
function differ(of: Taken, now: readonly Node[], previous: Taken, before: readonly Node[]): boolean {
  const all = new Set(before.flatMap(withParts));
  if (!now.flatMap(withParts).some((node) => all.has(node))) return true;
  if (of.moves !== 'the list' || previous.moves !== 'the list') return false;
  const at = now.findIndex((node, index) => node !== before[index]);
  return at !== -1 && at < before.length;
}

export function withParts(node: Node): readonly Node[] {
  return [node, ...node.parts];
}
