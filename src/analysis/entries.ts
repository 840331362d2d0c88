/** Functions that nothing in their file calls: they are run as somebody elsewhere may call them. */
import type { Cell } from '../domain/cell.ts';
import { sameContent } from '../domain/join.ts';
import type { Content, Store } from '../domain/store.ts';
import type { ClassValue, ClosureValue, HeapObject, ObjectValue, Value } from '../domain/value.ts';
import { absent, undefinedValue } from '../domain/values.ts';
import { openSettings } from '../interpreter/escape.ts';
import { fixpoint } from '../interpreter/fixpoint.ts';
import { generatorsIn, resume } from '../interpreter/generators/generator.ts';
import { argumentsByType } from '../interpreter/instances.ts';
import { catchUp, meanwhile } from '../interpreter/later.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { findMember, keyOf } from '../interpreter/values/class-members.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { ClassCode, FunctionCode, ModuleCode, Site } from '../program/ir.ts';
import { callOf, runLayer } from '../tensors/layers/layer-scopes.ts';
import type { Budget } from './budget.ts';

/** A function within one that nothing calls, or that was made by running it, may be called by nothing either. */
const generations = 6;

/** Items of a generator that nothing asks that are asked for one by one. */
const steps = 2;

export class Entries {
  /** `exported`: the code that the exports of the file lead to. */
  constructor(readonly machine: Machine, readonly module: ModuleCode, readonly exported: ReadonlySet<FunctionCode | ClassCode>, readonly budget: Budget) {}

  /**
   * Runs what nothing has called, as somebody elsewhere may: any time, in any order. Where that changes what others
   * find, everything is run once more, from what may then be there.
   */
  run(): void {
    const { memory, occasion, history } = this.machine;
    this.#catchUp();
    const mark = history.mark();
    const before = memory.store;
    occasion.preparing = false;
    memory.store = before.fork();
    const looks = memory.watched(() => { this.#runUncalled(); });
    const written = memory.store.since(memory.store);
    memory.store = before;
    // Asked before what they wrote is in the store. What nobody has looked at, nobody finds changed.
    const isChanged = [...written].some(([cell, content]) => changes(before, cell, content, looks));
    memory.absorb([written]);
    if (isChanged) {
      history.rewind(mark);
      this.#runUncalled();
    }
    this.#runLayersOfModels();
  }

  #runUncalled(): void {
    for (const code of this.module.functions) if (this.#mayWriteAgain(code)) this.#perhaps(() => { this.#again(code); });
    const tried = new Set<FunctionCode>();
    for (let generation = 0; generation < generations; generation++) {
      const entries = this.#uncalled(tried);
      if (entries.length === 0) return;
      for (const entry of entries) {
        tried.add(entry);
        if (!this.#isEntered(entry)) this.#perhaps(() => { this.#enter(entry); });
      }
    }
  }

  /** What others can call that the file has called itself. */
  #mayWriteAgain(code: FunctionCode): boolean {
    const { owner } = code;
    if (!this.#isEntered(code) || owner?.constructorCode === code || !(this.exported.has(code) || (owner !== undefined && this.exported.has(owner)))) return false;
    return !this.machine.program.outsideWrites(this.module.file).quiet.has(owner?.name ?? code.name);
  }

  /** Others call it with anything: what it does is known from the calls in the file, and what it writes is not. */
  #again(code: FunctionCode): void {
    const m = this.machine;
    const entry = this.#closureOf(code);
    if (entry === undefined) return;
    m.occasion.silently(() => { openSettings(m, m.invoke(entry.closure, entry.receiver, argumentsByType(m, code.parameters), code.nameSite, code.name)); });
  }

  /** Those that nothing names first: they are the ones that call the others. What is within a function waits for it: it may be called there. */
  #uncalled(tried: ReadonlySet<FunctionCode>): readonly FunctionCode[] {
    const named = (code: FunctionCode): number => this.module.occurrences.get(code.name) ?? 0;
    const waiting = this.module.functions.filter((code) => !this.#isEntered(code) && code.owner?.constructorCode !== code);
    return outermost(waiting, tried).sort((a, b) => Math.min(named(a), 2) - Math.min(named(b), 2));
  }

  #isEntered(code: FunctionCode): boolean {
    return this.machine.history.executed.entered.has(code);
  }

  /** What a layer does with its weights is asked of the layer alone, also where it has been run as part of a model. */
  #runLayersOfModels(): void {
    const m = this.machine;
    for (const heap of m.history.models.own.keys()) {
      const code = callOf(heap)?.code;
      if (code?.site.file === this.module.file && this.#isEntered(code)) this.#perhaps(() => { runLayer(m, { kind: 'object', heap }, code, 'weights'); });
    }
  }

  /** It may run or not. */
  #perhaps(body: () => void): void {
    const m = this.machine;
    this.budget.spend(() => {
      // Whoever holds functions of the file may have called them before. Done on what all of them find, so that none does it again.
      meanwhile(m);
      catchUp(m);
      m.either(() => undefined, () => {
        body();
        catchUp(m);
      });
    });
    m.jobs.close();
  }

