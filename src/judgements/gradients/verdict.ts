/** The verdict on one scope: which sources get no gradient for certain, and why. */
import type { HeldTape, Node } from '../../domain/graph.ts';
import type { FunctionForm, ScopeRun, TrainingForm } from '../../domain/history.ts';
import { members } from '../../domain/values.ts';
import type { Held } from './held.ts';
import { isFrozen, judgeBounded, judgeListed } from './listed.ts';
import type { Loss, Verdict } from './losses.ts';
import { plainWeights } from './plain-weights.ts';
import { groupByBreak, inOrder } from './severed.ts';
import { Trace } from './trace.ts';

export function judge(run: ScopeRun, held: Held): Verdict | undefined {
  const { target } = run;
  if (target === undefined) return undefined;
  const asked = askedIn(run);
  const trace = traceOf(run, target, asked, held);
  const trained = (trace.anything ? trace.sources : [...trace.reached]).filter((node) => mayGet(run, trace, asked, node));
  const { losses, conditional } = trace.anything ? { losses: [], conditional: [] } : judgePaths(run, trace);
  const gaps = judgeGaps(run, trace, (node) => isAsked(run, trace, asked, node));
  // The first layer of a model gets data: there, nothing throws.
  const underivable = isLayer(run) ? [] : trace.recorded.underivable((node) => isAsked(run, trace, asked, node)).map((at) => ({ kind: 'underivable' as const, at }));
  const throwing = new Set(underivable.flatMap(({ at }) => at.sources));
  const lost = [...listedTensors(run), ...unwatched(run), ...losses.flatMap((loss) => besides(throwing, loss)), ...underivable, ...gaps];
  return { run, trace, losses: lost.length === 0 && isNoScalar(run) ? [{ kind: 'no-scalar' }] : lost, conditional, trained };
}

/** The sources that get a gradient from a scope by a path that is known. */
export function reachedBy(run: ScopeRun, held: Held): readonly Node[] {
  if (run.target === undefined) return [];
  const asked = askedIn(run);
  const trace = traceOf(run, run.target, asked, held);
  return [...trace.reached].filter((node) => mayGet(run, trace, asked, node));
}

function traceOf({ tape, moment, form }: ScopeRun, target: Node, asked: ReadonlySet<Node>, held: Held): Trace {
  return new Trace(target, tape, moment, form.kind === 'variables' ? new Set() : asked, held);
}

function askedIn({ asked = [] }: ScopeRun): ReadonlySet<Node> {
  return new Set(asked.flatMap(({ node, unwatched }) => (node === undefined || unwatched === true ? [] : node)));
}

/** What is used besides the arguments, or the listed variables, gets no gradient from it. */
function mayGet(run: ScopeRun, trace: Trace, asked: ReadonlySet<Node>, node: Node): boolean {
  if (run.asked !== undefined) return asked.has(node);
  return run.form.kind !== 'variables' || (trace.trains(node) && (run.bounds?.more !== 'never' || run.bounds.possible.has(node)));
}

/** What the library looks at last, when everything else is as it should be. */
function isNoScalar({ form, result }: ScopeRun): boolean {
  return form.kind === 'variables' && members(result).every((value) => value.kind === 'tensor' && value.facts.dimensions.lengths.length > 0);
}

/** What the library throws for comes first: what else happens to the same source, nobody gets to see. */
function besides(throwing: ReadonlySet<Node>, loss: Loss): readonly Loss[] {
  if (loss.kind !== 'severed') return [loss];
  const sources = loss.sources.filter((node) => !throwing.has(node));
  return sources.length === 0 ? [] : [{ ...loss, sources }];
}

function isLayer({ form }: ScopeRun): boolean {
  return form.kind === 'function' && form.role === 'layer';
}

function judgePaths(run: ScopeRun, trace: Trace): Pick<Verdict, 'losses' | 'conditional'> {
  if (run.form.kind === 'arguments') return { losses: judgeArguments(run, trace), conditional: [] };
  if (run.form.kind === 'tape') return { losses: judgeTape(run, run.form.tape, trace), conditional: [] };
  if (run.form.kind === 'function') return { losses: judgeFunction(run, run.form, trace), conditional: [] };
  if (run.form.kind === 'training') return judgeTraining(run, run.form, trace);
  if (run.asked !== undefined) return judgeListed(run, run.asked, trace);
  const whole = judgeEverything(run, trace);
  return run.bounds === undefined || whole.losses.length > 0 ? whole : judgeBounded(run, run.bounds, trace);
}

/** Whether the library is asked for the gradient of a source. */
function isAsked(run: ScopeRun, trace: Trace, asked: ReadonlySet<Node>, node: Node): boolean {
  if (run.form.kind !== 'variables') return asked.has(node);
  if (node.kind !== 'source' || !trace.trains(node)) return false;
  if (run.bounds?.certain.has(node) === true) return true;
  return run.asked === undefined ? run.everything && !node.isOn(run.tape) : asked.has(node);
}

