/** The verdict on a scope that is given a list of variables, known item by item or by its bounds. */
import type { Node } from '../../domain/graph.ts';
import type { AskedSource, ListBounds, ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import { isForgotten } from './intent.ts';
import type { Loss, Verdict } from './losses.ts';
import { groupByBreak, inOrder } from './severed.ts';
import type { Trace } from './trace.ts';

type Judged = Pick<Verdict, 'losses' | 'conditional'>;

/** What is known of a list: `all` that may be in it, undefined where that may be anything. */
interface Listed {
  readonly site: Site;
  readonly certain: readonly Node[];
  readonly all: readonly Node[] | undefined;
}

/** A list that is known item by item. */
export function judgeListed(run: ScopeRun, asked: readonly AskedSource[], trace: Trace): Judged {
  const [first] = asked;
  const nodes = asked.flatMap(({ node }) => node ?? []);
  return first === undefined ? { losses: [], conditional: [] } : judgeList(run, { site: first.site, certain: nodes, all: nodes }, trace);
}

/**
 * A list that is known in part. What is certainly in it is asked for. What one of several lists names, and is cut off,
 * gets no gradient from the scope whichever list it is; that is a loss if it gets none elsewhere. Of what was picked by a
 * test nobody knows whether it is ever asked for. What cannot be in the list is left out.
 */
export function judgeBounded(run: ScopeRun, { site, certain, sometimes, possible, more }: ListBounds, trace: Trace): Judged {
  const { losses, conditional } = judgeList(run, { site, certain: [...certain], all: more === 'never' ? [...possible] : undefined }, trace);
  const perhaps = trace.sources.filter((node) => sometimes.has(node) && !certain.has(node) && isLostHere(run, trace, node));
  return { losses, conditional: [...conditional, ...groupByBreak(perhaps, trace, false)] };
}

function judgeList(run: ScopeRun, listed: Listed, trace: Trace): Judged {
  const losses = judgeItems(run, listed, trace);
  return { losses, conditional: losses.some(stopsTheRun) || listed.all === undefined ? [] : judgeLeftOut(run, listed.all, listed.site, trace) };
}

function isLostHere({ tape }: ScopeRun, trace: Trace, node: Node): boolean {
  return trace.trains(node) && !trace.reached.has(node) && !node.isOn(tape) && !node.unwanted && !node.foreign;
}

/** Nothing that is asked for gets a gradient: the library throws, and trains nothing else either. */
function stopsTheRun(loss: Loss): boolean {
  return loss.kind === 'frozen' || ((loss.kind === 'severed' || loss.kind === 'unused') && loss.alone);
}

/** Whether a source is certainly not trainable when the scope opens. */
export function isFrozen(run: ScopeRun, node: Node): boolean {
  return node.trainability(run.moment) === 'no' || run.frozen.has(node);
}

function judgeItems(run: ScopeRun, { site, certain, all }: Listed, trace: Trace): readonly Loss[] {
  const isVariable = (node: Node): boolean => node.kind === 'source' && trace.trains(node);
  const lost = certain.filter((node) => isVariable(node) && !trace.reached.has(node));
  const alone = all?.every((node) => node.kind !== 'source' || !trace.reached.has(node) || isFrozen(run, node)) === true;
  const unused = lost.filter((node) => !trace.uses(node));
  if (all !== undefined && all.length > 0 && all.every((node) => node.kind === 'source' && isFrozen(run, node) && !isVariable(node))) return [{ kind: 'frozen', sources: all }];
  const severed = groupByBreak(lost.filter((node) => trace.uses(node)), trace, alone);
  if (unused.length === 0 || !trace.isKnown) return severed;
  return [...severed, { kind: 'unused', sources: unused, site, alone }];
}

/** A variable that the loss uses and the list does not name: a mistake only if nothing else trains it either. A whole model may be left out on purpose. */
function judgeLeftOut(run: ScopeRun, all: readonly Node[], site: Site, trace: Trace): Verdict['conditional'] {
  const listed = new Set(all.flatMap((node) => [node, ...node.parts]));
  const sources = [...trace.reached].filter((node) => trace.trains(node) && !node.unwanted && !node.several && !node.foreign && !node.isOn(run.tape) && !listed.has(node) && !node.parts.some((part) => listed.has(part)));
  const isIncomplete = isForgotten(sources, [...listed].filter(({ kind }) => kind === 'source'), run.library);
  return sources.length === 0 || !isIncomplete ? [] : [{ kind: 'left-out', sources: sources.sort(inOrder), site }];
}
