/** What code outside of a file can bring to run in it, what that writes and what it gives away. Syntactic, by the names of the top level. */
import ts from 'typescript';
import { descendants } from '../descendants.ts';
import type { ModuleCode, Site } from '../ir.ts';
import { type Given, givenBy } from './given.ts';
import { isInFunction, type Writes, writesOfFunctions } from './writes.ts';

/** What whoever imports a file may have had its functions do. */
export interface OutsideWrites extends Writes {
  /** Names of the top level that such functions may speak of. */
  readonly spoken: ReadonlySet<string>;
  /** Names of the top level that are declared by code that writes nothing, and speaks of none that does. */
  readonly quiet: ReadonlySet<string>;
  /** What they hand out of it. `to` names what is imported. */
  readonly given: readonly Given[];
}

const nothing: OutsideWrites = { spoken: new Set(), quiet: new Set(), given: [], names: new Set(), members: 'named', methods: new Set() };

/** A statement of the top level. */
interface Unit {
  readonly declared: readonly string[];
  readonly spoken: ReadonlySet<string>;
  readonly writes: Writes;
  readonly given: readonly Given[];
  /** Parameters of its functions, and those and their variables. */
  readonly parameters: ReadonlySet<string>;
  readonly locals: ReadonlySet<string>;
}

const known = new WeakMap<ts.SourceFile, readonly Unit[]>();

/** What code outside of the files of a program can bring to run in them. */
export class StateWrites {
  readonly #found = new Map<string, OutsideWrites>();

  /** `moduleOf`: a file as it is lowered, with its source; `fileOf`: the file that a specifier names. */
  constructor(readonly moduleOf: (file: string) => readonly [ts.SourceFile, ModuleCode] | undefined, readonly fileOf: (specifier: Site) => string | undefined) {}

  of(file: string): OutsideWrites {
    let found = this.#found.get(file);
    if (found === undefined) this.#found.set(file, found = this.#collect(file));
    return found;
  }

  #collect(file: string): OutsideWrites {
    const [source, module] = this.moduleOf(file) ?? [];
    if (source === undefined || module === undefined) return nothing;
    const own = collect(unitsOf(source), exportedNames(module));
    // What it hands to functions of others, these may write to.
    const others = [...this.#imports(module, new Set([file]))].map(allWritesIn);
    return { ...own, ...allWrites([own, ...others]) };
  }

  *#imports({ imports }: ModuleCode, seen: Set<string>): Generator<ts.SourceFile> {
    for (const { specifier } of imports) {
      const file = this.fileOf(specifier);
      const [source, module] = (file === undefined || seen.has(file) ? undefined : this.moduleOf(file)) ?? [];
      if (file === undefined || source === undefined || module === undefined) continue;
      seen.add(file);
      yield source;
      yield* this.#imports(module, seen);
    }
  }
}

/** The names that others can get at; all that the file declares, where that is not told by names. */
function exportedNames({ commonjs, script, exports }: ModuleCode): 'all' | ReadonlySet<string> {
  if (commonjs !== undefined || script) return 'all';
  return new Set([...exports.values()].flatMap((entry) => (entry.kind === 'binding' ? [entry.binding.name] : [])));
}

function unitsOf(source: ts.SourceFile): readonly Unit[] {
  let units = known.get(source);
  if (units === undefined) known.set(source, units = source.statements.map(unitOf));
  return units;
}

const whole = new WeakMap<ts.SourceFile, Writes>();

function allWritesIn(source: ts.SourceFile): Writes {
  let writes = whole.get(source);
  if (writes === undefined) whole.set(source, writes = allWrites(unitsOf(source).map((unit) => unit.writes)));
  return writes;
}

function collect(units: readonly Unit[], exported: 'all' | ReadonlySet<string>): OutsideWrites {
  const first = exported === 'all' ? units : units.filter(({ declared }) => declared.some((name) => exported.has(name)));
  // A statement that declares nothing runs: what it calls may put its functions into what others have.
  const running = new Map(units.filter(({ declared }) => declared.length === 0).map((unit) => [unit, closure([unit], (by) => units.filter((each) => speaksOf(by, each)))]));
  const isReached = (unit: Unit, each: Unit): boolean => (running.has(each) ? [...running.get(each) ?? []].some((by) => speaksOf(by, unit)) : speaksOf(unit, each));
  const reached = closure(first, (unit) => units.filter((each) => isReached(unit, each)));
  const writing = closure(units.filter(({ writes }) => isWriting(writes)), (unit) => units.filter((each) => speaksOf(each, unit)));
  return {
    spoken: new Set([...reached].flatMap(({ spoken, declared }) => [...spoken, ...declared])),
    quiet: new Set(units.filter((unit) => !writing.has(unit)).flatMap(({ declared }) => declared)),
    given: [...reached].flatMap((unit) => unit.given.flatMap((given) => givenAway(given, unit, units))),
    ...allWrites([...reached].map(({ writes }) => writes)),
  };
}

/** What is handed to a function of the file stays there, unless that hands out what it is given; functions of the language keep nothing. */
function givenAway(given: Given, { locals }: Unit, units: readonly Unit[]): readonly Given[] {
  const { to } = given;
  if (to === undefined) return [given];
  if (locals.has(to)) return [{ ...given, to: undefined }];
  const own = units.find(({ declared }) => declared.includes(to));
  if (own === undefined) return [given];
  return own.given.some(({ root }) => own.parameters.has(root)) ? [{ ...given, to: undefined }] : [];
}

function speaksOf({ spoken }: Unit, { declared }: Unit): boolean {
  return declared.some((name) => spoken.has(name));
}

function closure(first: readonly Unit[], next: (unit: Unit) => readonly Unit[]): ReadonlySet<Unit> {
  const reached = new Set(first);
  for (const unit of reached) for (const each of next(unit)) reached.add(each);
  return reached;
}

function allWrites(parts: readonly Writes[]): Writes {
  return {
    names: new Set(parts.flatMap(({ names }) => [...names])),
    members: parts.some(({ members }) => members === 'any') ? 'any' : 'named',
    methods: new Set(parts.flatMap(({ methods }) => [...methods])),
  };
}

function isWriting({ names, members, methods }: Writes): boolean {
  return names.size > 0 || members === 'any' || methods.size > 0;
}

function unitOf(statement: ts.Statement): Unit {
  const nodes = descendants(statement);
  const parameters = nodes.flatMap((node) => (ts.isParameter(node) ? namesIn(node.name) : []));
  return {
    declared: declaredBy(statement),
    spoken: new Set(nodes.flatMap((node) => (ts.isIdentifier(node) ? [node.text] : []))),
    writes: writesOfFunctions(statement, nodes),
    given: givenBy(statement, nodes),
    parameters: new Set(parameters),
    locals: new Set([...parameters, ...nodes.flatMap((node) => (ts.isVariableDeclaration(node) && isInFunction(node, statement) ? namesIn(node.name) : []))]),
  };
}

function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  if (ts.isExportAssignment(statement)) return [statement.isExportEquals === true ? 'export=' : 'default'];
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name?.text ?? 'default'];
  return ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement) ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}