/** Plain tensors in a list that must hold variables. */
function listedTensors(run: ScopeRun): readonly Loss[] {
  if (run.form.kind !== 'variables' || run.asked === undefined) return [];
  return run.asked.flatMap(({ value, node }) => (value.kind === 'tensor' && value.class === 'Tensor' && node !== undefined && (node.kind === 'constant' || node.kind === 'operation') ? [{ kind: 'listed-tensor' as const, node }] : []));
}

function unwatched({ asked = [] }: ScopeRun): readonly Loss[] {
  const sources = asked.filter((source) => source.unwatched === true);
  return sources.length === 0 ? [] : [{ kind: 'unwatched', sources }];
}

/** Each source for itself: whatever becomes of the others, it gets null, or zeros. That a part of a list is not used is how tapes are used. */
function judgeTape({ asked = [] }: ScopeRun, tape: HeldTape, trace: Trace): readonly Loss[] {
  const [first] = asked;
  if (first === undefined || !trace.isKnown || isHanded(tape, trace)) return [];
  const lost = asked.flatMap(({ node, unwatched }) => (node !== undefined && unwatched !== true && isCertain(node, trace) && !trace.reached.has(node) ? node : []));
  const unused = lost.filter((node) => !trace.uses(node));
  if (unused.length === asked.length) return [{ kind: 'unused', sources: unused, site: first.site, alone: false }];
  return groupByBreak(lost.filter((node) => trace.uses(node)), trace, false);
}

/** Whether something in the target was handed to the code when the tape was there already: it may be recorded on it. */
function isHanded(tape: HeldTape, trace: Trace): boolean {
  return [...trace.externals].some((node) => node.inputs.length === 0 && node.moment > tape.node.moment);
}

function isCertain(node: Node, trace: Trace): boolean {
  return node.kind === 'constant' || node.kind === 'operation' || (node.kind === 'source' && trace.trains(node));
}

/** Operations that the library cannot differentiate twice, on the way of a gradient that is differentiated again. */
function judgeGaps(run: ScopeRun, trace: Trace, isAskedFor: (node: Node) => boolean): readonly Loss[] {
  if (!trace.live.some(({ gaps }) => gaps.length > 0)) return [];
  const taken = trace.recorded.behind(trace.target);
  return trace.live.filter((gradient) => taken.has(gradient)).flatMap((gradient) => gradient.gaps.flatMap(({ operation, outcome }) => {
    const sources = [...trace.recorded.behind(operation)].filter(isAskedFor);
    return sources.length === 0 ? [] : [{ kind: 'gap' as const, gradient, operation, sources, outcome }];
  }));
}

/** What `compile` has collected is trained, or lost; a model that is loaded may be there to be used. */
function judgeTraining(run: ScopeRun, form: TrainingForm, trace: Trace): Pick<Verdict, 'losses' | 'conditional'> {
  if (form.frozen.length > 0) return { losses: [{ kind: 'frozen', sources: form.frozen }], conditional: [] };
  const lost = form.asked.filter((node) => !trace.reached.has(node) && !node.foreign);
  const alone = form.complete && form.asked.every((node) => !trace.reached.has(node));
  const unused = trace.isKnown ? lost.filter((node) => !trace.uses(node) && node.kind === 'source' && !node.several) : [];
  const late = form.late.filter((node) => !node.foreign);
  const own = new Set([...form.asked, ...form.frozen, ...form.late]);
  const untracked = form.complete ? [...form.within].filter((node) => node.several && trace.reached.has(node) && !own.has(node) && trace.trains(node) && !node.unwanted && !node.foreign && !node.isOn(run.tape)) : [];
  return {
    losses: [...groupByBreak(lost.filter((node) => trace.uses(node)), trace, alone), ...unused.map((node) => ({ kind: 'unused-weight' as const, node })), ...untracked.map((node) => ({ kind: 'untracked' as const, node }))],
    conditional: late.length === 0 ? [] : [{ kind: 'late', sources: late }],
  };
}

/** A custom loss must depend on the prediction; a layer may ignore its input, but not cut what it uses of it. */
function judgeFunction(run: ScopeRun, form: FunctionForm, trace: Trace): readonly Loss[] {
  if (form.role === 'loss') return judgeArguments(run, trace);
  const isCut = (node: Node): boolean => !trace.reached.has(node) && trace.uses(node);
  const inputs = form.cuts ? (run.asked ?? []).flatMap(({ node }) => (node === undefined || !isCut(node) ? [] : [node])) : [];
  // What a layer itself gives its values is no matter of gradients.
  const weights = form.weights.filter((node) => trace.trains(node) && isCut(node) && node.inputs.every(({ effect }) => effect !== 'assign'));
  // What a layer takes for indices is data.
  const cut = groupByBreak([...inputs, ...weights], trace, false).filter(({ at }) => at.after.path === undefined || !run.library.indexed.includes(at.after.path));
  const untracked = form.tracksItself ? [] : [...trace.reached].filter((node) => isVariable(node) && trace.trains(node) && !node.foreign && !node.isOn(run.tape));
  const known = trace.isKnown;
  const unused = known ? form.weights.filter((node) => trace.trains(node) && !trace.uses(node)) : [];
  return [...(known ? cut : []), ...untracked.map((node) => ({ kind: 'untracked' as const, node })), ...unused.map((node) => ({ kind: 'unused-weight' as const, node }))];
}

