/**
 * What the analysis must report of a program: the table "When a cause is reported" of the design, and the exceptions
 * that src/judgements/gradients/verdict.ts documents, told of the program's meaning.
 */
import type { Cause } from '../../src/calculus/cause.ts';
import type { Event, Meaning } from './meaning.ts';
import type { Node } from './syntax.ts';
import type { Ending, Identity, ScopeNode } from './values.ts';

export interface Expectation {
  readonly scope: ScopeNode;
  /** A variable, by where it is made, or the position of an argument; undefined: the scope as a whole, which nothing reaches. */
  readonly source: Node | number | undefined;
  readonly endings: readonly Ending[];
  readonly cause: Cause;
}

export function expectations(meaning: Meaning): readonly Expectation[] {
  const scopes = new Set(meaning.events.map(({ scope }) => scope));
  return [...scopes].flatMap((scope) => expectedOf(meaning.events.filter((event) => event.scope === scope), meaning));
}

function expectedOf(events: readonly Event[], meaning: Meaning): readonly Expectation[] {
  const [first] = events;
  if (first === undefined) return [];
  const sources = first.scope.k === 'gradient' ? [...first.scope.args.keys()] : [...new Set(events.flatMap((event) => identities(event).flatMap(({ variable }) => variable ?? [])))];
  const severed = sources.flatMap((source) => {
    const endings = events.map((event) => endingsOf(source, event));
    const certain = endings.every((each) => each !== undefined && each.length > 0 && !(each.every(isOutside) && (meaning.cancels || trainsOthers(events))));
    return certain && !isExcused(source, events, meaning) ? expectation(first.scope, source, [...new Set(endings.flatMap((each) => each ?? []))]) : [];
  });
  if (severed.length > 0) return severed;
  return events.every(isDead) && !meaning.cancels ? [{ scope: first.scope, source: undefined, endings: [], cause: 'unwatched-constant' }] : [];
}

const isOutside = ({ cause }: Ending): boolean => cause === 'computed-outside';

/** Beside variables that train, what was computed before the scope may be data: whether it is meant to train, `intent.ts` reads from how it is used, and fixtures hold it. */
function trainsOthers(events: readonly Event[]): boolean {
  return events.every(({ asked, target }) => asked === undefined && [...target.live].some(({ variable }) => variable !== undefined));
}

function expectation(scope: ScopeNode, source: Node | number, endings: readonly Ending[]): readonly Expectation[] {
  return [{ scope, source, endings, cause: endings[0]!.cause }];
}

const identities = ({ asked, variables }: Event): readonly Identity[] => (asked === undefined ? variables : asked.flatMap((each) => [...each]));

/** Where all paths from a source end; undefined when one is alive, none when there is no path. */
function endingsOf(source: Node | number, event: Event): readonly Ending[] | undefined {
  const { live, cut } = event.target;
  const mine = typeof source === 'number' ? [...(event.asked?.[source] ?? [])] : identities(event).filter(({ variable }) => variable === source);
  if (mine.length === 0 || mine.some((identity) => live.has(identity) || !cut.has(identity))) return undefined;
  return mine.flatMap((identity) => [...cut.get(identity)!]);
}

/** What another scope trains, or what is given values, may be left out here on purpose. */
function isExcused(source: Node | number, events: readonly Event[], { events: all, assigned, idle }: Meaning): boolean {
  if (idle) return true;
  const mine = events.flatMap((event) => (typeof source === 'number' ? [...(event.asked?.[source] ?? [])] : identities(event).filter(({ variable }) => variable === source)));
  const same = (identity: Identity): boolean => mine.some((each) => each === identity || (each.variable !== undefined && each.variable === identity.variable));
  return mine.some(({ variable }) => variable !== undefined && assigned.has(variable)) || all.some((event) => identities(event).some((identity) => same(identity) && event.target.live.has(identity)));
}

/** Nothing that is asked for has a path to the target, not even one that ends. */
function isDead(event: Event): boolean {
  const { target, tape, asked, scope } = event;
  const unused = (identity: Identity): boolean => !target.live.has(identity) && !target.cut.has(identity);
  if (scope.k === 'gradient') return asked?.every((each) => [...each].every(unused)) === true;
  // Of a list, `no-unreached-variable` will tell.
  if (asked !== undefined) return false;
  const variables = [...target.live, ...target.cut.keys()].filter(({ variable, tape: made }) => variable !== undefined && made !== tape);
  // Of a constant that the scope makes itself, no one could say what it should have been.
  return variables.length === 0 && [...target.live].some(({ tape: made }) => made !== tape);
}
