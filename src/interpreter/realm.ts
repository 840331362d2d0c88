/**
 * The world around the code at hand: modules and their names, globals, and what the language itself makes.
 */
import type { Library } from '../libraries/library.ts';
import { type Owner, type Place, below, ownerOf } from '../libraries/owner.ts';
import type { Binding, ClassCode, ModuleCode, Site } from '../program/ir.ts';
import type { ModuleTarget, Program } from '../program/program.ts';
import { iterateValue, keysOf } from './builtins/iteration.ts';
import { functionMember } from './builtins/function-members.ts';
import { globalMember, globalValue } from './builtins/globals.ts';
import { libraryGlobal } from '../tensors/library-globals.ts';
import { describedExport } from '../tensors/library-members.ts';
import { construct } from './classes.ts';
import { Environment } from '../domain/environment.ts';
import { Node } from '../domain/graph.ts';
import { type Arguments, noArguments } from './invocation.ts';
import type { Machine } from './machine.ts';
import { defineMember, getMember } from './members.ts';
import { enterScope, executeAll } from './statements.ts';
import { type Provenance, fromType } from './types.ts';
import { foreign, unknownFrom } from './unknown.ts';
import { type ClassValue, type HeapObject, type LibraryValue, type ListState, type ObjectValue, type UnknownValue, type Value, literal, plainHost, undefinedValue } from '../domain/value.ts';

export class Realm {
  readonly #environments = new Map<string, Environment>();
  readonly #foreignSources = new Map<Node, Node>();
  readonly #instances = new Map<ClassCode, Value>();
  readonly #pending = new Set<ClassCode>();
  /** The source files of which somebody has described exports. */
  readonly #describedFiles = new Map<string, Owner>();
  #own: string | undefined;

  constructor(readonly program: Program, readonly libraries: readonly Library[]) {}

  // — names —

  load(m: Machine, binding: Binding, site: Site): Value {
    if (binding.imported !== undefined) return this.#imported(m, binding, site);
    const cell = m.environment.find(binding);
    const value = cell === undefined ? undefined : m.read(cell);
    if (value === undefined) return foreign(m, binding.name, site, undefined);
    if (value.kind === 'uninitialised') return this.#uninitialised(m, binding, site);
    return value.kind === 'union' ? m.joiner.all(value.members.filter((member) => member.kind !== 'uninitialised')) : value;
  }

