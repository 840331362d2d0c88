/** From a proven loss to a finding: names, path, place and effect. */
import type { Cause } from '../../calculus/cause.ts';
import { isNormalisation } from '../../calculus/numbers/flat.ts';
import type { Site } from '../../program/ir.ts';
import type { Effect, Finding, Step } from '../finding.ts';
import type { CallChain, Node } from '../../domain/graph.ts';
import type { Mistake } from './mistakes.ts';
import type { Machine, UninitialisedUse } from '../../interpreter/machine.ts';
import { type ScopeRun, resultSite } from '../../tensors/scopes.ts';
import { isDetachHelper, suggestionFor } from './suggestions.ts';
import type { Break, Trace } from './trace.ts';
import type { Loss, Verdict } from './verdict.ts';

export function reportLoss(m: Machine, file: string, verdict: Verdict, loss: Loss): readonly Finding[] {
  const { run, trace } = verdict;
  switch (loss.kind) {
    case 'severed': return severed(m, file, verdict, loss);
    case 'underivable': {
      const { edge, operation, sources } = loss.at;
      const path = sources[0] === undefined ? [] : trace.recorded.path(sources[0], edge.from);
      return place(m, file, {
        cause: 'no-derivative', variant: 'missing', site: operation.site, chain: operation.chain, run,
        sources: namesOf(m, sources), code: m.program.text(operation.site), before: steps(m, path), after: steps(m, untilTarget(trace.onward(operation))),
        effect: { kind: 'throws', error: underivableError(run.library, operation.path ?? operation.label), library: run.library.title }, suggestion: undefined,
      });
    }
    case 'unused': return place(m, file, {
      cause: 'never-reached', variant: run.form.kind === 'arguments' ? 'argument' : run.form.kind === 'tape' ? 'tape' : 'listed', site: loss.site, chain: run.chain, fallback: run.site, run,
      sources: namesOf(m, loss.sources), code: m.program.text(loss.site), before: [], after: [],
      effect: loss.alone ? throws(run) : missing(run), suggestion: undefined,
    });
    case 'gap': return place(m, file, {
      cause: 'higher-order', variant: loss.outcome, site: loss.operation.site, chain: loss.operation.chain, run,
      sources: namesOf(m, loss.sources), code: loss.operation.label, before: [], after: [],
      effect: loss.outcome === 'throws' ? { kind: 'throws', error: run.library.errors.noDerivative, library: run.library.title } : { kind: 'wrong', library: run.library.title }, suggestion: undefined,
    });
    case 'untracked': return place(m, file, {
      cause: 'untracked-weight', variant: loss.node.several ? 'layer' : 'variable', site: loss.node.site, chain: loss.node.chain, run,
      sources: [nameOf(m, loss.node)], code: m.program.text(loss.node.site), before: [], after: [],
      effect: { kind: 'skipped', library: run.library.title }, suggestion: undefined,
    });
    case 'left-out': return place(m, file, {
      cause: 'not-trainable', variant: 'leftOut', site: loss.site, chain: run.chain, fallback: run.site, run,
      sources: namesOf(m, loss.sources), code: m.program.text(loss.site), before: [], after: [],
      effect: { kind: 'skipped', library: run.library.title }, suggestion: undefined,
    });
    case 'no-scalar': {
      const site = resultSite(run.callback) ?? run.callbackSite;
      return place(m, file, {
        cause: 'invalid-target', variant: 'scalar', site, chain: trace.target.chain, fallback: run.callbackSite, run,
        sources: [], code: m.program.text(site), before: [], after: [],
        effect: { kind: 'throws', error: run.library.errors.noScalar, library: run.library.title }, suggestion: undefined,
      });
    }
    case 'frozen': return place(m, file, {
      cause: 'not-trainable', variant: 'frozen', site: run.site, chain: run.chain, run,
      sources: namesOf(m, loss.sources), code: run.label, before: [], after: [],
      effect: { kind: 'throws', error: run.everything && run.variables ? run.library.errors.variables : run.library.errors.noVariable, library: run.library.title }, suggestion: undefined,
    });
    case 'late': return place(m, file, {
      cause: 'not-trainable', variant: 'late', site: run.site, chain: run.chain, run,
      sources: namesOf(m, loss.sources), code: run.label, before: [], after: [],
      effect: missing(run), suggestion: undefined,
    });
    case 'unused-weight': return place(m, file, {
      cause: 'never-reached', variant: 'weight', site: loss.node.site, chain: loss.node.chain, run,
      sources: [nameOf(m, loss.node)], code: m.program.text(loss.node.site), before: [], after: [],
      effect: missing(run), suggestion: undefined,
    });
    case 'unwatched': return loss.sources.flatMap(({ node, site }) => (node === undefined ? [] : place(m, file, {
      cause: 'unwatched-constant', variant: node.kind === 'source' ? 'unwatched-variable' : 'unwatched', site, chain: run.chain, run,
      sources: [nameOf(m, node)], code: m.program.text(site), before: [], after: [],
      effect: missing(run), suggestion: undefined,
    })));
    case 'constant-target': {
      const { edge, after } = loss.crossing;
      const origin = trace.origin(edge.from);
      const entry = run.tape.entries.get(edge.from) ?? { site: edge.site, chain: after.chain };
      return place(m, file, {
        cause: 'computed-outside', variant: 'nothing', site: entry.site, chain: entry.chain, run,
        sources: [], code: m.program.text(entry.site), before: steps(m, origin), after: steps(m, untilTarget(trace.onward(after))),
        effect: throws(run), suggestion: undefined,
      });
    }
    case 'listed-tensor': return place(m, file, {
      cause: 'unwatched-constant', variant: 'listed', site: loss.node.site, chain: loss.node.chain, fallback: run.callbackSite, run,
      sources: [nameOf(m, loss.node)], code: m.program.text(loss.node.site), before: [], after: [],
      effect: { kind: 'throws', error: run.library.errors.list, library: run.library.title },
      suggestion: suggestionFor(m, { kind: 'make-variable', node: loss.node }),
    });
    case 'plain-tensors': {
      const [first, ...others] = loss.nodes;
      const names = [...new Set(loss.nodes.map((node) => nameOf(m, node)))];
      return place(m, file, {
        cause: 'unwatched-constant', variant: names.length === 1 ? 'nothing' : 'several', site: first.site, chain: first.chain, fallback: run.callbackSite, run,
        sources: names, code: m.program.text(first.site), before: [], after: [],
        effect: throws(run), suggestion: others.length === 0 ? suggestionFor(m, { kind: 'make-variable', node: first }) : undefined,
      });
    }
    case 'made-inside': return place(m, file, {
      cause: 'unwatched-constant', variant: 'inside', site: loss.node.site, chain: loss.node.chain, run,
      sources: [nameOf(m, loss.node)], code: m.program.text(loss.node.site), before: steps(m, [loss.node]), after: steps(m, untilTarget(trace.onward(loss.node).slice(1))),
      effect: throws(run), suggestion: undefined,
    });
    case 'ignored-argument': return place(m, file, {
      cause: 'unwatched-constant', variant: 'ignored', site: run.callbackSite, chain: run.chain, run,
      sources: ignoredNames(m, run, loss.sources), code: m.program.text(run.callbackSite), before: [], after: [],
      effect: throws(run), suggestion: undefined,
    });
  }
}

