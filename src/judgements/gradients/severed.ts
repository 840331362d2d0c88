/** What is severed, break by break, as it is told. */
import type { Node } from '../../domain/graph.ts';
import type { LossOf } from './losses.ts';
import { isThrowing } from './recorded.ts';
import type { Break, Trace } from './trace.ts';

/** As the sources stand in the code; what one expression makes several times, by its names. */
export function inOrder(a: Node, b: Node): number {
  return a.site.start - b.site.start || (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true });
}

/**
 * The breaks to speak of: of several stops the first, for the others may be meant; and a use of the shape alone, as in
 * `zerosLike(x)`, only where nothing else is left of the value.
 */
function worthTelling(breaks: readonly Break[], trace: Trace): readonly Break[] {
  const { shapeOnly } = trace.tape.library;
  const told = breaks.filter(({ after }) => !shapeOnly.includes(after.label));
  const [firstStop] = told.filter(({ cause }) => cause === 'stop-gradient').sort((a, b) => a.after.site.start - b.after.site.start);
  const chosen = told.filter((at) => at.cause !== 'stop-gradient' || at === firstStop);
  return chosen.length > 0 ? chosen : breaks;
}

/** One loss for each break, with all sources that end there. Values from before the scope count as one break. */
export function groupByBreak(sources: readonly Node[], trace: Trace, alone: boolean): readonly LossOf<'severed'>[] {
  const groups = new Map<unknown, { at: Break; sources: Node[] }>();
  for (const source of [...sources].sort(inOrder)) {
    for (const at of worthTelling(trace.breaksOf(source), trace)) {
      // Where a derivative is missing, the library throws, severed or not.
      if (isThrowing(at.cause)) continue;
      const key = at.cause === 'computed-outside' ? 'computed-outside' : at.after;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { at, sources: [source] });
      else {
        if (!group.sources.includes(source)) group.sources.push(source);
        if (trace.entered(at.before) < trace.entered(group.at.before)) group.at = at;
      }
    }
  }
  // A source that gets zeros is connected: then nothing is thrown for the others.
  const throwing = alone && !sources.some((source) => trace.recorded.connects(source));
  return [...groups.values()].map((group) => ({ kind: 'severed', ...group, alone: throwing }));
}
