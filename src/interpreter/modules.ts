/** Names, and the modules that they come from: a module is run when something of it is first asked for. */
import { Environment } from '../domain/environment.ts';
import type { Value } from '../domain/value.ts';
import { literal, members, undefinedValue } from '../domain/values.ts';
import type { Binding, ModuleCode, Site } from '../program/ir.ts';
import type { ModuleTarget } from '../program/program.ts';
import { fails, languageError } from './builtins/errors.ts';
import { givenGlobal, placedGlobal } from './builtins/globals.ts';
import { enterScope } from './closures.ts';
import { openSettings } from './escape.ts';
import { meanwhile, meanwhileAt } from './later.ts';
import type { Frame } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { globalObject, isGlobalObject } from './members/global-object.ts';
import { openKeptState } from './outside/kept-state.ts';
import { openPrototypes } from './outside/prototypes.ts';
import { runToTheEnd } from './promises/draining.ts';
import { fromJson } from './values/json.ts';
import { fromType } from './values/types.ts';
import { foreign } from './values/unknown.ts';

// — names —

export function load(m: Machine, binding: Binding, site: Site): Value {
  if (binding.imported !== undefined) {
    m.mayThrow();
    return imported(m, binding, site);
  }
  const cell = m.environment.find(binding);
  const value = cell === undefined ? undefined : m.memory.read(cell);
  if (value === undefined) {
    m.mayThrow();
    return foreign(m, binding.name, site, undefined);
  }
  if (value.kind === 'uninitialised') return uninitialisedName(m, binding, site);
  if (m.trial !== undefined && mayBeUninitialised(value)) m.mayThrow();
  if (m.modules.open.has(binding)) return m.memory.joiner.all([value, foreign(m, binding.name, site)]);
  return value.kind === 'union' ? m.memory.joiner.all(value.members.filter((member) => member.kind !== 'uninitialised')) : value;
}

/** A name before its declaration has run: an error for certain, unless the code runs later than it seems. */
function uninitialisedName(m: Machine, binding: Binding, site: Site): Value {
  tellUninitialised(m, binding, site, 'ReferenceError');
  m.mayThrow();
  return foreign(m, binding.name, site, undefined);
}

/** A call of a name that has no value: an error for certain, of a variable that gets its function later. */
export function undefinedCall(m: Machine, binding: Binding, site: Site): Value {
  if (binding.kind === 'var' || binding.kind === 'let') tellUninitialised(m, binding, site, 'TypeError');
  return fails(m, 'TypeError', site);
}

function tellUninitialised(m: Machine, { name, site: declared }: Binding, site: Site, effect: 'ReferenceError' | 'TypeError'): void {
  if (!m.frame.late) m.tell({ kind: 'uninitialised', name, site, declared, effect, chain: m.frame.chain, tapes: m.tapes, runs: isReachedForCertain(m) ? 'for certain' : 'perhaps' });
}

/** No test decides whether the scope comes to the code at hand. */
function isReachedForCertain(m: Machine): boolean {
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.caller) if (frame.exits.length > 0) return false;
  return m.runsForCertain;
}

export function store(m: Machine, binding: Binding, value: Value, declares: boolean): void {
  if (!declares && !isAssignable(m, binding)) return;
  const cell = declares ? m.environment.find(binding) ?? m.environment.declare(binding) : m.environment.find(binding);
  // Nothing can be assigned to a name before its declaration has run.
  if (!declares && m.trial !== undefined && mayBeUninitialised(cell && m.memory.read(cell))) m.mayThrow();
  if (cell !== undefined) m.memory.write(cell, value);
}

/** The name of a class or a function inside itself stays as it is, with an error or without one. */
function isAssignable(m: Machine, { kind, site }: Binding): boolean {
  if (kind === 'const' || kind === 'import') m.throws(languageError(m, 'TypeError', site));
  if (kind === 'self') m.mayThrow();
  return m.reachable && kind !== 'self';
}

function mayBeUninitialised(value: Value | undefined): boolean {
  return value !== undefined && members(value).some(({ kind }) => kind === 'uninitialised');
}

export function globalNamed(m: Machine, name: string, site: Site): Value {
  if (isGlobalObject(name)) return globalObject(m, site);
  return placedGlobal(m, name, site) ?? givenGlobal(m, name) ?? ambient(m, name, site);
}

/** An ambient declaration, such as `declare const settings: Settings`. */
function ambient(m: Machine, name: string, site: Site): Value {
  m.mayThrow();
  const type = m.program.typeOf(site);
  return fromType(m, type, { node: foreign(m, name, site).node, site, name });
}

// — modules —

function imported(m: Machine, { imported: from, name, site: declaration }: Binding, site: Site): Value {
  if (from === undefined) return undefinedValue;
  return exportOf(m, m.program.resolve(from.specifier), from.name, site) ?? ofJson(m, from.specifier, from.name) ?? declaredElsewhere(m, name, declaration, site);
}

/** What a JSON file has under a name: the whole is its default export. */
function ofJson(m: Machine, specifier: Site, name: string): Value | undefined {
  const found = m.program.json(specifier);
  if (found === undefined) return undefined;
  const value = m.modules.json.get(found.file) ?? m.apart(() => fromJson(m, found.value, specifier));
  m.modules.json.set(found.file, value);
  return name === 'default' || name === 'export=' || name === '*' ? value : m.getMember(value, literal(name), specifier);
}