/** A single argument as it is written; several by their names, for they stand in one list. */
function ignoredNames(m: Machine, run: ScopeRun, sources: readonly Node[]): readonly string[] {
  const [only, ...others] = run.asked ?? [];
  return only !== undefined && others.length === 0 && run.form.kind === 'arguments' && !run.form.several ? [shortened(m.program.text(only.site))] : sources.map((node) => nameOf(m, node));
}

function severed(m: Machine, file: string, { run, trace }: Verdict, loss: Extract<Loss, { kind: 'severed' }>): readonly Finding[] {
  const { at, sources, alone } = loss;
  const helper = at.cause === 'host-read' ? isDetachHelper(m, at, trace) : undefined;
  const cause: Cause = helper === undefined ? ruleCause[at.cause] ?? at.cause : 'stop-gradient';
  const { site, chain } = helper ?? placeOf(run, at);
  return place(m, file, {
    cause, variant: variantOf(run, at, helper !== undefined), site, chain, run,
    sources: namesOf(m, sources),
    code: m.program.text(site),
    before: steps(m, at.path, sources), after: steps(m, breakSteps(at, trace)),
    effect: effectOf(run, trace, sources, alone), suggestion: suggestionFor(m, helper === undefined ? { kind: 'break', at, trace } : { kind: 'call', site }),
  });
}

