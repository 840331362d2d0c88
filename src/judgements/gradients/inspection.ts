/** All that the analysis knows of a file's gradient scopes, reported or not. */
import type { Node } from '../../domain/graph.ts';
import type { ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { modelsOf, type Named, nameOf } from '../names.ts';
import type { Loss, Verdict } from './losses.ts';
import type { Break, Trace } from './trace.ts';

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly scopes: readonly ScopeVerdict[];
}

/** A scope whose function gives no tensor for certain, and what is thrown where that is a mistake. */
export interface Unjudged {
  readonly run: ScopeRun;
  readonly throws: string | undefined;
}

/** An inspection with what it was made of. */
export interface Examination extends Inspection {
  readonly unjudged: readonly Unjudged[];
  readonly run: FileRun;
}

/** What becomes of the gradient of a source. */
export type Fate =
  /** A differentiable path leads from it to the target, as far as can be known. */
  | 'connected'
  /** Every path ends at a break. */
  | 'severed'
  /** No path leads from it to the target at all. */
  | 'unused'
  /** The scope does not ask for its gradient. */
  | 'not-asked'
  /** Unknown code has a part in it, or it is another in each call. */
  | 'unknown';

export interface SourceVerdict {
  /** The user's name for it. */
  readonly name: string;
  /** The names of the models that it is part of. */
  readonly models: readonly string[];
  /** What stands for it in the graph; undefined for an argument of which nothing is known. */
  readonly node: Node | undefined;
  readonly fate: Fate;
  /** Where its paths end, when it is severed. */
  readonly breaks: readonly Break[];
  /** Its loss is reported. What is not, may be meant, or something else trains it. */
  readonly reported: boolean;
}

/** What has been found in one run of a scope. */
interface Judged {
  readonly verdict: Verdict;
  readonly losses: readonly Loss[];
  readonly findings: readonly Finding[];
  /** Of the call itself. */
  readonly mistakes: readonly Finding[];
  /** Whether a source gets a gradient in another run of the scope. */
  readonly trainsOtherwise: (node: Node) => boolean;
}

/** The verdict on one run of a scope. */
export class ScopeVerdict {
  readonly run: ScopeRun;
  readonly trace: Trace;

  constructor(private readonly judged: Judged, private readonly names: Named) {
    this.run = judged.verdict.run;
    this.trace = judged.verdict.trace;
  }

  /** What is reported of it. */
  get findings(): readonly Finding[] {
    return this.judged.findings;
  }

  /** What is thrown before any gradient is there, whatever the paths. */
  get error(): string | undefined {
    return [...this.judged.mistakes, ...this.findings].map(({ effect }) => (effect.kind === 'throws' ? effect.error : undefined)).find((error) => error !== undefined);
  }

  /** The call that differentiates. */
  get site(): Site {
    return this.run.site;
  }

  /** Everything in the target is known, arguments of code that nothing calls included: only the sources below can get a gradient. */
  get complete(): boolean {
    return !this.trace.anything && this.trace.externals.size === 0 && (this.run.form.kind !== 'training' || this.run.form.complete);
  }

  /** The differentiated arguments in their order, or the variables that the target uses or the scope lists. */
  get sources(): readonly SourceVerdict[] {
    const { asked = [], form } = this.run;
    const nodes = form.kind !== 'variables' ? asked.map(({ node }) => node) : new Set([...this.#listed, ...this.trace.sources]);
    return [...nodes].map((node) => this.#judge(node));
  }

  #judge(node: Node | undefined): SourceVerdict {
    if (node === undefined) return { name: '', models: [], node, fate: 'unknown', breaks: [], reported: false };
    const fate = this.#fateOf(node);
    return { name: nameOf(this.names, node), models: modelsOf(this.names, node), node, fate, breaks: fate === 'severed' ? this.trace.breaksOf(node) : [], reported: this.#isReported(node) };
  }

  #isReported(node: Node): boolean {
    return this.judged.losses.some((loss) => ('node' in loss && loss.node === node) || ('sources' in loss && loss.sources.some((source) => source === node || ('node' in source && source.node === node))));
  }

  #fateOf(node: Node): Fate {
    if (this.run.form.kind === 'variables' && !this.#isAsked(node)) return this.#fateOfSwitched(node);
    if (this.#isUnwatched(node)) return 'severed';
    if (this.trace.reached.has(node)) return this.trace.surelyReaches(node) ? 'connected' : 'unknown';
    if (this.trace.anything || this.judged.trainsOtherwise(node)) return 'unknown';
    if (this.trace.uses(node)) return 'severed';
    return this.complete ? 'unused' : 'unknown';
  }

  /**
   * Of what is switched on and off in a way that leaves open what holds, it need not be known where a gradient comes back in
   * either case, or none was asked for. Where it may be the only one, the library throws while it is switched off.
   */
  #fateOfSwitched(node: Node): Fate {
    const { asked, everything, frozen } = this.run;
    const { trace } = this;
    if (node.trainability() !== 'unsure' || frozen.has(node)) return 'not-asked';
    const gets = (source: Node): boolean => trace.reached.has(source) && trace.surelyReaches(source);
    const isOneOfSeveral = everything && asked === undefined && trace.sources.some((other) => this.#isAsked(other) && gets(other));
    return isOneOfSeveral && gets(node) ? 'connected' : 'unknown';
  }

  #isUnwatched(node: Node): boolean {
    return this.run.asked?.some((source) => source.node === node && source.unwatched === true) === true;
  }

  /** Only trainable variables from before the scope can be asked for; the weights of a model with it. What is switched later counts too: the code may run again. */
  #isAsked(node: Node): boolean {
    const { asked, bounds, tape, nested } = this.run;
    if (node.kind !== 'source' || node.trainability() !== 'yes' || (node.isOn(tape) && !nested)) return false;
    if (asked === undefined) return bounds?.more !== 'never' || bounds.possible.has(node);
    return this.#listed.some((other) => other === node || other.parts.includes(node) || node.parts.includes(other));
  }

  /** What the scope's list names: of an element that is one of several values, each of them. */
  get #listed(): readonly Node[] {
    const listed = new Set((this.run.asked ?? []).flatMap(({ node }) => node?.alternatives() ?? []));
    return [...listed].filter((node) => !node.transparent);
  }
}
