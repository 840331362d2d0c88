/** The analysis of one file: everything in it is run once, and what its scopes lose is told. */
import type { Cause } from '../calculus/cause.ts';
import type { Library } from '../libraries/library.ts';
import type { Binding, ClassCode, FunctionCode, ModuleCode } from '../program/ir.ts';
import type { Program } from '../program/program.ts';
import { Environment } from '../domain/environment.ts';
import type { Finding } from '../judgements/finding.ts';
import { callClosure } from '../interpreter/functions.ts';
import { type Node, sameCalls } from '../domain/graph.ts';
import { Heard } from './heard.ts';
import { sameContent } from '../domain/join.ts';
import { type Inspection, ScopeVerdict } from '../judgements/gradients/inspection.ts';
import { type Mistake, resultMistake } from '../judgements/gradients/mistakes.ts';
import { callOf, runLayer } from '../tensors/layers/layer-scopes.ts';
import { BudgetExceeded, Machine, type Observer, type UninitialisedUse } from '../interpreter/machine.ts';
import { Realm, argumentsByType, openSettings, runModule } from '../interpreter/realm.ts';
import { earlyUse, mistakeFindings, modelsOf, nameOf, reportLoss } from '../judgements/gradients/report.ts';
import type { ScopeRun } from '../tensors/scopes.ts';
import { type Elsewhere, isUsedOutside, sharedBindings } from '../program/scripts.ts';
import type { ComputedGradient, Suspicion, SyncRead } from '../judgements/training/suspicions.ts';
import type { Cell, Content, Store } from '../domain/store.ts';
import { type ClosureValue, type ObjectValue, type Value, undefinedValue } from '../domain/value.ts';
import { codeIn, reachableNodes } from '../interpreter/unknown.ts';
import type { Break } from '../judgements/gradients/trace.ts';
import { use } from '../tensors/uses.ts';
import { type Verdict, judge } from '../judgements/gradients/verdict.ts';
import { type Exported, Warnings } from '../judgements/training/warnings.ts';
import { findMember } from '../interpreter/classes.ts';

/** Interpretation steps for a whole file, and the part of them that one entry may take: about two seconds at worst. */
const fileBudget = { base: 120_000, perLine: 60 };
const entryShare = 0.5;

/** Causes that the numbers in a value may decide. */
const byNumbers: ReadonlySet<Cause> = new Set<Cause>(['dead-activation', 'constant-where', 'zero-derivative']);

const nowhere: Elsewhere = () => false;

export function analyse(program: Program, libraries: readonly Library[], file: string, elsewhere = nowhere): readonly Finding[] {
  return inspect(program, libraries, file, elsewhere).findings;
}

/** As `analyse`, with the verdicts on all scopes. */
export function inspect(program: Program, libraries: readonly Library[], file: string, elsewhere = nowhere): Inspection {
  const module = program.module(file);
  return module === undefined ? { findings: [], scopes: [] } : new FileAnalysis(program, libraries, module, elsewhere).run();
}

class FileAnalysis implements Observer {
  readonly #machine: Machine;
  #heard = new Heard();
  readonly #closures = new Map<FunctionCode, ClosureValue>();
  readonly #instances = new Map<ClassCode, ObjectValue>();
  /** Functions that only a library calls, and how it does. */
  readonly #customised = new Map<FunctionCode, () => void>();
  /** What the file's exports lead to. */
  readonly #exported: Exported = { nodes: new Set(), code: new Set() };
  /** Where sources are made that are trained or overwritten; asked for when everything has run. */
  #alivePlaces: ReadonlySet<string> | undefined;
  #complete = true;
  /** Steps that are left for the file. */
  #left: number;
  readonly #share: number;

  constructor(program: Program, libraries: readonly Library[], readonly module: ModuleCode, readonly elsewhere: Elsewhere) {
    const realm = new Realm(program, libraries);
    this.#machine = new Machine(program, libraries, realm, this);
    this.#left = fileBudget.base + fileBudget.perLine * lineCount(program, module);
    this.#share = this.#left * entryShare;
  }

  run(): Inspection {
    const environment = new Environment(undefined);
    this.#machine.realm.adopt(this.module, environment);
    this.#bounded(() => { runModule(this.#machine, this.module, environment); });
    this.#machine.environment = environment;
    this.#collectExports(environment);
    this.#runUncalled();
    return this.#told();
  }