/** Breaks that are told under another cause. */
const ruleCause: Partial<Record<Cause, Cause>> = { 'host-arithmetic': 'misuse' };

function variantOf(run: ScopeRun, at: Break, helper: boolean): string {
  if (helper) return 'helper';
  if (at.cause === 'computed-outside' && run.form.kind === 'tape') return 'unrecorded';
  if (at.cause === 'host-arithmetic') return at.after.kind === 'host' ? 'arithmetic' : 'data';
  if (at.cause === 'dead-activation' && at.after.path !== undefined && isNormalisation(at.after.path)) return 'oneElement';
  if (at.cause !== 'stop-gradient') return 'severed';
  if (at.after.detached) return 'literal';
  return at.after.kind === 'source' ? 'recreated' : 'custom';
}

/** A read, a stop or an operation is shown itself; a value from before the scope where the scope first names it. */
function placeOf(run: ScopeRun, { cause, path, after, edge }: Break): { readonly site: Site; readonly chain: CallChain | undefined } {
  if (cause === 'assign') return { site: edge.site, chain: edge.chain };
  if (cause !== 'computed-outside') return { site: after.site, chain: after.chain };
  return firstEntry(run, path) ?? { site: edge.site, chain: after.chain };
}

/** Where the scope first names the value at the end of a path, or that which it stands for after a branch. */
function firstEntry({ tape }: ScopeRun, path: readonly Node[]): { readonly site: Site; readonly chain: CallChain | undefined } | undefined {
  const from = path.findLastIndex((node) => !node.transparent);
  const named = new Set(path.slice(from));
  return [...tape.entries].find(([node]) => named.has(node))?.[1];
}

/** From the break on; a read is shown before the mark, for it is where the values leave. */
export function breakSteps(at: Break, trace: Trace): readonly Node[] {
  return untilTarget(trace.onward(at.after));
}

function underivableError({ errors, underivable }: ScopeRun['library'], operation: string): string {
  return (Object.hasOwn(underivable, operation) ? underivable[operation] : undefined) ?? errors.noDerivative;
}

/** The scope itself is only shown where nothing else is. */
export function untilTarget(path: readonly Node[]): readonly Node[] {
  return path.length > 1 ? path.slice(0, -1) : path;
}

function effectOf(run: ScopeRun, trace: Trace, sources: readonly Node[], alone: boolean): Effect {
  if (run.form.kind === 'function' && run.form.role === 'layer') return { kind: 'frozen-before', library: run.library.title };
  if (sources.some((source) => trace.recorded.connects(source))) return { kind: 'zeros', library: run.library.title };
  return run.form.kind === 'arguments' || alone ? throws(run) : missing(run);
}

/** What the library does with one source that is not connected, where others are. */
function missing(run: ScopeRun): Effect {
  return { kind: run.form.kind === 'tape' ? 'null' : 'skipped', library: run.library.title };
}

/** What the library says where nothing is connected. */
function throws(run: ScopeRun): Effect {
  const { errors, title } = run.library;
  const error = run.form.kind === 'arguments' ? errors.arguments : run.variables || run.asked !== undefined ? errors.variables : errors.noVariable;
  return { kind: 'throws', error, library: title };
}

/** A name that is read before its declaration has run, inside a scope. */
export function earlyUse(m: Machine, file: string, use: UninitialisedUse, chain: CallChain | undefined): readonly Finding[] {
  const located = locate(file, use.site, chain);
  if (located === undefined) return [];
  return [{
    cause: 'uninitialised', variant: use.effect === 'ReferenceError' ? 'reference' : 'type', site: located.site, elsewhere: located.elsewhere,
    sources: [use.name], code: m.program.text(use.site), scope: '',
    before: [], after: use.declared === undefined ? [] : [{ label: use.name, site: use.declared }],
    effect: { kind: 'throws', error: use.effect, library: 'JavaScript' }, suggestion: undefined,
  }];
}