  /** What goes on later goes on from what is there at the end. */
  #catchUp(): void {
    const m = this.machine;
    this.budget.spend(() => {
      m.either(() => undefined, () => {
        meanwhile(m);
        catchUp(m);
      });
    });
    m.jobs.close();
  }

  #enter(code: FunctionCode): void {
    const m = this.machine;
    const caller = m.history.executed.callers.get(code);
    if (caller !== undefined) {
      caller();
      return;
    }
    const entry = this.#closureOf(code);
    if (entry === undefined) return;
    if (entry.receiver.kind === 'object' && runLayer(m, entry.receiver, code, 'all')) return;
    // What they hold is there before.
    const args = argumentsByType(m, code.parameters);
    let result: Value = undefinedValue;
    const when = this.exported.has(code) || code.owner !== undefined ? 'later' : 'any time';
    m.semantics.repeated({ kind: 'call', site: code.nameSite, code, given: args.values, when }, () => (result = m.invoke(entry.closure, entry.receiver, args, code.nameSite, code.name)));
    for (const generator of generatorsIn(result)) this.#exhaust(generator, code.nameSite);
    // Whoever has called it has what it gives.
    openSettings(m, result);
    m.semantics.used([result]);
  }

  /** Asks a generator for its items, one after the other, with whatever may be handed to it. */
  #exhaust(generator: HeapObject, site: Site): void {
    const m = this.machine;
    const ask = (): void => { resume(m, generator, { kind: 'next', value: unknownFrom(m, [], site) }, site); };
    for (let count = 0; count < steps && m.reachable; count++) ask();
    fixpoint(m, ask);
  }

  /** A function as a value, and the object it is called on. */
  #closureOf(code: FunctionCode): { readonly closure: ClosureValue; readonly receiver: Value } | undefined {
    const m = this.machine;
    const created = m.history.executed.closures.get(code);
    if (created !== undefined) return { closure: created, receiver: created.receiver ?? undefinedValue };
    const { owner } = code;
    if (owner === undefined) return undefined;
    const member = owner.members.find((candidate) => candidate.function === code);
    if (member === undefined || member.kind === 'field' || member.kind === 'block') return undefined;
    for (const receiver of this.#receiversOf(owner)) {
      const { class: home } = receiver.heap;
      const key = home && keyOf(home, member);
      const closure = home === undefined || key === undefined ? undefined : findMember(home, key, member.kind, member.static ? 'static' : 'instance');
      if (home !== undefined && closure?.code === code) return { closure, receiver: member.static ? home : receiver };
    }
    return undefined;
  }

  /** Instances of a class: one of its own, or else those of classes that extend it. A method that these have of their own is not found in them. */
  #receiversOf(owner: ClassCode): readonly ObjectValue[] {
    const m = this.machine;
    const { instances } = m.history.executed;
    const own = instances.get(owner) ?? m.instanceOf(this.module.file, owner);
    if (own !== undefined) return own.kind === 'object' ? [own] : [];
    const made = [...instances.values()].filter(({ heap }) => extendsClass(heap.class, owner));
    if (made.length > 0) return made;
    return this.module.classes.filter((code) => code.extends !== undefined).flatMap((code) => {
      const instance = m.instanceOf(this.module.file, code);
      return instance?.kind === 'object' && extendsClass(instance.heap.class, owner) ? [instance] : [];
    });
  }
}

function extendsClass(of: ClassValue | undefined, base: ClassCode): boolean {
  for (let parent = of?.parent; parent?.kind === 'class'; parent = parent.parent) if (parent.code === base) return true;
  return false;
}

/** Functions in source order, without those that stand within others of them that have not been tried. */
function outermost(functions: readonly FunctionCode[], tried: ReadonlySet<FunctionCode>): FunctionCode[] {
  let end = -1;
  return functions.filter((code) => {
    const isOutside = code.site.start >= end;
    if (isOutside && !tried.has(code)) end = code.site.end;
    return isOutside;
  });
}

/** Whether a function that was run on its own changed what was there before it, for those who look. A place that was not there is looked for by its name. */
function changes(before: Store, cell: Cell, content: Content, looks: ReadonlySet<Cell>): boolean {
  const old = before.read(cell);
  if (old === undefined) return cell.allocation.shared;
  return (old === absent || looks.has(cell)) && !sameContent(old, content);
}
