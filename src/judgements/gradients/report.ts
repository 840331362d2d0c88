/** From a proven loss to a finding: names, path, place and effect. */
import type { Cause } from '../../calculus/cause.ts';
import { isNormalisation } from '../../calculus/numbers/flat.ts';
import type { CallChain } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { Mistake, ScopeRun, UninitialisedUse } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import { resultSite } from '../../program/result-site.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding, Step } from '../finding.ts';
import { nameOf, nameSeenFrom, namesOf, shortened, steps } from '../names.ts';
import { locate } from '../places.ts';
import { isForeseen } from '../shapes/foreseen.ts';
import { detailsOf } from '../shapes/words.ts';
import { disconnected, effectOfCut, effectOfMistake, inTime, missing, throwing, underivableError } from './effects.ts';
import type { Loss, LossOf, Verdict } from './losses.ts';
import { callsIn, computedInside, madeTrainable, reduced } from './mends.ts';
import type { Underivable } from './recorded.ts';
import { isDetachHelper, suggestionFor } from './suggestions.ts';
import { breakPlace, replacementOf } from './break-places.ts';
import type { Break, Trace } from './trace.ts';

/** A finding that has no place in the linted file yet. What is left out is empty. */
interface Unplaced extends Pick<Finding, 'cause' | 'variant' | 'effect'>, Partial<Pick<Finding, 'sources' | 'before' | 'after' | 'suggestion' | 'mend' | 'details'>> {
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** The code to show, where it is not that of the place. */
  readonly code?: string;
  /** Where to report when the place is in another file and no call in this one leads there. */
  readonly fallback?: Site;
}

export class Reporter {
  readonly #run: ScopeRun;
  readonly #trace: Trace;

  constructor(readonly file: FileRun, verdict: Verdict) {
    this.#run = verdict.run;
    this.#trace = verdict.trace;
  }