export function mistakeFindings(m: Machine, file: string, mistake: Mistake): readonly Finding[] {
  const located = locate(file, mistake.site, mistake.chain);
  if (located === undefined) return [];
  return [{
    cause: mistake.cause, variant: mistake.variant, ...located, sources: [], code: m.program.text(located.site), scope: mistake.scope, before: [], after: [],
    effect: effectOfMistake(mistake), suggestion: undefined,
  }];
}

/** No library throws an error without a text: nobody has said what this one throws. */
function effectOfMistake({ error, library }: Mistake): Effect {
  if (error === undefined) return { kind: 'misdirected', library };
  return error === '' ? { kind: 'untold', library } : { kind: 'throws', error, library };
}

interface Unplaced extends Omit<Finding, 'site' | 'elsewhere' | 'scope'> {
  readonly site: Site;
  readonly chain: CallChain | undefined;
  readonly run: ScopeRun;
  /** Where to report when the place is in another file and no call in this one leads there. */
  readonly fallback?: Site;
}

export function place(m: Machine, file: string, finding: Unplaced): readonly Finding[] {
  const { chain, run, fallback, ...rest } = finding;
  const located = locate(file, finding.site, chain) ?? (fallback?.file === file ? { site: fallback, elsewhere: finding.site } : undefined);
  if (located === undefined) return [];
  // What was computed before the scope is named as the scope names it, wherever that is.
  const code = located.elsewhere === undefined || rest.cause === 'computed-outside' ? rest.code : m.program.text(located.site);
  // An editor's fix changes the linted file alone.
  const suggestion = rest.suggestion?.replacements.every(({ site }) => site.file === file) === true ? rest.suggestion : undefined;
  return [{ ...rest, code, ...located, scope: run.label, suggestion, effect: run.library.untold === true ? { kind: 'untold', library: run.library.title } : rest.effect }];
}

/** The place in the linted file: itself, or the call there that leads to it. */
export function locate(file: string, site: Site, chain: CallChain | undefined): { readonly site: Site; readonly elsewhere: Site | undefined } | undefined {
  if (site.file === file) return { site, elsewhere: undefined };
  for (let call = chain; call !== undefined; call = call.caller) {
    if (call.site.file === file) return { site: call.site, elsewhere: site };
  }
  return undefined;
}

/** A variable without a name is shown by what makes it. */
export function steps(m: Machine, path: readonly Node[], sources: readonly Node[] = []): readonly Step[] {
  const shown: Step[] = [];
  for (const node of path) {
    if (node.kind === 'join' || node.label === '') continue;
    const label = stepLabel(m, node, sources);
    const last = shown.at(-1);
    if (last?.label === label && last.site.line === node.site.line) continue;
    shown.push({ label, site: node.site });
  }
  return shown;
}

function stepLabel(m: Machine, node: Node, sources: readonly Node[]): string {
  if (node.kind !== 'source') return node.kind === 'constant' || node.kind === 'external' ? nameOf(m, node) : node.label;
  const whole = wholeOf(m, node, sources);
  return whole.name ?? nameByPlace(whole) ?? node.label;
}

export function nameOf(m: Machine, node: Node): string {
  return node.name ?? nameByPlace(node) ?? shortened(m.program.text(node.site));
}

function nameByPlace({ place }: Node): string | undefined {
  return place?.model.name === undefined ? undefined : `${place.model.name}.${place.path}`;
}

/** The names of the models that a weight is part of. */
export function modelsOf(m: Machine, node: Node): readonly string[] {
  return [...m.models.byWeights.keys()].flatMap((model) => (model.parts.includes(node) ? model.name ?? [] : []));
}

/** Names without repetition; of a model whose weights are all among them, the model's. */
function namesOf(m: Machine, nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.map((node) => nameOf(m, wholeOf(m, node, nodes))))];
}

/** The largest model whose weights are all among some nodes, of those that a node belongs to. */
function wholeOf(m: Machine, node: Node, among: readonly Node[]): Node {
  const { byWeights } = m.models;
  const isWhole = (model: Node): boolean => model.name !== undefined && model.parts.includes(node) && model.parts.every((part) => byWeights.has(part) || part.unwanted || among.includes(part));
  const wholes = [...byWeights.keys()].filter(isWhole).sort((a, b) => b.parts.length - a.parts.length);
  return wholes[0] ?? node;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}