/** The program makes it, and no layer knows of it. */
function isVariable({ role }: Node): boolean {
  return role.kind === 'source' && role.made === 'variable';
}

function judgeArguments(run: ScopeRun, trace: Trace): readonly Loss[] {
  const { asked } = run;
  if (asked === undefined || asked.some(({ node }) => node === undefined)) return [];
  const nodes = asked.flatMap(({ node }) => node ?? []);
  const severed = nodes.filter((node) => !trace.reached.has(node));
  const losses = groupByBreak(severed.filter((node) => trace.uses(node)), trace, true);
  if (losses.length > 0) return losses;
  const unused = severed.filter((node) => !trace.uses(node));
  const [first] = asked;
  if (severed.length < nodes.length && unused.length > 0 && first !== undefined && trace.isKnown) return [{ kind: 'unused', sources: unused, site: first.site, alone: true }];
  if (severed.length < nodes.length || nodes.length === 0) return [];
  const [crossing] = trace.crossings;
  if (crossing !== undefined && trace.isKnown && trace.crossings.some(({ after }) => after === trace.target)) return [{ kind: 'constant-target', crossing }];
  if (nodes.some((node) => trace.uses(node)) || !trace.isKnown) return [];
  return [{ kind: 'ignored-argument', sources: nodes }];
}

function judgeEverything(run: ScopeRun, trace: Trace): Pick<Verdict, 'losses' | 'conditional'> {
  // What the program switches on and off may be trainable when this scope runs.
  const before = [...trace.reached].filter((node) => !node.isOn(run.tape) && !isFrozen(run, node));
  const severed = trace.sources.filter((node) => !node.isOn(run.tape) && trace.trains(node) && !node.unwanted && !trace.reached.has(node));
  const own = severed.filter((node) => !node.foreign);
  if (before.length === 0 && trace.externals.size === 0) return { losses: judgeDead(run, trace, severed), conditional: [] };
  // An argument that is used itself may be a variable where the function is called. It is taken for data only where
  // what is lost was handed over beside it: a model and its labels.
  const losses = before.length === 0 && trace.isKnown ? groupByBreak(severed.filter((node) => node.foreign), trace, true) : [];
  return { losses, conditional: run.everything ? groupByBreak(own, trace, false) : [] };
}

/** Nothing trainable reaches the target: the library throws. */
function judgeDead(run: ScopeRun, trace: Trace, severed: readonly Node[]): readonly Loss[] {
  const losses = groupByBreak(severed, trace, true);
  if (losses.length > 0) return losses;
  const inside = [...trace.reached].filter((node) => node.isOn(run.tape) && trace.trains(node));
  if (inside.length > 0) return inside.map((node) => ({ kind: 'made-inside' as const, node }));
  const frozen = [...trace.reached].filter((node) => !node.isOn(run.tape) && isFrozen(run, node));
  if (frozen.length > 0 && frozen.length === trace.reached.size && severed.length === 0 && trace.externals.size === 0) return [{ kind: 'frozen', sources: frozen }];
  if (trace.reached.size > 0) return [];
  const [weight, ...weights] = severed.length === 0 ? plainWeights(trace).toSorted(inOrder) : [];
  if (weight !== undefined) return [{ kind: 'plain-tensors', nodes: [weight, ...weights] }];
  // A source without a break in the scope was cut before it.
  const [crossing] = longestFirst(trace);
  if (crossing !== undefined) return [{ kind: 'constant-target', crossing }];
  if (severed.length > 0 || trace.externals.size > 0) return [];
  const [first, ...others] = constantsOf(trace).toSorted(inOrder);
  if (first !== undefined) return [{ kind: 'plain-tensors', nodes: [first, ...others] }];
  return run.form.kind === 'variables' && isConstant(trace) ? [{ kind: 'constant-loss' }] : [];
}

/** All that the target is made of is known, and is data. */
function isConstant({ used, sources }: Trace): boolean {
  return sources.length === 0 && used.every(({ kind }) => kind === 'constant' || kind === 'operation' || kind === 'join' || kind === 'host' || kind === 'read');
}

/** The constants that a target without any source is made of; where all of them are lost on the way, those. What is lost of unknown code may have been a variable. */
function constantsOf({ constants, used, tape }: Trace): readonly Node[] {
  if (used.some(({ kind, handed }) => kind === 'anything' || (kind === 'external' && !handed))) return [];
  // What the scope makes itself, nobody takes for a weight.
  const handedIn = [...constants].filter((node) => !node.isOn(tape));
  return handedIn.length > 0 ? handedIn : used.filter((node) => node.kind === 'constant' && !node.isOn(tape));
}

/** Values made before the scope, those of the most operations first. */
function longestFirst(trace: Trace): readonly Trace['crossings'][number][] {
  const size = ({ edge }: Trace['crossings'][number]): number => trace.origin(edge.from).length;
  return [...trace.crossings].filter(({ edge }) => edge.from.kind === 'operation' && edge.from.inputs.length > 0).sort((a, b) => size(b) - size(a));
}