  /** A name before its declaration has run: an error for certain, unless the code runs later than it seems. */
  #uninitialised(m: Machine, binding: Binding, site: Site): Value {
    if (!m.frame.late && m.muted === 0) m.observer.uninitialised({ name: binding.name, site, declared: binding.site, effect: 'ReferenceError' }, m);
    return foreign(m, binding.name, site, undefined);
  }

  store(m: Machine, binding: Binding, value: Value, declares: boolean): void {
    const cell = declares ? m.environment.find(binding) ?? m.environment.declare(binding) : m.environment.find(binding);
    if (cell !== undefined) m.write(cell, value);
  }

  /** A call of a name that has no value: an error for certain, of a variable that gets its function later. */
  undefinedCall(m: Machine, binding: Binding, site: Site): Value {
    const later = binding.kind === 'var' || binding.kind === 'let';
    if (later && !m.frame.late && m.muted === 0) m.observer.uninitialised({ name: binding.name, site, declared: binding.site, effect: 'TypeError' }, m);
    return unknownFrom(m, [], site);
  }

  global(m: Machine, name: string, site: Site): Value {
    return globalValue(name) ?? libraryGlobal(m, name, site) ?? this.#declared(m, name, site);
  }

  /** An ambient declaration, such as `declare const tf: typeof import('@tensorflow/tfjs')`. */
  #declared(m: Machine, name: string, site: Site): Value {
    const type = this.program.typeOf(site);
    return fromType(m, type, { node: foreign(m, name, site).node, site, name });
  }

  // — modules —

  #imported(m: Machine, binding: Binding, site: Site): Value {
    const from = binding.imported;
    if (from === undefined) return undefinedValue;
    const target = this.program.resolve(from.specifier);
    const value = this.#exportOf(m, target, from.name, site);
    return value ?? this.declaredElsewhere(m, binding.name, binding.site, site);
  }

  /** A name of a package of which no more is known: what a library declares under it, or a value of its type. `at` is where its declaration is asked for. */
  declaredElsewhere(m: Machine, name: string, at: Site, site: Site): Value {
    const origin = this.program.originOf(at);
    const owner = origin?.container === undefined ? origin && this.#ownerOf(origin) : undefined;
    return (origin && owner && libraryExport(owner, origin.name)) ?? foreign(m, name, site, this.program.typeOf(site));
  }

  #exportOf(m: Machine, target: ModuleTarget, name: string, site: Site): Value | undefined {
    if (target.kind === 'unknown') return undefined;
    const owner = this.#ownerOf(target);
    if (target.kind === 'source' && owner?.module !== undefined) this.#describedFiles.set(target.file, owner);
    else if (owner !== undefined) return libraryExport(owner, name);
    if (target.kind !== 'source') return undefined;
    return name === '*' ? { kind: 'module', file: target.file } : this.exported(m, target.file, name, site);
  }

  #ownerOf(place: Place): Owner | undefined {
    return ownerOf(this.libraries, place);
  }

  /** The library that a module is, or the namespace of a source file. */
  target(m: Machine, target: ModuleTarget, site: Site): Value | undefined {
    return this.#exportOf(m, target, '*', site);
  }

  /** `import('x')`, `require('x')`. */
  namespace(m: Machine, specifier: Site, text: string): Value {
    const target = this.program.resolve(specifier);
    const value = this.target(m, target, specifier);
    if (value?.kind === 'module') {
      const commonjs = this.program.module(value.file)?.commonjs;
      if (commonjs !== undefined) return this.exported(m, value.file, 'export=', specifier);
    }
    return value ?? foreign(m, text, specifier);
  }

  /** What a source file exports under a name. */
  exported(m: Machine, file: string, name: string, site: Site): Value {
    return this.#describedIn(file, name) ?? this.#find(m, file, name, site, new Set()) ?? foreign(m, name, site, this.program.typeOf(site));
  }

  /** What somebody has said of an export, in place of its code. */
  #describedIn(file: string, name: string): Value | undefined {
    const owner = this.#describedFiles.get(file);
    return owner?.module?.paths.has(below(owner.module.prefix, name)) === true ? libraryExport(owner, name) : undefined;
  }

  #find(m: Machine, file: string, name: string, site: Site, seen: Set<string>): Value | undefined {
    const module = this.program.module(file);
    if (module === undefined || seen.has(file)) return undefined;
    seen.add(file);
    const environment = this.environmentOf(m, module);
    const entry = module.exports.get(name);
    if (entry?.kind === 'binding') {
      const cell = environment.find(entry.binding);
      if (entry.binding.imported !== undefined) return this.#imported(m, entry.binding, site);
      const value = cell === undefined ? undefined : m.read(cell);
      return value === undefined || value.kind === 'uninitialised' ? undefined : value;
    }
    if (entry?.kind === 'from') return this.#exportOf(m, this.program.resolve(entry.specifier), entry.name, site);
    if (module.commonjs !== undefined) return this.#commonjs(m, environment, module.commonjs, name, site);
    for (const star of module.stars) {
      const target = this.program.resolve(star.specifier);
      const value = target.kind === 'source' && this.#ownerOf(target) === undefined
        ? this.#find(m, target.file, name, site, seen)
        : this.#exportOf(m, target, name, site);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #commonjs(m: Machine, environment: Environment, binding: Binding, name: string, site: Site): Value | undefined {
    const cell = environment.find(binding);
    const value = cell === undefined ? undefined : m.read(cell);
    if (value === undefined) return undefined;
    return name === 'default' || name === 'export=' || name === '*' ? value : getMember(m, value, literal(name), site);
  }

  /** The variables of a source file, which is run when it is first asked for. */
  environmentOf(m: Machine, module: ModuleCode): Environment {
    const known = this.#environments.get(module.file);
    if (known !== undefined) return known;
    const environment = new Environment(undefined);
    this.#environments.set(module.file, environment);
    m.importing++;
    try {
      m.apart(() => { runModule(m, module, environment); });
    } finally {
      m.importing--;
    }
    return environment;
  }

  /** The variables of the file under analysis, which is not run on demand. */
  adopt(module: ModuleCode, environment: Environment): void {
    this.#environments.set(module.file, environment);
    this.#own = module.file;
  }

  /** An instance of a class of the file under analysis. */
  instanceOfOwn(m: Machine, code: ClassCode): Value | undefined {
    return this.#own === undefined ? undefined : this.instanceOfClass(m, this.#own, code);
  }

  // — what the language makes —

  array(m: Machine, list: ListState, site: Site): ObjectValue {
    const heap = m.heap('array', site);
    m.writeList(heap, list);
    return { kind: 'object', heap };
  }

  iterate(m: Machine, value: Value, site: Site): ListState {
    return iterateValue(m, value, site);
  }

  keys(m: Machine, value: Value): ListState {
    return keysOf(m, value);
  }

  functionMember(m: Machine, object: Value, name: string | undefined, site: Site): Value {
    return functionMember(m, object, name, site);
  }

  staticOf(owner: string, name: string): Value | undefined {
    return globalMember(owner, name);
  }

  /** A generator's values are not followed. */
  generated(m: Machine, value: Value, site: Site): Value {
    return unknownFrom(m, [value], site);
  }

  unknownObject(m: Machine, site: Site): UnknownValue {
    return unknownFrom(m, [], site);
  }

  // — from types —

  /** Weights that come from beyond the analysed code: a source of their own for each unknown value. */
  foreignSource(m: Machine, from: Provenance): Node {
    if (from.node.kind === 'anything') return from.node;
    let source = this.#foreignSources.get(from.node);
    if (source === undefined) {
      source = new Node('source', from.name, from.node.site, m.frame.chain, undefined);
      const name = from.node.name ?? from.name;
      if (name !== '') source.call(name, m.depth);
      source.foreign = true;
      source.several = true;
      source.connect(from.node, 'flows', from.site);
      this.#foreignSources.set(from.node, source);
    }
    return source;
  }

  /** An instance of a class of the program, as its constructor makes one of unknown arguments. */
  instanceOfClass(m: Machine, file: string, code: ClassCode): Value | undefined {
    const known = this.#instances.get(code);
    if (known !== undefined) return known;
    if (code.abstract || this.#pending.has(code) || this.program.isExtended(code)) return undefined;
    const module = this.program.module(file);
    if (module === undefined) return undefined;
    const environment = this.environmentOf(m, module);
    const value = classIn(m, environment, code);
    if (value === undefined) return undefined;
    this.#pending.add(code);
    m.byType++;
    try {
      const instance = m.apart(() => {
        const made = construct(m, value, foreignArguments(m, code), code.nameSite);
        openSettings(m, made);
        return made;
      });
      this.#instances.set(code, instance);
      return instance;
    } finally {
      m.byType--;
      this.#pending.delete(code);
    }
  }
}

