/** How far each scope of a file has been followed, and what hides the rest of it. */
import type { Node } from '../../domain/graph.ts';
import type { AskedSource, ScopeRun } from '../../domain/history.ts';
import { members, nodeOf } from '../../domain/values.ts';
import type { Expression, Site } from '../../program/ir.ts';
import { resultSite } from '../../program/result-site.ts';
import type { Examination, Fate, ScopeVerdict, SourceVerdict, Unjudged } from '../gradients/inspection.ts';
import { shortened } from '../names.ts';
import { type Obstacle, distinct } from './obstacle.ts';
import type { Origins } from './origins.ts';

/** `step`: a training step, or a gradient, of the program's own; `model`: the library trains a model, with all that belongs to it. */
export type ScopeGroup = 'step' | 'model';

export interface ScopeForm {
  readonly group: ScopeGroup;
  /** The function as written (`minimize`), or the part of a model: `loss`, `layer`. */
  readonly name: string;
}

export interface SourceOutcome {
  readonly name: string;
  readonly fate: Fate;
  readonly breaks: SourceVerdict['breaks'];
}

/** What is known of a scope: of one that has run several times, of all its runs. */
export interface ScopeOutcome {
  /** The call that opens it. */
  readonly site: Site;
  readonly form: ScopeForm;
  readonly sources: readonly SourceOutcome[];
  /** It was run to its end; what was not is known by its looks. */
  readonly ran: boolean;
  /** Every source is connected, or severed with its cause. */
  readonly decided: boolean;
  /** What is thrown before any gradient is there. */
  readonly error: string | undefined;
  /** Why it is not decided. */
  readonly obstacles: () => readonly Obstacle[];
}

/** The scopes of a file that have been run, and those of other files that have been run with it. */
export function outcomesOf({ scopes, unjudged: others }: Examination, origins: Origins): readonly ScopeOutcome[] {
  return [...scopes.map((verdict) => outcomeOf(verdict, origins)), ...others.map((each) => unjudged(each, origins))];
}

/** What is known of one run. */
export function outcomeOf(verdict: ScopeVerdict, origins: Origins): ScopeOutcome {
  const { run, error, sources } = verdict;
  const scope = new Followed(verdict, sources, origins);
  return {
    site: placeOf(run, origins), form: formOf(run), ran: true, error, decided: error !== undefined || scope.isDecided,
    sources: sources.toSorted(bySite).map(({ name, fate, breaks }) => ({ name, fate, breaks })),
    obstacles: () => scope.obstacles(),
  };
}

/** As they stand in the code. */
function bySite({ node: a }: SourceVerdict, { node: b }: SourceVerdict): number {
  if (a === undefined || b === undefined) return 0;
  if (a.site.file !== b.site.file) return a.site.file < b.site.file ? -1 : 1;
  return a.site.start - b.site.start || a.moment - b.moment;
}

/** What gives no tensor for certain is not judged; it is decided where that is a mistake. */
function unjudged({ run, throws }: Unjudged, origins: Origins): ScopeOutcome {
  const site = resultSite(run.callback) ?? run.callbackSite;
  return {
    site: placeOf(run, origins), form: formOf(run), ran: true, sources: [], error: throws, decided: throws !== undefined,
    obstacles: () => [unknownsIn(run).map((node) => origins.of(node))[0] ?? { kind: 'unknown-result', site, code: codeOf(origins, site) }],
  };
}

function unknownsIn({ result }: ScopeRun): readonly Node[] {
  return members(result).flatMap((value) => (value.kind === 'unknown' ? value.node : []));
}

/** Functions that `grad` makes are called elsewhere: the scope is where they are made. */
function placeOf({ form, site, callbackSite }: ScopeRun, { syntax }: Origins): Site {
  if (form.kind !== 'arguments') return site;
  const made = syntax.written(callbackSite.file).find(({ expression: e }) => e.op === 'call' && e.arguments[0]?.value.site === callbackSite);
  return made?.expression.site ?? site;
}

function formOf({ form, label }: ScopeRun): ScopeForm {
  switch (form.kind) {
    case 'function': return { group: 'model', name: form.role };
    case 'training': return { group: 'model', name: label };
    case 'tape': return { group: 'step', name: 'gradient' };
    default: return { group: 'step', name: label };
  }
}

function codeOf({ syntax }: Origins, site: Site): string {
  return shortened(syntax.program.text(site));
}

/** A scope that was run. */
class Followed {
  readonly #run: ScopeRun;
  readonly #unknown: readonly SourceVerdict[];