/** A name of a package of which no more is known: what a library declares under it, or a value of its type. `at` is where its declaration is asked for. */
export function declaredElsewhere(m: Machine, name: string, at: Site, site: Site): Value {
  return m.semantics.declared(at) ?? foreign(m, name, site, m.program.typeOf(site));
}

/** What a module has under a name; `*` is the module itself. */
function exportOf(m: Machine, target: ModuleTarget, name: string, site: Site): Value | undefined {
  const known = m.semantics.exported(target, name);
  if (known !== undefined || target.kind !== 'source') return known;
  return name === '*' ? { kind: 'module', file: target.file } : exported(m, target.file, name, site);
}

/** `import('x')`, `require('x')`. */
export function namespace(m: Machine, specifier: Site, text: string): Value {
  const value = exportOf(m, m.program.resolve(specifier), '*', specifier);
  if (value?.kind === 'module' && m.program.module(value.file)?.commonjs !== undefined) return exported(m, value.file, 'export=', specifier);
  return value ?? ofJson(m, specifier, 'export=') ?? foreign(m, text, specifier);
}

/** What a source file exports under a name. */
export function exported(m: Machine, file: string, name: string, site: Site): Value {
  return m.semantics.described(file, name) ?? find(m, file, name, site, new Set()) ?? foreign(m, name, site, m.program.typeOf(site));
}

function find(m: Machine, file: string, name: string, site: Site, seen: Set<string>): Value | undefined {
  const module = m.program.module(file);
  if (module === undefined || seen.has(file)) return undefined;
  seen.add(file);
  const environment = environmentOf(m, module);
  const entry = module.exports.get(name);
  if (entry?.kind === 'binding') {
    if (entry.binding.imported !== undefined) return imported(m, entry.binding, site);
    const cell = environment.find(entry.binding);
    const value = cell === undefined ? undefined : m.memory.read(cell);
    return value === undefined || value.kind === 'uninitialised' ? undefined : value;
  }
  if (entry?.kind === 'from') return exportOf(m, m.program.resolve(entry.specifier), entry.name, site);
  if (module.commonjs !== undefined) return ofCommonjs(m, environment, module.commonjs, name, site);
  for (const star of module.stars) {
    const target = m.program.resolve(star.specifier);
    const value = target.kind === 'source' && !m.semantics.owns(target) ? find(m, target.file, name, site, seen) : exportOf(m, target, name, site);
    if (value !== undefined) return value;
  }
  return undefined;
}

function ofCommonjs(m: Machine, environment: Environment, binding: Binding, name: string, site: Site): Value | undefined {
  const cell = environment.find(binding);
  const value = cell === undefined ? undefined : m.memory.read(cell);
  if (value === undefined) return undefined;
  return name === 'default' || name === 'export=' || name === '*' ? value : m.getMember(value, literal(name), site);
}

/** The variables of a source file, which is run when it is first asked for. */
export function environmentOf(m: Machine, module: ModuleCode): Environment {
  const known = m.modules.environments.get(module.file);
  if (known !== undefined) return known;
  const environment = new Environment(undefined);
  m.modules.environments.set(module.file, environment);
  const waiting = m.pending.noted(() => { m.occasion.importing(() => { m.apart(() => { runModule(m, module, environment); }); }); });
  m.apart(() => {
    // It has run before whoever imports it: of what waits, its own timers alone have gone off by now.
    meanwhileAt(m, waiting);
    othersUsed(m, module, environment);
  });
  return environment;
}

/** Whoever else imports a module has changed its settings and called its functions, and may at any time. */
function othersUsed(m: Machine, module: ModuleCode, environment: Environment): void {
  for (const entry of module.exports.values()) {
    const cell = entry.kind === 'binding' ? environment.find(entry.binding) : undefined;
    const value = cell && m.memory.read(cell);
    if (value === undefined) continue;
    openSettings(m, value);
    openPrototypes(m, value);
  }
  openKeptState(m, environment, m.program.outsideWrites(module.file));
}

/** Others may have run in all modules that a file imports since that file itself has. */
export function othersRanSince(m: Machine, file: string): void {
  for (const [other, environment] of m.modules.environments) {
    const module = other === file ? undefined : m.program.module(other);
    if (module === undefined) continue;
    m.apart(() => {
      meanwhile(m);
      othersUsed(m, module, environment);
    });
  }
}

/** Runs a module's top level, and all that it leaves to be run at once. */
export function runProgram(m: Machine, module: ModuleCode, environment: Environment): void {
  m.turns.begin();
  try {
    runModule(m, module, environment);
    const { comesOut } = m;
    m.reachable = true;
    runToTheEnd(m, module.site);
    m.reachable = comesOut;
  } finally {
    m.turns.pause();
  }
}

/** Runs a module's top level. */
function runModule(m: Machine, module: ModuleCode, environment: Environment): void {
  m.modules.environments.set(module.file, environment);
  m.environment = environment;
  for (const binding of module.vars) m.memory.write(environment.declare(binding), undefinedValue);
  if (module.commonjs !== undefined) m.memory.write(environment.declare(module.commonjs), { kind: 'object', heap: m.heap({ kind: 'record' }, module.site) });
  enterScope(m, module.body);
  m.executeAll(module.body.body);
}