  report(loss: Loss): readonly Finding[] {
    switch (loss.kind) {
      case 'severed': return this.#severed(loss);
      case 'underivable': return this.#underivable(loss);
      case 'gap': return this.#gap(loss);
      case 'unused': return this.#unused(loss);
      case 'unused-weight': return this.#ofNode(loss.node, { cause: 'never-reached', variant: 'weight', effect: this.#missing });
      case 'untracked': return this.#ofNode(loss.node, { cause: 'untracked-weight', variant: loss.node.several ? 'layer' : 'variable', effect: { kind: 'left' } });
      case 'left-out': return this.#ofScope(loss.sources, { cause: 'not-trainable', variant: 'leftOut', site: loss.site, chain: this.#run.chain, fallback: this.#run.site, effect: this.#missing });
      case 'frozen': return this.#frozen(loss);
      case 'late': return this.#ofScope(loss.sources, { ...this.#atScope, cause: 'not-trainable', variant: 'late', effect: { kind: 'left' } });
      case 'no-scalar': return this.#noScalar();
      case 'unwatched': return this.#unwatched(loss);
      case 'constant-target': return this.#constantTarget(loss);
      case 'listed-tensor': return this.#listedTensor(loss);
      case 'plain-tensors': return this.#plainTensors(loss);
      case 'constant-loss': return this.place({ cause: 'invalid-target', variant: 'constant', ...this.#atScope, site: this.#run.callbackSite, effect: disconnected(this.#run) });
      case 'made-inside': return this.#madeInside(loss);
      case 'ignored-argument': return this.#ignoredArgument(loss);
    }
  }

  // — paths that end —

  #severed(loss: LossOf<'severed'>): readonly Finding[] {
    const { at, sources } = loss;
    const run = this.#run;
    const [source, ...others] = sources;
    const replaced = source === undefined || others.length > 0 ? undefined : replacementOf(this.file, run, at, source);
    if (replaced !== undefined) return this.#ofScope(sources, { cause: 'computed-outside', variant: 'replaced', site: replaced.site, chain: replaced.chain, effect: effectOfCut(this.file, run, this.#trace, loss), mend: { kind: 'assign' } });
    const helper = at.cause === 'host-read' ? isDetachHelper(this.file.program, at, this.#trace) : undefined;
    const cause: Cause = helper === undefined ? ruleCause[at.cause] ?? at.cause : 'stop-gradient';
    const { site, chain } = helper ?? breakPlace(run, at);
    return this.place({
      cause, variant: helper === undefined ? variantOf(run, at) : 'helper', site, chain,
      sources: namesOf(this.file, sources),
      before: steps(this.file, at.path, sources), after: this.#onward(at.after),
      effect: effectOfCut(this.file, run, this.#trace, loss),
      suggestion: suggestionFor(this.file.program, helper === undefined ? { kind: 'break', at, trace: this.#trace } : { kind: 'call', site }),
      mend: at.cause === 'computed-outside' ? computedInside(this.file.file, run, this.#trace, sources) : undefined,
    });
  }

  #underivable({ at }: LossOf<'underivable'>): readonly Finding[] {
    const { edge, operation, sources } = at;
    if (edge.effect === 'gradient-gap') return this.#gradientGap(at);
    const path = sources[0] === undefined ? [] : this.#trace.recorded.path(sources[0], edge.from);
    return this.place({
      cause: 'no-derivative', variant: 'missing', site: operation.site, chain: operation.chain,
      sources: namesOf(this.file, sources), before: steps(this.file, path), after: this.#onward(operation),
      effect: throwing(this.#run, underivableError(this.#run.library, operation.path ?? operation.label)),
    });
  }

  /** The operation works with these shapes, its gradient does not. */
  #gradientGap({ edge, operation, sources }: Underivable): readonly Finding[] {
    const call = this.file.history.all('shaped').find(({ node, gaps, sites }) => node === operation && gaps.some(({ at }) => sites[at] === edge.site));
    const gap = call?.gaps.find(({ at }) => call.sites[at] === edge.site);
    if (call === undefined || gap === undefined || isForeseen(this.file.program, call)) return [];
    const path = sources[0] === undefined ? [] : this.#trace.recorded.path(sources[0], edge.from);
    return this.place({
      cause: 'gradient-gap', variant: 'shape', site: operation.site, chain: operation.chain,
      sources: namesOf(this.file, sources), before: steps(this.file, path), after: this.#onward(operation),
      effect: throwing(this.#run, `"${gap.error}"`), details: { operation: [`\`${operation.label}\``], ...detailsOf(this.file, call, gap) },
    });
  }

  #gap({ operation, sources, outcome }: LossOf<'gap'>): readonly Finding[] {
    const { library } = this.#run;
    return this.#ofScope(sources, {
      cause: 'higher-order', variant: outcome, site: operation.site, chain: operation.chain, code: operation.label,
      effect: outcome === 'throws' ? throwing(this.#run, library.errors.noDerivative) : { kind: 'wrong', library: library.title },
    });
  }

  #constantTarget({ crossing: { edge, after } }: LossOf<'constant-target'>): readonly Finding[] {
    const entry = this.#run.tape.entries.get(edge.from) ?? { site: edge.site, chain: after.chain };
    return this.place({
      cause: 'computed-outside', variant: 'nothing', site: entry.site, chain: entry.chain,
      before: steps(this.file, this.#trace.origin(edge.from)), after: this.#onward(after), effect: disconnected(this.#run),
    });
  }

  // — what is asked for and not there —

  #unused({ sources, site, alone }: LossOf<'unused'>): readonly Finding[] {
    const run = this.#run;
    const variant = run.form.kind === 'arguments' ? 'argument' : run.form.kind === 'tape' ? 'tape' : 'listed';
    return this.#ofScope(sources, { cause: 'never-reached', variant, site, chain: run.chain, fallback: run.site, effect: alone ? disconnected(run) : this.#missing });
  }

  #unwatched({ sources }: LossOf<'unwatched'>): readonly Finding[] {
    return sources.flatMap(({ node, site }) => (node === undefined ? [] : this.place({
      cause: 'unwatched-constant', variant: node.kind === 'source' ? 'unwatched-variable' : 'unwatched', site, chain: this.#run.chain,
      sources: [nameOf(this.file, node)], effect: this.#missing,
    })));
  }

  #listedTensor({ node }: LossOf<'listed-tensor'>): readonly Finding[] {
    return this.#ofNode(node, {
      cause: 'unwatched-constant', variant: 'listed', fallback: this.#run.callbackSite, effect: throwing(this.#run, this.#run.library.errors.list),
      suggestion: suggestionFor(this.file.program, { kind: 'make-variable', node }),
    });
  }

  #plainTensors({ nodes }: LossOf<'plain-tensors'>): readonly Finding[] {
    const [first, ...others] = nodes;
    const names = [...new Set(nodes.map((node) => nameOf(this.file, node)))];
    return this.place({
      cause: 'unwatched-constant', variant: names.length === 1 ? 'nothing' : 'several', site: first.site, chain: first.chain, fallback: this.#run.callbackSite,
      sources: names, effect: disconnected(this.#run), suggestion: others.length === 0 ? suggestionFor(this.file.program, { kind: 'make-variable', node: first }) : undefined,
    });
  }

  #madeInside({ node }: LossOf<'made-inside'>): readonly Finding[] {
    return this.#ofNode(node, {
      cause: 'unwatched-constant', variant: 'inside', effect: disconnected(this.#run),
      before: steps(this.file, [node]), after: steps(this.file, untilTarget(this.#trace.onward(node).slice(1))),
    });
  }

  #ignoredArgument({ sources }: LossOf<'ignored-argument'>): readonly Finding[] {
    const run = this.#run;
    const [only, ...others] = run.asked ?? [];
    // A single argument as it is written; several by their names, for they stand in one list.
    const isSingle = others.length === 0 && run.form.kind === 'arguments' && !run.form.several;
    return this.place({
      cause: 'unwatched-constant', variant: 'ignored', site: run.callbackSite, chain: run.chain, effect: disconnected(run),
      sources: only !== undefined && isSingle ? [shortened(this.file.program.text(only.site))] : sources.map((node) => nameOf(this.file, node)),
    });
  }

  // — the scope as a whole —

  #frozen({ sources }: LossOf<'frozen'>): readonly Finding[] {
    const { library: { errors }, everything, variables } = this.#run;
    return this.#ofScope(sources, { ...this.#atScope, cause: 'not-trainable', variant: 'frozen', effect: throwing(this.#run, everything && variables ? errors.variables : errors.noVariable), mend: madeTrainable(this.file.file, sources) });
  }

  #noScalar(): readonly Finding[] {
    const { callback, callbackSite, library } = this.#run;
    const result = resultSite(callback);
    return this.place({
      cause: 'invalid-target', variant: 'scalar', site: result ?? callbackSite, mend: result && reduced(this.file.program, result), chain: this.#trace.target.chain, fallback: callbackSite,
      effect: throwing(this.#run, library.errors.noScalar),
    });
  }

  get #atScope(): Pick<Unplaced, 'site' | 'chain' | 'code'> {
    const { site, chain, label } = this.#run;
    return { site, chain, code: label };
  }

  get #missing(): Finding['effect'] {
    return missing(this.file, this.#run, this.#trace);
  }

  #ofScope(sources: readonly Node[], finding: Unplaced): readonly Finding[] {
    return this.place({ ...finding, sources: namesOf(this.file, sources) });
  }

  #ofNode(node: Node, finding: Omit<Unplaced, 'site' | 'chain'>): readonly Finding[] {
    return this.place({ ...finding, site: node.site, chain: node.chain, sources: [nameOf(this.file, node)] });
  }

  /** From a value on to the target. */
  #onward(from: Node): Finding['after'] {
    return steps(this.file, untilTarget(this.#trace.onward(from)));
  }

  /** The finding at its place in the linted file; none where no place there has to do with it. */
  place({ chain, fallback, code, sources = [], before = [], after = [], suggestion, mend, ...finding }: Unplaced): readonly Finding[] {
    const { program, file } = this.file;
    const { library, label } = this.#run;
    const located = locate(file, finding.site, chain) ?? (fallback?.file === file ? { site: fallback, elsewhere: finding.site } : undefined);
    if (located === undefined) return [];
    const seen = (name: string): string => nameSeenFrom(program, located.site, name);
    const seenStep = (step: Step): Step => ({ ...step, label: seen(step.label) });
    return [{
      ...finding, ...located, scope: label, sources: sources.map(seen), before: before.map(seenStep), after: after.map(seenStep),
      code: code ?? program.text(finding.site),
      // An editor's fix changes the linted file alone.
      suggestion: suggestion?.replacements.every(({ site }) => site.file === file) === true ? suggestion : undefined,
      mend: located.elsewhere === undefined ? mend : undefined,
      effect: library.untold === true ? { kind: 'untold', library: library.title } : inTime(this.#run, this.#trace, finding.effect),
    }];
  }
}

/** Breaks that are told under another cause. */
const ruleCause: Partial<Record<Cause, Cause>> = { 'host-arithmetic': 'misuse' };

function variantOf(run: ScopeRun, at: Break): string {
  if (at.cause === 'computed-outside' && run.form.kind === 'tape') return 'unrecorded';
  if (at.cause === 'host-arithmetic') return at.after.kind === 'host' ? 'arithmetic' : 'data';
  if (at.cause === 'dead-activation' && at.after.path !== undefined && isNormalisation(at.after.path)) return 'oneElement';
  if (at.cause !== 'stop-gradient') return 'severed';
  if (at.after.detached) return 'literal';
  return at.after.kind === 'source' ? 'recreated' : 'custom';
}

/** The scope itself is only shown where nothing else is. */
export function untilTarget(path: readonly Node[]): readonly Node[] {
  return path.length > 1 ? path.slice(0, -1) : path;
}

/** A name that is read before its declaration has run, inside a scope. */
export function earlyUse({ program, file }: FileRun, use: UninitialisedUse): readonly Finding[] {
  const located = locate(file, use.site, use.chain);
  if (located === undefined) return [];
  return [{
    cause: 'uninitialised', variant: use.effect === 'ReferenceError' ? 'reference' : 'type', ...located,
    sources: [use.name], code: program.text(use.site), scope: '',
    before: [], after: use.declared === undefined ? [] : [{ label: use.name, site: use.declared }],
    effect: { kind: 'throws', error: use.effect, library: 'JavaScript', ...use.runs === 'perhaps' ? { once: 'it is reached' } : {} }, suggestion: undefined,
    mend: use.effect === 'ReferenceError' && located.elsewhere === undefined ? { kind: 'define-before', calls: callsIn(file, use.chain) } : undefined,
  }];
}

export function mistakeFindings({ program, file }: FileRun, mistake: Mistake): readonly Finding[] {
  const located = locate(file, mistake.site, mistake.chain);
  if (located === undefined) return [];
  return [{
    cause: mistake.cause, variant: mistake.variant, ...located, sources: [], code: program.text(mistake.site), scope: mistake.scope, before: [], after: [],
    effect: effectOfMistake(mistake), suggestion: undefined,
  }];
}

/** `w -= n`, with what it puts in the place of the variable. */
export function replacementFindings({ program, file }: FileRun, { site, chain, label: operator }: Node): readonly Finding[] {
  const located = locate(file, site, chain);
  if (located === undefined) return [];
  return [{
    cause: 'misuse', variant: 'assignment', ...located, sources: [], code: program.text(site), scope: '', before: [], after: [],
    effect: { kind: 'misdirected', library: 'JavaScript' }, suggestion: undefined,
    details: { made: [operator === '+' ? 'a text' : 'NaN'] }, mend: located.elsewhere === undefined ? { kind: 'assign' } : undefined,
  }];
}