  constructor(readonly verdict: ScopeVerdict, readonly sources: readonly SourceVerdict[], readonly origins: Origins) {
    this.#run = verdict.run;
    // What is reported is proven, whatever else is not known.
    this.#unknown = sources.filter(({ fate, reported }) => fate === 'unknown' && !reported);
  }

  get isDecided(): boolean {
    return this.#unknown.length === 0 && this.#isListed && (this.#hidden().length === 0 || this.verdict.findings.length > 0);
  }

  /** It is known what the gradient is asked for. */
  get #isListed(): boolean {
    const { form, asked, everything } = this.#run;
    // What gets a gradient wherever the model has it need not be there.
    if (form.kind === 'training') return form.perhaps?.every((node) => this.verdict.trace.reached.has(node)) === true;
    return form.kind === 'function' || asked !== undefined || everything;
  }

  /** Values that may bring sources of their own into a scope that asks for every one. Where none is seen at all, every unknown value may be one. */
  #hidden(): readonly Node[] {
    const { form, everything, tape } = this.#run;
    const { trace } = this.verdict;
    if (form.kind !== 'variables' || !everything) return [];
    const isBare = !this.sources.some(({ fate }) => fate !== 'not-asked');
    return [...trace.externals].filter((node) => isBare || this.origins.isMadeInside(node, (each) => each.isOn(tape)));
  }

  obstacles(): readonly Obstacle[] {
    const { trace } = this.verdict;
    const found = distinct([
      ...(this.#isListed ? [] : [this.#unlisted()]),
      ...this.#unknown.flatMap((source) => this.#ofSource(source)),
      ...(trace.anything ? trace.live.filter(({ kind }) => kind === 'anything').map(({ site }): Obstacle => ({ kind: 'too-many-values', site, code: codeOf(this.origins, site) })) : []),
      ...this.#behind().map((node) => this.origins.of(node)),
    ]);
    if (found.length > 0) return found;
    const [source] = this.#unknown;
    const { site } = source?.node ?? this.#run;
    return [{ kind: 'unknown-value', site, code: source?.name ?? codeOf(this.origins, site) }];
  }

  /** Unknown values that have a part in what is not decided. */
  #behind(): readonly Node[] {
    const { trace } = this.verdict;
    const hidden = this.#hidden();
    if (!this.#unknown.some(({ node, fate }) => node !== undefined && fate === 'unknown' && !isUnsure(node))) return outermost(hidden);
    const inside = [...trace.externals].filter((node) => this.origins.isMadeInside(node, (each) => each.isOn(this.#run.tape)));
    return outermost([...hidden, ...(inside.length > 0 ? inside : trace.externals)]);
  }

  #ofSource({ node, name }: SourceVerdict): readonly Obstacle[] {
    if (node === undefined) return (this.#run.asked ?? []).filter((asked) => asked.node === undefined).map((asked) => this.#ofArgument(asked));
    return isUnsure(node) ? [{ kind: 'unknown-trainability', site: node.site, code: name }] : [];
  }

  #ofArgument({ value, site }: AskedSource): Obstacle {
    const [unknown] = members(value).filter(({ kind }) => kind === 'unknown').flatMap((member) => nodeOf(member) ?? []);
    return unknown === undefined ? { kind: 'untyped-value', site, code: codeOf(this.origins, site) } : this.origins.of(unknown);
  }

  #unlisted(): Obstacle {
    const { form, site } = this.#run;
    const e = this.origins.syntax.at(site);
    if (form.kind === 'training') {
      const model = e?.op === 'call' && e.callee !== 'super' && e.callee.op === 'member' && e.callee.object !== 'super' ? e.callee.object.site : site;
      return { kind: 'unknown-model', site: model, code: codeOf(this.origins, model) };
    }
    const list = (form.kind === 'variables' ? argumentAt(e, form.list) : undefined)?.site ?? site;
    return { kind: 'unknown-list', site: list, code: codeOf(this.origins, list) };
  }
}

function argumentAt(e: Expression | undefined, position: number): Expression | undefined {
  return e?.op === 'call' ? e.arguments[position]?.value : undefined;
}

/** What others among them are made of is told with those. */
function outermost(nodes: readonly Node[]): readonly Node[] {
  const within = new Set(nodes.flatMap(({ inputs }) => inputs.map(({ from }) => from)));
  const found = nodes.filter((node) => !within.has(node));
  return found.length > 0 ? found : nodes;
}

function isUnsure(node: Node): boolean {
  return node.trainability() === 'unsure';
}
