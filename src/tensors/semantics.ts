/** What the values of tensor libraries do in the hands of the language. */
import { argument } from '../domain/invocation.ts';
import type { Repetition } from '../domain/lifetimes.ts';
import type { Arguments, ExportValue, HeapObject, LibraryClass, LibraryValue, ListState, NativeValue, ObjectValue, UnknownValue, Value } from '../domain/value.ts';
import { members, nodeOf } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Inside, Misuse, Passage, Provenance, Semantics } from '../interpreter/machine/semantics.ts';
import type { Way } from '../interpreter/machine/way.ts';
import type { Library } from '../libraries/library.ts';
import { lastName, moduleOfPath, ownerOf } from '../libraries/owner.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import type { ModuleTarget, StaticType } from '../program/program.ts';
import { misusedFunction } from './gradient-functions.ts';
import { returnGradients, use } from './gradient-uses.ts';
import { insideOf } from './layers/contents.ts';
import { passageThrough } from './layers/each-layer.ts';
import { beginLayer, configureLayer } from './layers/own-layers.ts';
import { noteToldBuilt } from './layers/outdated.ts';
import { setTrainable } from './layers/trainability.ts';
import { callLibrary } from './library-calls.ts';
import { libraryGlobal } from './library-globals.ts';
import { instanceMember, readMember } from './library-members.ts';
import { LibraryModules } from './library-modules.ts';
import { oneRun, outsideRounds } from './lifetimes/rounds.ts';
import { comparedWays } from './lifetimes/ways.ts';
import { loseTrack } from './optimizers.ts';
import { presumed } from './presumed.ts';
import { itemsOf } from './tensor.ts';
import { TypedValues } from './typed-values.ts';

export class TensorSemantics implements Semantics {
  readonly #modules: LibraryModules;
  readonly #typed: TypedValues;

  constructor(readonly machine: Machine, readonly libraries: readonly Library[]) {
    this.#modules = new LibraryModules(machine.program, libraries);
    this.#typed = new TypedValues(machine, libraries);
  }

  global(name: string): Value | undefined {
    return libraryGlobal(this.machine, this.libraries, name);
  }

  exported(target: ModuleTarget, name: string): Value | undefined {
    return this.#modules.exported(target, name);
  }

  described(file: string, name: string): Value | undefined {
    return this.#modules.described(file, name);
  }

  owns(target: ModuleTarget): boolean {
    return target.kind !== 'unknown' && ownerOf(this.libraries, target) !== undefined;
  }

  declared(at: Site): Value | undefined {
    return this.#modules.declared(at);
  }

  typed(type: Extract<StaticType, { kind: 'instance' }>, from: Provenance): Value | undefined {
    return this.#typed.valueOf(type, from);
  }

  presumed(value: UnknownValue, name: string, args: Arguments, site: Site): Value | undefined {
    return presumed(this.machine, value, { name, arguments: args, site });
  }

  read(object: LibraryValue, name: string, site: Site, at: Site): Value {
    return readMember(this.machine, object, name, site, at);
  }

  iterated(value: LibraryValue): ListState | undefined {
    return value.kind === 'tensor' ? itemsOf(value) : undefined;
  }

  passage(through: HeapObject, depth: number): Passage | undefined {
    return passageThrough(this.machine, through, depth);
  }

  written(object: LibraryValue | ObjectValue, name: string | undefined, value: Value): void {
    if (object.kind === 'library') return;
    loseTrack(this.machine, object);
    const library = object.kind === 'object' ? object.heap.base?.library : object.library;
    if (name !== undefined && name === library?.trainable) setTrainable(this.machine, object, value);
    if (object.kind === 'instance' && (name === undefined || name === library?.layers?.built)) noteToldBuilt(this.machine, object);
  }

  call(callee: ExportValue, args: Arguments, site: Site, label: string): Value {
    return callLibrary(this.machine, callee, args, site, label);
  }

  misused(native: NativeValue, how: Misuse): void {
    misusedFunction(this.machine, native, how);
  }

  extended(parent: Value): LibraryClass | undefined {
    if (parent.kind !== 'library') return undefined;
    const { library, path } = parent;
    const name = moduleOfPath(library, path) === undefined ? lastName(path) : path;
    return Object.hasOwn(library.classes, name) ? { library, name } : undefined;
  }

  begun(instance: ObjectValue): void {
    beginLayer(this.machine, instance);
  }

  constructed(instance: ObjectValue, args: Arguments): void {
    configureLayer(this.machine, instance, argument(args, 0));
  }

  inherited(object: ObjectValue, { library, name: base }: LibraryClass, name: string, site: Site): Value {
    return instanceMember(this.machine, { kind: 'instance', library, class: base, node: undefined }, object, name, site);
  }

  /** Each open tape remembers where its scope first names a value that was made before it. */
  named(value: Value, site: Site): void {
    const { frame } = this.machine;
    for (let { tapes } = this.machine; tapes !== undefined; tapes = tapes.outer) {
      const tape = tapes.innermost;
      for (const member of members(value)) {
        const node = nodeOf(member);
        if (node !== undefined && !node.isOn(tape) && !tape.entries.has(node)) tape.entries.set(node, { site, chain: frame.chain });
      }
    }
  }

  repeated(repetition: Repetition | undefined, body: () => Value | undefined): void {
    oneRun(this.machine, repetition, body);
  }

  apart(body: () => void): void {
    outsideRounds(this.machine, body);
  }

  withheld(values: readonly Value[]): void {
    for (const value of values) this.machine.history.lifetimes.withheld.add(value);
  }

  get held(): Iterable<Value> {
    return this.machine.history.lifetimes.withheld;
  }

  inside(value: Value): Inside | undefined {
    return insideOf(this.machine, value);
  }

  used(values: readonly Value[]): void {
    use(this.machine, values);
  }

  left(ways: readonly Way[]): void {
    comparedWays(this.machine, ways);
  }

  returned(code: FunctionCode, value: Value): void {
    returnGradients(this.machine, code, value);
  }
}