/** An export of a library; undefined for one of a described module of which nobody has said anything. */
function libraryExport({ library, module }: Owner, name: string): LibraryValue | undefined {
  const root: LibraryValue = { kind: 'library', library, path: module?.prefix ?? '' };
  if (name === '*' || name === 'export=') return root;
  const path = below(root.path, name);
  if (module?.paths.has(path) === true) return describedExport(library, module, path);
  if (name === 'default') return root;
  return module === undefined ? { ...root, path } : undefined;
}

/** Numbers in the properties of an object are settings: code elsewhere that has the object may have changed them. */
export function openSettings(m: Machine, value: Value, seen = new Set<HeapObject>()): void {
  const heap = value.kind === 'object' ? value.heap : value.kind === 'class' ? value.statics : undefined;
  if (heap === undefined || seen.has(heap)) return;
  seen.add(heap);
  for (const [name, cell] of heap.properties) {
    const content = name.startsWith('#') ? undefined : m.read(cell);
    if (content?.kind === 'literal' && typeof content.value === 'number') defineMember(m, heap, name, plainHost, undefined);
    else if (content !== undefined) openSettings(m, content, seen);
  }
}

function foreignArguments(m: Machine, code: ClassCode): Arguments {
  const parameters = code.constructorCode?.parameters ?? [];
  return parameters.length === 0 ? noArguments : argumentsByType(m, parameters);
}

/** What the parameters of a function are by their types, when nothing calls it. */
export function argumentsByType(m: Machine, parameters: readonly { readonly pattern: { readonly site: Site }; readonly rest: boolean }[]): Arguments {
  const values: Value[] = [];
  for (const { pattern, rest } of parameters) {
    if (rest) break;
    const name = m.program.text(pattern.site).split(/[:=?]/, 1)[0]?.trim() ?? '';
    const value = foreign(m, name, pattern.site, undefined);
    value.node.handed = true;
    values.push(fromType(m, m.program.typeOf(pattern.site), { node: value.node, site: pattern.site, name }));
  }
  return { values, sites: parameters.map(({ pattern }) => pattern.site), others: undefined };
}

function classIn(m: Machine, environment: Environment, code: ClassCode): ClassValue | undefined {
  for (const cell of environment.cells()) {
    const value = m.read(cell);
    if (value?.kind === 'class' && value.code === code) return value;
  }
  return undefined;
}

/** Runs a module's top level. */
export function runModule(m: Machine, module: ModuleCode, environment: Environment): void {
  m.environment = environment;
  for (const binding of module.vars) m.write(environment.declare(binding), undefinedValue);
  if (module.commonjs !== undefined) m.write(environment.declare(module.commonjs), { kind: 'object', heap: m.heap('record', module.site) });
  enterScope(m, module.body);
  executeAll(m, module.body.body);
}
