/**
 * Gradients that are not finite for certain: an operation on the way from a source to the target has an operand where
 * its derivative is infinite. TF.js and its like multiply on the way back, and infinity times zero is NaN: no mask, and
 * no `where`, makes the gradient finite again.
 */
import type { Facts } from '../../calculus/numbers/facts.ts';
import { elementsOf } from '../../calculus/numbers/facts.ts';
import type { Interval } from '../../calculus/numbers/interval.ts';
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import { hasSingularity } from '../../domain/singularity.ts';
import type { Singularity } from '../../libraries/usage.ts';
import type { FileRun } from '../file-run.ts';
import type { Effect } from '../finding.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Survey } from '../gradients/survey.ts';
import { placeOf } from '../places.ts';
import type { Suspicion } from '../suspicions.ts';
import { Carried, type Where } from './carried.ts';
import { FirstStep, type Known, Moves } from './first-step.ts';
import { guardOf } from './guards.ts';

type When = Exclude<Extract<Effect, { kind: 'not-finite' }>['when'], 'where one rounds to zero' | 'where all are zero'>;

/** An operation that makes a gradient that is not finite, and whose. */
interface Singular {
  readonly operation: Operation;
  readonly point: string;
  readonly sources: readonly Node[];
  readonly when: When;
}

export function nanGradients(run: FileRun, survey: Survey): readonly Suspicion[] {
  const operations = new Map(run.history.all('operation').map((operation) => [operation.node, operation]));
  const moves = new Moves(run, survey);
  const found = survey.verdicts.flatMap((verdict) => (isTraining(verdict) ? singularIn(moves, verdict, operations) : []));
  return found.filter((each) => isInEveryRun(each, found, run)).map(suspicionOf);
}

/** One that comes to gradients. */
function isTraining({ run: { form }, trace, losses }: Verdict): boolean {
  return (form.kind === 'variables' || form.kind === 'training') && !trace.anything && losses.every(({ kind }) => kind !== 'underivable' && kind !== 'no-scalar');
}

/** A place that another run passes with numbers that nobody knows is as it should be there. */
function isInEveryRun({ operation: { site }, when }: Singular, found: readonly Singular[], { history }: FileRun): boolean {
  if (when === 'where the guard is needed') return true;
  // A loop is run before what its rounds change is known: of an operation what was told last holds of all rounds.
  const told = new Set(found.map(({ operation: { node } }) => node));
  return history.all('operation').every(({ node, site: other }) => placeOf(other) !== placeOf(site) || told.has(node) || node.tapes === undefined);
}

function singularIn(moves: Moves, verdict: Verdict, operations: ReadonlyMap<Node, Operation>): readonly Singular[] {
  const certain = certainlyUsed(verdict, operations);
  const first = new FirstStep(moves, verdict, operations);
  return [...certain].flatMap((node) => {
    const operation = operations.get(node);
    const singularity = operation && singularityOf(operation);
    if (operation === undefined || singularity === undefined) return [];
    return judged(verdict, operation, singularity, { operations, first, certain }) ?? [];
  });
}

/** Choices and singular operations of which the target is made in every run. */
function certainlyUsed(verdict: Verdict, operations: ReadonlyMap<Node, Operation>): ReadonlySet<Node> {
  return new Set(verdict.trace.live.filter((node) => {
    const operation = operations.get(node);
    const matters = operation !== undefined && (operation.path === operation.library.usage.choice || singularityOf(operation) !== undefined);
    return matters && isCertainlyUsed(node, verdict);
  }));
}

/** Whether the gradient comes by a value in every run: where there is a choice, on each way. */
function isCertainlyUsed(value: Node, { trace, run: { tape, moment } }: Verdict): boolean {
  const isFollowed = (node: Node): boolean => !node.transparent && !node.several && (node === trace.target || node.isOn(tape));
  const using = new Set(isFollowed(value) ? [value] : []);
  for (const node of using) {
    for (const { edge, to } of trace.usersOf(node)) {
      const isUser = to.isChoice ? to.inputsAt(moment).every(({ from, effect }) => effect === 'flows' && using.has(from)) : edge.effect === 'flows' && isFollowed(to);
      if (isUser) using.add(to);
    }
  }
  return using.has(trace.target);
}

function singularityOf({ library: { usage }, path, operands }: Operation): Singularity | undefined {
  const singularity = Object.hasOwn(usage.singular, path) ? usage.singular[path] : undefined;
  return singularity && operands && hasSingularity(singularity, operands) === 'certainly' ? singularity : undefined;
}

interface Surroundings {
  readonly operations: ReadonlyMap<Node, Operation>;
  readonly first: FirstStep;
  readonly certain: ReadonlySet<Node>;
}

function judged(verdict: Verdict, operation: Operation, singularity: Singularity, { operations, first, certain }: Surroundings): Singular | undefined {
  const operand = operation.operands?.[singularity.at];
  if (operand?.kind !== 'tensor') return undefined;
  const told = (where: Where, when: When, known: Known): Singular | undefined => {
    const carried = new Carried(verdict, operations, known);
    const sources = operation.node.inputsAt(verdict.run.moment).flatMap(({ from, effect }) => (effect === 'flows' && (from === operand.node || singularity.others === true) ? carried.sourcesBehind(from, from === operand.node ? where : 'somewhere') : []));
    return sources.length === 0 ? undefined : { operation, point: singularity.point, sources: [...new Set(sources)], when };
  };
  const always = singularElements(operand.facts, singularity);
  if (always !== undefined) return told(always, 'always', (value) => (value.kind === 'tensor' ? value.facts : undefined));
  const known: Known = (value) => first.factsOf(value);
  const facts = known(operand);
  const begins = facts && singularElements(facts, singularity);
  if (begins !== undefined) return told(begins, 'in the first step', known);
  const guarded = singularity.elements === 'any' && guardOf(operation, operand, singularity, operations, certain);
  return guarded ? told('somewhere', 'where the guard is needed', (value) => (value.kind === 'tensor' ? value.facts : undefined)) : undefined;
}

/** Which elements are certainly singular: their places, in row-major order, where these are known. */
function singularElements(facts: Facts, { between, elements }: Singularity): Where | undefined {
  const isWithin = ({ low, high }: Interval): boolean => between.some(([from, to]) => low >= from && high <= to);
  const each = elementsOf(facts);
  if (isWithin(facts.range)) return each?.elements.map((_, index) => index) ?? 'somewhere';
  if (elements === 'all' || each === undefined) return undefined;
  const places = each.elements.flatMap((element, index) => (isWithin(element) ? index : []));
  return places.length === 0 ? undefined : places;
}

function suspicionOf({ operation: { library, site, chain, label }, point, sources, when }: Singular): Suspicion {
  return {
    cause: 'nan-gradient', variant: when === 'always' ? 'always' : when === 'in the first step' ? 'first' : 'guard', site, chain, scope: label, about: sources,
    effect: { kind: 'not-finite', library: library.title, when }, details: { point: [point] },
  };
}