  #collectExports(environment: Environment): void {
    const m = this.#machine;
    for (const binding of this.#openBindings()) {
      const cell = environment.find(binding);
      const value = cell === undefined ? undefined : m.read(cell);
      if (value === undefined) continue;
      for (const node of reachableNodes(m, value)) this.#exported.nodes.add(node);
      for (const code of codeIn(m, value)) this.#exported.code.add(code);
      openSettings(m, value);
    }
  }

  /** What code elsewhere can name: the exports of a module, and of a script all that others use. */
  #openBindings(): readonly Binding[] {
    const { program } = this.#machine;
    const { file, exports } = this.module;
    const exported = [...exports.values()].flatMap((entry) => (entry.kind === 'binding' ? [entry.binding] : []));
    return [...exported, ...sharedBindings(program, file).filter(({ name }) => this.elsewhere(name) || isUsedOutside(program, file, name))];
  }

  // — what is run —

  /** Runs one entry; code past the bound stays unknown. */
  #bounded(body: () => void): void {
    const m = this.#machine;
    const granted = Math.min(this.#left, this.#share);
    m.budget = granted;
    m.reachable = true;
    try {
      m.guarded(body);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.#complete = false;
    }
    this.#left -= granted - m.budget;
    m.reachable = true;
  }

  /**
   * Runs what nothing has called, as somebody elsewhere may: any time, in any order. Where that changes what others
   * find, everything is run once more, from what may then be there.
   */
  #runUncalled(): void {
    const m = this.#machine;
    const heard = this.#heard.copy();
    const before = m.store;
    m.preparing = false;
    m.store = before.fork();
    this.#runEntries();
    const written = m.store.since(m.store);
    m.store = before;
    m.store.absorb([written], m.joiner.contents);
    if ([...written].some(([cell, content]) => changes(before, cell, content))) {
      this.#heard = heard;
      this.#runEntries();
    }
    this.#runLayersOfModels();
  }

  /** What a layer does with its weights is asked of the layer alone, also where it has been run as part of a model. */
  #runLayersOfModels(): void {
    const m = this.#machine;
    for (const heap of m.models.own.keys()) {
      const code = callOf(heap)?.code;
      if (code?.site.file === this.module.file && this.#heard.entered.has(code)) this.#bounded(() => { m.either(() => undefined, () => { runLayer(m, { kind: 'object', heap }, code, 'weights'); }); });
    }
  }

  #runEntries(): void {
    for (let round = 0; round < 4; round++) {
      const entries = this.#entries();
      if (entries.length === 0) return;
      for (const entry of entries) {
        if (!this.#heard.entered.has(entry)) this.#bounded(() => { this.#machine.either(() => undefined, () => { this.#enter(entry); }); });
      }
    }
  }

  /** Functions that nothing has called, those that nothing names first: they are the ones that call the others. */
  #entries(): readonly FunctionCode[] {
    const named = (code: FunctionCode): number => this.module.occurrences.get(code.name) ?? 0;
    return this.module.functions.filter((code) => !this.#heard.entered.has(code) && code.owner?.constructorCode !== code).sort((a, b) => Math.min(named(a), 2) - Math.min(named(b), 2));
  }

  #enter(code: FunctionCode): void {
    const m = this.#machine;
    const apply = this.#customised.get(code);
    if (apply !== undefined) {
      apply();
      return;
    }
    const entry = this.#closureOf(code);
    if (entry === undefined) return;
    if (entry.receiver.kind === 'object' && runLayer(m, entry.receiver, code, 'all')) return;
    use(m, [callClosure(m, entry.closure, entry.receiver, argumentsByType(m, code.parameters), code.nameSite)]);
  }

  /** A function as a value, and the object it is called on. */
  #closureOf(code: FunctionCode): { readonly closure: ClosureValue; readonly receiver: Value } | undefined {
    const created = this.#closures.get(code);
    if (created !== undefined) return { closure: created, receiver: created.receiver ?? undefinedValue };
    const { owner } = code;
    if (owner === undefined) return undefined;
    const receiver = this.#instances.get(owner) ?? this.#machine.realm.instanceOfOwn(this.#machine, owner);
    if (receiver?.kind !== 'object' || receiver.heap.class === undefined) return undefined;
    const member = owner.members.find((candidate) => candidate.function === code);
    if (member?.key.op !== 'constant' || member.kind === 'field' || member.kind === 'block') return undefined;
    const closure = findMember(receiver.heap.class, String(member.key.value), member.kind, member.static);
    return closure?.code === code ? { closure, receiver: member.static ? receiver.heap.class : receiver } : undefined;
  }

  // — what is heard —

  entered(code: FunctionCode): void {
    this.#heard.entered.add(code);
  }

  customised(code: FunctionCode, apply: () => void): void {
    this.#customised.set(code, apply);
  }

  created(closure: ClosureValue): void {
    this.#closures.set(closure.code, closure);
  }

  constructed(instance: ObjectValue): void {
    const code = instance.heap.class?.code;
    if (code !== undefined) this.#instances.set(code, instance);
  }

  uninitialised(use: UninitialisedUse, m: Machine): void {
    if (m.tapes !== undefined) this.#heard.early.push({ use, chain: m.frame.chain });
  }

  updated(weights: Node | undefined, how: 'trained' | 'overwritten'): void {
    if (weights === undefined) return;
    this.#keepAlive(weights);
    if (how === 'overwritten') for (const node of [weights, ...weights.parts]) this.#heard.overwritten.add(node);
  }

  syncRead(read: SyncRead): void {
    this.#heard.syncReads.push(read);
  }

  gradient(gradient: ComputedGradient): void {
    this.#heard.gradients.push(gradient);
  }

  suspicion(suspicion: Suspicion): void {
    this.#heard.suspicions.push(suspicion);
  }

  scope(run: ScopeRun): void {
    const verdict = judge(run);
    if (verdict === undefined) {
      const mistake = resultMistake(run);
      if (mistake !== undefined) {
        this.mistake(mistake);
        this.#heard.failing.add(run.tape);
      }
      return;
    }
    this.#heard.verdicts.push(verdict);
    for (const node of verdict.trained) this.#keepAlive(node);
  }

  mistake(mistake: Mistake): void {
    this.#heard.mistakes.push(mistake);
  }

  #keepAlive(node: Node): void {
    this.#heard.alive.add(node);
    for (const part of node.parts) this.#heard.alive.add(part);
  }

  // — what is told —

  #told(): Inspection {
    const m = this.#machine;
    const naming = { nameOf: (node: Node) => nameOf(m, node), modelsOf: (node: Node) => modelsOf(m, node) };
    const judged = this.#heard.verdicts.map((verdict) => ({ verdict, losses: this.#proven(verdict) }));
    const warnings = new Warnings(m, { file: this.module.file, heard: this.#heard, exported: this.#exported, complete: this.#complete }, judged.flatMap(({ losses }) => losses.flatMap((loss) => (loss.kind === 'severed' ? [loss.at.after] : []))));
    const scopes = judged.map(({ verdict, losses }) => {
      const findings = losses.flatMap((loss) => reportLoss(m, this.module.file, verdict, loss));
      return new ScopeVerdict(verdict, [...findings, ...warnings.partial(verdict)], naming);
    });
    const early = this.#heard.early.flatMap(({ use, chain }) => earlyUse(m, this.module.file, use, chain));
    const mistakes = this.#heard.mistakes.flatMap((mistake) => mistakeFindings(m, this.module.file, mistake));
    // What a layer or loss shows alone is told better by the model that it is part of.
    const whole = [...scopes.flatMap(({ run, findings }) => (run.form.kind === 'function' ? [] : findings)), ...early, ...mistakes];
    const places = new Set(whole.map(findingKey));
    const alone = scopes.flatMap(({ run, findings }) => (run.form.kind === 'function' ? findings.filter((finding) => !places.has(findingKey(finding))) : []));
    const told = [...whole, ...alone];
    return { findings: unique([...told, ...warnings.loose(told)]), scopes };
  }

  /** What a scope loses for certain, in view of all the others. */
  #proven(verdict: Verdict): Verdict['losses'] {
    const losses = this.#ofTape(verdict.run, this.#inEveryRound(verdict)).filter((loss) => loss.kind !== 'severed' || !this.#livesElsewhere(verdict, loss.at));
    const blamed = losses.flatMap((loss) => this.#blamed(loss, losses, verdict.run.form) ?? []);
    const never = verdict.conditional.flatMap((loss) => {
      const sources = loss.sources.filter((node) => this.#neverTrains(node) && !this.#isOpen(node) && (loss.kind === 'severed' || !node.typed));
      return sources.length > 0 ? { ...loss, sources } : [];
    });
    return [...blamed, ...never];
  }

  /** What gets a gradient in one round of a loop, or in another use of a helper, may do without it in this one: where nothing throws. */
  #inEveryRound({ run, trace, losses }: Verdict): Verdict['losses'] {
    const isTape = run.form.kind === 'tape';
    const others = this.#heard.verdicts.filter((other) => other.run !== run && other.run.site === run.site && (!isTape || sameCalls(other.run.chain, run.chain)));
    const trained = new Set(others.flatMap((other) => other.trained.map(placeKey)));
    const used = new Set(others.flatMap((other) => other.trace.sources.map(placeKey)));
    return losses.flatMap((loss) => {
      if (loss.kind !== 'severed' && loss.kind !== 'unused') return loss;
      if (loss.alone && !(loss.kind === 'severed' && loss.sources.some((node) => trace.recorded.connects(node)))) return loss;
      const isElsewhere = (node: Node): boolean => (loss.kind === 'severed' ? trained.has(placeKey(node)) : used.has(placeKey(node)) || (!isTape && this.#isAlive(node)));
      const sources = loss.sources.filter((node) => !isElsewhere(node));
      return sources.length === 0 ? [] : { ...loss, sources };
    });
  }

  /** What numbers decide, they decide for one run of a function. Where another run gets a gradient through the same operation, the function is as it should be. */
  #livesElsewhere({ run }: Verdict, { cause, after, edge }: Break): boolean {
    if (!byNumbers.has(cause) || run.callback === undefined) return false;
    const isAlive = (node: Node): boolean => node.site === after.site && node.inputs.some((input) => input.effect === 'flows' && input.site === edge.site);
    return this.#heard.verdicts.some((other) => other.run !== run && other.run.callback === run.callback && other.trace.live.some(isAlive));
  }

  /** What unknown code, or code elsewhere, does with a tape, nobody can say; nor whether code past the bound lets it watch something. */
  #ofTape({ form }: ScopeRun, losses: Verdict['losses']): Verdict['losses'] {
    if (form.kind !== 'tape') return losses;
    if (this.#isOpen(form.tape.node) || this.#machine.escaped.has(form.tape.node)) return [];
    return this.#complete ? losses : losses.filter(({ kind }) => kind !== 'unwatched');
  }

  #isAlive(node: Node): boolean {
    const alive = this.#alivePlaces ??= new Set([...this.#heard.alive].map(placeKey));
    return alive.has(placeKey(node)) || node.parts.some((part) => alive.has(placeKey(part)));
  }

  /** Of sources that all got nothing, those that something else gives values (a target network) are not the mistake. */
  #blamed(loss: Verdict['losses'][number], others: readonly Verdict['losses'][number][], form: ScopeRun['form']): Verdict['losses'][number] | undefined {
    if (loss.kind === 'untracked') return this.#isAlive(loss.node) || this.#machine.escaped.has(loss.node) ? undefined : loss;
    if (loss.kind === 'unused-weight') return this.#isAlive(loss.node) || this.#machine.escaped.has(loss.node) || this.#isUsed(loss.node) ? undefined : loss;
    if (loss.kind !== 'severed') return loss;
    // A model is trained whole, and part of it may have been trained by another.
    if (!loss.alone && form.kind !== 'training') return loss;
    const all = others.flatMap((other) => (other.kind === 'severed' ? other.sources : []));
    // A stop throws nothing: in a run that is there for other sources, it may be meant.
    if (loss.alone && loss.at.cause !== 'stop-gradient' && all.every((node) => this.#isAlive(node))) return loss;
    const sources = loss.sources.filter((node) => !this.#isAlive(node));
    return sources.length === 0 ? undefined : { ...loss, sources };
  }

  /** Some scope uses what the place makes. */
  #isUsed(node: Node): boolean {
    const key = placeKey(node);
    return this.#heard.verdicts.some(({ trace }) => trace.sources.some((source) => placeKey(source) === key));
  }

  /** Code outside this file can get at the source. */
  #isOpen(node: Node): boolean {
    return node.elsewhere || this.#exported.nodes.has(node);
  }

  /** No scope that was seen trains the source, nothing else gives it values, and no unknown code has it. */
  #neverTrains(node: Node): boolean {
    return this.#complete && !this.#machine.escaped.has(node) && !this.#isAlive(node);
  }
}

/** Whether a function that was run on its own changed what was there before it. */
function changes(before: Store, cell: Cell, content: Content): boolean {
  const old = before.read(cell);
  return old === undefined ? cell.shared : !sameContent(old, content);
}

function lineCount(program: Program, module: ModuleCode): number {
  return program.text(module.site).split('\n').length;
}

/** Where a source is made, by which calls and under which name: the same for every run over the same code. */
function placeKey(node: Node): string {
  let key = `${node.site.file}:${String(node.site.start)}:${node.name ?? ''}`;
  for (let call = node.chain; call !== undefined; call = call.caller) key += `<${String(call.site.start)}`;
  return key;
}

function findingKey({ cause, site }: Finding): string {
  return `${cause}|${String(site.start)}|${String(site.end)}`;
}

/** One report for each place and cause; the sources of several runs together. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, finding);
    else byPlace.set(key, { ...known, sources: [...new Set([...known.sources, ...finding.sources])] });
  }
  return [...byPlace.values()];
}
