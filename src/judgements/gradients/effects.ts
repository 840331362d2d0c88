/** What the user sees at run time where a gradient is lost. */
import type { Node } from '../../domain/graph.ts';
import type { Mistake, ScopeRun } from '../../domain/history.ts';
import type { Effect, Step } from '../finding.ts';
import { type Named, namesOf, steps } from '../names.ts';
import type { LossOf } from './losses.ts';
import { isRecorded } from './recorded.ts';
import { isMultiplied, type Trace } from './trace.ts';

/** Of sources that are severed. */
export function effectOfCut(from: Named, run: ScopeRun, trace: Trace, { at, sources, alone }: LossOf<'severed'>): Effect {
  const library = run.library.title;
  if (isLayer(run) && sources.some(({ role }) => role.kind === 'source' && role.made === 'argument')) return { kind: 'frozen-before', library };
  if (run.form.kind === 'arguments' && trace.isKnown && run.asked?.some(({ node }) => node !== undefined && !trace.recorded.connects(node)) === true) return disconnected(run);
  const connected = sources.find((source) => trace.recorded.connects(source));
  if (connected !== undefined) {
    const zero = isRecorded(at.cause) ? undefined : trace.breaksOf(connected).find(({ cause }) => isRecorded(cause));
    const singular = perhapsSingular(sources, trace);
    return { kind: 'zeros', from: stepOf(from, zero?.after), unless: stepOf(from, singular), library };
  }
  return run.form.kind === 'arguments' || alone ? disconnected(run) : missing(from, run, trace);
}

function stepOf(from: Named, node: Node | undefined): Step | undefined {
  return node && steps(from, [node])[0];
}

/** An operation on the way of the zeros that come back to the sources, whose derivative may not be finite. */
function perhapsSingular(sources: readonly Node[], trace: Trace): Node | undefined {
  const varied = new Set(sources.flatMap((source) => source.alternatives()));
  for (const node of varied) {
    for (const { edge, to } of trace.usersOf(node)) {
      if (trace.isOutside(to) || !trace.recorded.connects(to) || !isMultiplied(edge.effect, to)) continue;
      if (to.singular) return to;
      varied.add(to);
    }
  }
  return undefined;
}

/** What the library does with sources that are not connected: it depends on what else is. */
export function missing(from: Named, run: ScopeRun, trace: Trace): Effect {
  const library = run.library.title;
  if (run.form.kind === 'tape') return { kind: 'null', library };
  // What other parts of the model do, the layer does not know.
  if (isLayer(run)) return { kind: 'left' };
  const others = connectedIn(run, trace);
  if (others.some((node) => isCertain(node, run, trace))) return { kind: 'skipped', library };
  // Of a list that is not known, anything may be an item; a model that is not known in full may have other weights.
  const isOpen = run.form.kind === 'training' ? !run.form.complete : run.asked === undefined && !run.everything && run.bounds?.more !== 'never';
  if (others.length === 0 && !isOpen) return disconnected(run);
  return { kind: 'throws-unless', others: namesOf(from, others), error: run.library.errors.variables, library };
}

/** What the scope may be asked for, and the tape connects with the target. */
function connectedIn(run: ScopeRun, trace: Trace): readonly Node[] {
  const { asked, bounds, tape, frozen, unbuilt } = run;
  const listed = new Set(asked?.flatMap(({ node }) => (node === undefined ? [] : [node, ...node.parts])));
  return trace.recorded.beginnings.filter((node) => {
    if (asked !== undefined) return listed.has(node);
    if (bounds?.more === 'never' && !bounds.possible.has(node)) return false;
    return node.trainability(run.moment) !== 'no' && !node.isOn(tape) && !frozen.has(node) && !unbuilt.certain.has(node);
  });
}

/** Whether it gets a gradient, or zeros, in every run. */
function isCertain(node: Node, run: ScopeRun, trace: Trace): boolean {
  const isAsked = run.bounds === undefined || run.bounds.certain.has(node);
  return isAsked && node.kind === 'source' && trace.trains(node) && !run.unbuilt.possible.has(node) && trace.recorded.behind(trace.target).has(node);
}

function isLayer({ form }: ScopeRun): boolean {
  return form.kind === 'function' && form.role === 'layer';
}

/** What the library says where nothing is connected. */
export function disconnected(run: ScopeRun): Effect {
  const { errors } = run.library;
  if (run.form.kind === 'function' && run.form.role === 'loss' && run.form.only !== 'yes') return { kind: 'throws-unless', others: [], error: errors.variables, library: run.library.title };
  return throwing(run, run.form.kind === 'arguments' ? errors.arguments : run.variables || run.asked !== undefined ? errors.variables : errors.noVariable);
}

export function throwing({ library }: ScopeRun, error: string): Effect {
  return { kind: 'throws', error, library: library.title };
}

/** What is thrown on the way back comes before all that the library finds in what has come of it. */
export function inTime(run: ScopeRun, trace: Trace, effect: Effect): Effect {
  const isLater = effect.kind === 'throws' ? effect.error === run.library.errors.variables : effect.kind === 'skipped' || effect.kind === 'throws-unless' || effect.kind === 'zeros' || effect.kind === 'partial';
  const error = isLater ? thrownOnTheWay(run, trace) : undefined;
  return error === undefined ? effect : throwing(run, error);
}

function thrownOnTheWay(run: ScopeRun, trace: Trace): string | undefined {
  const isBehind = (node: Node): boolean => node.kind === 'source' && isCertain(node, run, trace);
  return [...trace.recorded.behind(trace.target)].find((node) => node.fails !== undefined && [...trace.recorded.behind(node)].some(isBehind))?.fails;
}

/** What is thrown for an operation without a derivative. */
export function underivableError({ errors, underivable }: ScopeRun['library'], operation: string): string {
  return (Object.hasOwn(underivable, operation) ? underivable[operation] : undefined) ?? errors.noDerivative;
}

/** No library throws an error without a text: nobody has said what this one throws. */
export function effectOfMistake({ error, library }: Mistake): Effect {
  if (error === undefined) return { kind: 'misdirected', library };
  return error === '' ? { kind: 'untold', library } : { kind: 'throws', error, library };
}
