/**
 * The state that a module keeps to itself. Whoever else imports it may have called its functions by now: what these
 * write, by the names in their code, may be anything. They are not run for it.
 */
import type { Cell } from '../../domain/cell.ts';
import type { Environment } from '../../domain/environment.ts';
import type { HeapObject, Value } from '../../domain/value.ts';
import { isOfLibrary, members } from '../../domain/values.ts';
import type { Binding } from '../../program/ir.ts';
import { writtenKey } from '../../program/private-names.ts';
import type { Given } from '../../program/writes/given.ts';
import type { OutsideWrites } from '../../program/writes/outside.ts';
import { openSettings, openVariable, openWritten } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
import { accessorsOf } from '../values/attributes.ts';

/** `environment`: the top level of a module that has been run. */
export function openKeptState(m: Machine, environment: Environment, writes: OutsideWrites): void {
  openGiven(m, environment, writes, writes.given);
  const found = new Kept(m, environment);
  const spoken = [...environment.entries()].filter(([{ name }]) => writes.spoken.has(name));
  for (const [, cell] of spoken) found.followCell(cell);
  const variables = [...spoken, ...[...found.environments].flatMap((inner) => [...inner.entries()])];
  for (const [binding, cell] of variables) if (isVariable(binding) && writes.names.has(binding.name)) openVariable(m, cell, binding.site);
  for (const heap of found.heaps) openWritten(m, heap, writes);
}

/** What instances of exported classes hold, whoever makes them finds there. */
export function openHeldState(m: Machine, environment: Environment, writes: OutsideWrites): void {
  openGiven(m, environment, writes, writes.given.filter(({ by }) => by === 'instance'));
}

/** Others have what is given to them, and may change its settings. */
function openGiven(m: Machine, environment: Environment, { spoken }: OutsideWrites, given: readonly Given[]): void {
  const cells = new Map([...environment.entries()].map(([{ name }, cell]) => [name, cell]));
  const values = (name: string): Value[] => [cells.get(name)].flatMap((cell) => (cell && m.memory.read(cell)) ?? []);
  const kept = new Kept(m, environment);
  for (const [name, cell] of cells) if (spoken.has(name)) kept.followCell(cell);
  for (const { root, path, to } of given) {
    if (to !== undefined && values(to).every(isOfLibrary)) continue;
    const roots = root === 'this' ? path.length === 0 ? [] : [...kept.heaps].map((heap): Value => ({ kind: 'object', heap })) : values(root);
    for (const value of path.reduce((found, key) => found.flatMap((each) => held(m, each, key)), roots)) openSettings(m, value);
  }
}

/** What is held under a key, as the code writes it. */
function held(m: Machine, value: Value, key: string): readonly Value[] {
  return members(value).flatMap((member) => {
    const heap = member.kind === 'object' ? member.heap : member.kind === 'class' ? member.statics : undefined;
    return [...heap?.properties ?? []].flatMap(([name, cell]) => (writtenKey(name) === key ? m.memory.read(cell) ?? [] : []));
  });
}

function isVariable({ kind }: Binding): boolean {
  return kind === 'let' || kind === 'var' || kind === 'parameter';
}

/** The objects and the variables of functions that can be got at from inside a module. */
class Kept {
  readonly heaps = new Set<HeapObject>();
  readonly environments = new Set<Environment>();

  constructor(readonly machine: Machine, readonly top: Environment) {}

  followCell(cell: Cell): void {
    const value = this.machine.memory.read(cell);
    if (value !== undefined) this.#follow(value);
  }

  #follow(value: Value): void {
    switch (value.kind) {
      case 'union': for (const member of value.members) this.#follow(member); return;
      case 'promise': this.#follow(value.value); return;
      case 'closure': this.#enter(value.environment); return;
      case 'class':
        this.#enter(value.environment);
        this.#open(value.statics);
        return;
      case 'object': this.#open(value.heap); return;
      default: return;
    }
  }

  #open(heap: HeapObject): void {
    if (this.heaps.has(heap)) return;
    this.heaps.add(heap);
    for (const content of this.machine.memory.contents(heap)) this.#follow(content);
    for (const closure of accessorsOf(this.machine, heap)) this.#follow(closure);
    if (heap.class !== undefined) this.#follow(heap.class);
  }

  /** The variables around a function, up to those of the module. */
  #enter(environment: Environment): void {
    for (let scope: Environment | undefined = environment; scope !== undefined && scope !== this.top && !this.environments.has(scope); scope = scope.outer) {
      this.environments.add(scope);
      for (const cell of scope.cells()) this.followCell(cell);
    }
  }
}
