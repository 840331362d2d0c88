/** The meaning of states that hold one of two values. */
import type { Carrier } from './carriers/carrier.ts';
import { unfollowed } from './carriers/gaps.ts';
import { carrierNamed } from './carriers/index.ts';
import type { Meaning } from './meaning.ts';
import type { Hold } from './syntax.ts';
import { type Environment, Invalid, type Value, join, joinStores } from './values.ts';

/** What a state holds where it is read. */
export interface Held {
  readonly value: Value;
  /** Others decide what it is; `until` they run, it is what it was at first, where nobody had it before. */
  readonly undecided: { readonly until: Value | undefined } | undefined;
  /** Others run before it is there. */
  readonly waits: boolean;
}

/** What a state comes to hold where it is declared. */
export function heldBy(meaning: Meaning, s: Hold, place: 'a statement' | 'a parameter', environment: Environment): Held {
  const carrier = carrierNamed(s.way);
  if ((carrier.parameter !== undefined) !== (place === 'a parameter')) throw new Invalid('a parameter of no function');
  if (carrier.loads?.includes(s.load) === false) throw new Invalid(`${s.way} carries no ${s.load}`);
  const [before, events] = [meaning.store, meaning.events.length];
  // Which of the two are evaluated, and when, is the carrier's own matter.
  meaning.store = new Map(before);
  const first = meaning.value(s.first, environment);
  const between = meaning.store;
  meaning.store = new Map(between);
  const second = meaning.value(s.second, environment);
  if (meaning.events.length > events) throw new Invalid('a gradient that may not be computed');
  const settle = meaning.settleAt(s);
  meaning.store = joinStores(joinStores(before, between, settle), meaning.store, settle);
  if (unfollowed.has(s.way)) meaning.unfollowed = true;
  const waits = carrier.awaits === true;
  if (s.stands !== 'here' && !isKept(carrier)) return { value: join(first, second, settle), undecided: { until: undefined }, waits };
  // A module of its own may have been there long before whoever imports it.
  if (carrier.holds === 'either') return { value: join(first, second, settle), undecided: { until: place === 'a parameter' || s.stands !== 'here' ? undefined : first }, waits };
  return { value: carrier.holds === 'first' ? first : second, undecided: undefined, waits };
}

/** Whether a state stays what it is when a module of its own exports it: importers cannot assign to a name. */
const isKept = ({ read, sealed }: Carrier): boolean => sealed === true || read.replace('!', '') === '$n';

/** What is never run must be a program all the same. */
export function drop(meaning: Meaning, run: () => unknown): void {
  const { store, tape } = meaning;
  const [events, entries] = [meaning.events.length, new Map(tape?.entries)];
  meaning.store = new Map(store);
  run();
  meaning.store = store;
  if (meaning.events.length > events) throw new Invalid('a gradient that is not computed');
  if (tape === undefined) return;
  tape.entries.clear();
  for (const [identity, node] of entries) tape.entries.set(identity, node);
}
