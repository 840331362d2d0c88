/** All scopes of a file that has been run, judged one by one, and what they say of one another. */
import type { Cause } from '../../calculus/cause.ts';
import { sameCalls } from '../../domain/calls.ts';
import type { Node, Tape } from '../../domain/graph.ts';
import type { Mistake, ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import { isOfAlone, replacementOf } from './break-places.ts';
import { type Held, heldByOthers } from './held.ts';
import { isDrawn, isMeant, isMeasured, isTarget } from './intent.ts';
import type { Loss, LossOf, Verdict } from './losses.ts';
import { arithmeticMistakes, resultMistake } from './mistakes.ts';
import type { Break } from './trace.ts';
import { judge, reachedBy } from './verdict.ts';

/** Causes that the numbers in a value may decide. */
const byNumbers: ReadonlySet<Cause> = new Set<Cause>(['dead-activation', 'constant-where', 'zero-derivative']);

export class Survey {
  readonly verdicts: readonly Verdict[];
  /** Calls and results that are wrong in themselves, in the order of the program. */
  readonly mistakes: readonly Mistake[];
  /** Tapes of scopes that throw for what they return. */
  readonly failing: ReadonlySet<Tape>;
  /** Where sources are made that something trains or overwrites. */
  readonly #alive: ReadonlySet<string>;
  readonly #held: Held;
  #untold: ReadonlyMap<ScopeRun, ReadonlySet<string>> | undefined;
  #aliveUntold: ReadonlySet<string> | undefined;

  constructor(readonly run: FileRun) {
    const verdicts: Verdict[] = [];
    const mistakes: Mistake[] = [];
    const failing = new Set<Tape>();
    const held = this.#held = heldByOthers(run);
    for (const event of run.history.events) {
      if (event.kind === 'mistake') mistakes.push(event);
      if (event.kind !== 'scope') continue;
      const verdict = judge(event, held);
      if (verdict !== undefined) {
        verdicts.push(verdict);
        mistakes.push(...arithmeticMistakes(run.program, verdict));
      }
      const mistake = verdict === undefined ? resultMistake(run.program, event) : undefined;
      if (mistake === undefined) continue;
      mistakes.push(mistake);
      failing.add(event.tape);
    }
    [this.verdicts, this.mistakes, this.failing] = [verdicts, mistakes, failing];
    const alive = [...verdicts.flatMap(({ trained }) => trained), ...run.history.all('update').map(({ weights }) => weights)];
    this.#alive = placesOf(alive);
  }

  /** What a scope loses for certain, in view of all the others. */
  proven(verdict: Verdict): readonly Loss[] {
    const losses = this.#ofTape(verdict.run, this.#inEveryRound(verdict)).filter((loss) => loss.kind !== 'severed' || !(this.#livesElsewhere(verdict, loss.at) || this.#isDifferentiatedAgain(verdict, loss)));
    const blamed = losses.flatMap((loss) => this.#blamed(loss, losses, verdict.run.form) ?? []);
    const never = verdict.conditional.flatMap((loss) => {
      const sources = loss.sources.filter((node) => this.#neverTrains(node) && !this.#isOpen(node) && (loss.kind === 'severed' || node.holder !== 'type')).filter((node) => this.#isMissed(verdict, loss, node));
      return sources.length > 0 ? { ...loss, sources } : [];
    });
    return [...blamed, ...never];
  }

  /** Zeros that do not depend on the source: whoever asks for the gradient of them by it gets an error, or nothing, and sees that. */
  #isDifferentiatedAgain({ run, trace }: Verdict, { sources }: LossOf<'severed'>): boolean {
    if (run.form.kind !== 'arguments' || !sources.some((source) => trace.recorded.connects(source))) return false;
    return this.verdicts.some(({ run: { form, tape, asked = [] } }) => form.kind === 'arguments' && (tape === run.tape ? run.nested : trace.target.isOn(tape)) && asked.some(({ node }) => node !== undefined && sources.includes(node)));
  }

  /** Whether the code says that it wants the source to train. */
  #isMissed({ run, trace, trained }: Verdict, loss: Verdict['conditional'][number], source: Node): boolean {
    if (loss.kind !== 'severed') return true;
    const breaks = trace.breaksOf(source);
    if (loss.at.cause !== 'computed-outside') return !isTarget(trace, breaks, new Set(trained));
    if (trained.length === 0 && isMeasured(trace, breaks)) return true;
    if (isDrawn(source, trace.tape.library) && breaks.some((at) => this.#isReplaced(run, at, source))) return true;
    const others = this.verdicts.filter((other) => other.run !== run && other.run.site === run.site);
    return isMeant(trace, source, breaks, new Set(trained), (value) => others.some((other) => other.trace.uses(value)));
  }

  /** Where the code names a weight it has put a value in its place that is made of it: it wants the weight. */
  #isReplaced(run: ScopeRun, at: Break, source: Node): boolean {
    const value = replacementOf(this.run, run, at, source);
    return value !== undefined && isOfAlone(this.run, value, source);
  }

  /** What gets a gradient in one round of a loop, or in another use of a helper, may do without it in this one: where nothing throws. */
  #inEveryRound({ run, trace, losses }: Verdict): readonly Loss[] {
    const isTape = run.form.kind === 'tape';
    const others = this.verdicts.filter((other) => other.run !== run && other.run.site === run.site && (!isTape || sameCalls(other.run.chain, run.chain)));
    const trained = new Set(others.flatMap((other) => other.trained.map(placeKey)));
    const used = new Set(others.flatMap((other) => other.trace.sources.map(placeKey)));
    return losses.flatMap((loss) => {
      if (loss.kind !== 'severed' && loss.kind !== 'unused') return loss;
      if (loss.alone && !(loss.kind === 'severed' && loss.sources.some((node) => trace.recorded.connects(node)))) return loss;
      const isElsewhere = (node: Node): boolean => (loss.kind === 'severed' ? trained.has(placeKey(node)) || this.trainsUntold(run.site, node) : used.has(placeKey(node)) || (!isTape && this.#isAlive(node)));
      const sources = loss.sources.filter((node) => !isElsewhere(node));
      return sources.length === 0 ? [] : { ...loss, sources };
    });
  }

  /** Whether a run of a scope of which nothing is told trains a source. */
  trainsUntold(site: Site, node: Node): boolean {
    return [...this.#trainedUntold()].some(([scope, places]) => scope.site === site && places.has(placeKey(node)));
  }

  /** What numbers decide, they decide for one run of a function. Where another run gets a gradient through the same operation, the function is as it should be. */
  #livesElsewhere({ run }: Verdict, { cause, after, edge }: Break): boolean {
    if (!byNumbers.has(cause) || run.callback === undefined) return false;
    const isAlive = (node: Node): boolean => node.site === after.site && node.inputs.some((input) => input.effect === 'flows' && input.site === edge.site);
    return this.verdicts.some((other) => other.run !== run && other.run.callback === run.callback && other.trace.live.some(isAlive));
  }

  /** What unknown code, or code elsewhere, does with a tape, nobody can say; nor whether code past the bound lets it watch something. */
  #ofTape({ form }: ScopeRun, losses: readonly Loss[]): readonly Loss[] {
    if (form.kind !== 'tape') return losses;
    if (this.#isOpen(form.tape.node) || this.run.history.escaped.has(form.tape.node)) return [];
    return this.run.complete ? losses : losses.filter(({ kind }) => kind !== 'unwatched');
  }

  /** Of sources that all got nothing, those that something else gives values (a target network) are not the mistake. */
  #blamed(loss: Loss, others: readonly Loss[], form: ScopeRun['form']): Loss | undefined {
    if (loss.kind === 'untracked') return this.#mayLive(loss.node) || (this.#isOfExport(loss.node) && this.run.isTrainedElsewhere()) ? undefined : loss;
    if (loss.kind === 'unused-weight') return this.#mayLive(loss.node) || this.#isUsed(loss.node) || (this.#isOfExport(loss.node) && this.#isExtendedUnseen()) ? undefined : loss;
    return loss.kind === 'severed' ? this.#blamedCut(loss, others, form) : loss;
  }

  #blamedCut(loss: LossOf<'severed'>, others: readonly Loss[], form: ScopeRun['form']): Loss | undefined {
    if (form.kind === 'function' && form.role === 'layer') {
      const sources = loss.sources.filter((node) => node.foreign || (!this.#mayLive(node) && !this.#isReached(node)));
      return sources.length === 0 ? undefined : { ...loss, sources };
    }
    // A model is trained whole, and part of it may have been trained by another.
    if (!loss.alone && form.kind !== 'training') return loss;
    const all = others.flatMap((other) => (other.kind === 'severed' ? other.sources : []));
    // A stop throws nothing: in a run that is there for other sources, it may be meant.
    if (loss.alone && loss.at.cause !== 'stop-gradient' && all.every((node) => this.#isAlive(node))) return loss;
    const sources = loss.sources.filter((node) => !this.#isAlive(node));
    return sources.length === 0 ? undefined : { ...loss, sources };
  }

  /** Some run gives a gradient to what the place makes. */
  #isReached(node: Node): boolean {
    const key = placeKey(node);
    return this.verdicts.some(({ trace }) => [...trace.reached].some((source) => placeKey(source) === key));
  }

  /** Some scope uses what the place makes. */
  #isUsed(node: Node): boolean {
    const key = placeKey(node);
    return this.verdicts.some(({ trace }) => trace.sources.some((source) => placeKey(source) === key));
  }

  #isAlive(node: Node): boolean {
    return [node, ...node.parts].map(placeKey).some((place) => this.#alive.has(place) || this.#isAliveUntold(place));
  }

  /** A function that is called again and again is told of once, and another call may find another state. */
  #isAliveUntold(place: string): boolean {
    if (this.#aliveUntold === undefined) {
      const written = this.run.history.untold.flatMap((event) => (event.kind === 'update' ? event.weights : []));
      this.#aliveUntold = new Set([placesOf(written), ...this.#trainedUntold().values()].flatMap((places) => [...places]));
    }
    return this.#aliveUntold.has(place);
  }

  #trainedUntold(): ReadonlyMap<ScopeRun, ReadonlySet<string>> {
    return this.#untold ??= new Map(this.run.history.untold.flatMap((event) => (event.kind === 'scope' ? [[event, placesOf(reachedBy(event, this.#held))]] : [])));
  }

  /** Something gives it values, or unknown code has it. */
  #mayLive(node: Node): boolean {
    return this.#isAlive(node) || this.run.history.escaped.has(node);
  }

  /** What a layer does not use, classes that extend it may. */
  #isExtendedUnseen(): boolean {
    const { program, file } = this.run;
    return program.isMentionedUnseen(file, /\bextends\b/u);
  }

  /** An exported class or function makes it. */
  #isOfExport({ site }: Node): boolean {
    return [...this.run.exported.code].some((code) => isWithin(site, code.site));
  }

  /** Code outside this file can get at the source. */
  #isOpen(node: Node): boolean {
    return node.holder === 'elsewhere' || this.run.exported.nodes.has(node);
  }

  /** No scope that was seen trains the source, nothing else gives it values, and no unknown code has it. */
  #neverTrains(node: Node): boolean {
    return this.run.complete && !this.#mayLive(node);
  }
}

function placesOf(nodes: readonly Node[]): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => [node, ...node.parts]).map(placeKey));
}

/** Where a source is made, by which calls and under which name: the same for every run over the same code. */
function placeKey(node: Node): string {
  let key = `${node.site.file}:${String(node.site.start)}:${node.name ?? ''}`;
  for (let call = node.chain; call !== undefined; call = call.caller) key += `<${String(call.site.start)}`;
  return key;
}
