/** What the user sees at run time where a gradient is lost. */
import type { Node } from '../../domain/graph.ts';
import type { Mistake, ScopeRun } from '../../domain/history.ts';
import type { Effect } from '../finding.ts';
import type { Trace } from './trace.ts';

/** Of sources that are severed. `alone`: nothing else that is asked for is connected. */
export function effectOfCut(run: ScopeRun, trace: Trace, sources: readonly Node[], alone: boolean): Effect {
  if (run.form.kind === 'function' && run.form.role === 'layer' && sources.some(({ role }) => role.kind === 'source' && role.made === 'argument')) return { kind: 'frozen-before', library: run.library.title };
  if (sources.some((source) => trace.recorded.connects(source))) return { kind: 'zeros', library: run.library.title };
  return run.form.kind === 'arguments' || alone ? disconnected(run) : missing(run);
}

/** What the library does with one source that is not connected, where others are. */
export function missing(run: ScopeRun): Effect {
  return { kind: run.form.kind === 'tape' ? 'null' : 'skipped', library: run.library.title };
}

/** What the library says where nothing is connected. */
export function disconnected(run: ScopeRun): Effect {
  const { errors } = run.library;
  return throwing(run, run.form.kind === 'arguments' ? errors.arguments : run.variables || run.asked !== undefined ? errors.variables : errors.noVariable);
}

export function throwing({ library }: ScopeRun, error: string): Effect {
  return { kind: 'throws', error, library: library.title };
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
