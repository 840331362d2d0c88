/** From a description that somebody has written to the tables of a library. */
import type { Library } from '../libraries/library.ts';
import type { ClassMeaning, Meaning, MeaningTable } from '../libraries/meaning.ts';
import type { OperationRow, ResultForm } from '../libraries/operation.ts';
import type { ClassDescription, ClassKind, FunctionForm, LibraryDescription, MethodForm } from './settings.ts';
import { filePattern } from './file-pattern.ts';

/** What a description adds to the library whose tensors its functions take and give. */
export interface Addition {
  readonly module: NonNullable<Library['described']>[number];
  readonly members: MeaningTable;
  readonly classes: Readonly<Record<string, ClassMeaning>>;
  readonly scopeWords: readonly string[];
}

const instances: Readonly<Record<ClassKind, ClassMeaning['instance']>> = { tensor: 'tensor', variable: 'variable', layer: 'parametrised' };

/** A position that no argument has. */
const nowhere = -1;

export function prefixOf({ name }: LibraryDescription): string {
  return `${name}:`;
}

/** The description of a module whose tensors are those of `base`, which has the tables. `cwd` is where its paths begin. */
export function addition(description: LibraryDescription, base: Library, cwd: string): Addition {
  const prefix = prefixOf(description);
  const { members = {}, classes = {}, packages = [], paths = [] } = description;
  const aliases = new Map(Object.entries(members).flatMap(([path, form]) => ('like' in form ? [[`${prefix}${path}`, form.like === '*' ? '' : form.like] as const] : [])));
  const described = Object.entries(members).flatMap(([path, form]) => ('like' in form ? [] : [[`${prefix}${path}`, meaningOf(form, `${prefix}${path}`, description)] as const]));
  const classTable = new Map(Object.entries(classes).map(([name, written]) => [`${prefix}${name}`, classMeaning(name, written, description, base)]));
  const constructors = [...classTable].map(([name, { instance }]) => [name, constructorOf(name, instance)] as const);
  const table: MeaningTable = Object.fromEntries([...constructors, ...described]);
  return {
    module: {
      prefix, aliases,
      packages: new Set(packages),
      files: paths.length === 0 ? undefined : filePattern(paths, cwd),
      paths: new Set([...Object.keys(table), ...aliases.keys()].flatMap(withAncestors)),
    },
    members: table,
    classes: Object.fromEntries(classTable),
    scopeWords: [...new Set([...opening(members, base), ...Object.values(classes).flatMap((written) => opening(written.members ?? {}, base))])],
  };
}

/** `acme:train.step` and `acme:train`. */
function withAncestors(path: string): readonly string[] {
  const dots = [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index));
  return [...dots, path];
}

/** The words by which a file can open a scope. */
function opening(members: Readonly<Record<string, FunctionForm | MethodForm>>, base: Library): readonly string[] {
  const opens = (form: FunctionForm | MethodForm): boolean => 'opens' in form || ('like' in form && base.members[form.like]?.is === 'scope');
  return Object.entries(members).flatMap(([path, form]) => (opens(form) ? [path.slice(path.lastIndexOf('.') + 1)] : []));
}

function classMeaning(name: string, { members = {} }: ClassDescription, description: LibraryDescription, base: Library): ClassMeaning {
  const prefix = prefixOf(description);
  const methods = Object.entries(members).map(([method, form]) => [method, meaningOf(form, `${prefix}${name}.${method}`, description)] as const);
  const parent = parentOf(name, description);
  const own = { instance: instanceOf(name, description.classes ?? {}, base), members: Object.fromEntries(methods) };
  return parent === undefined ? own : { ...own, base: parent };
}

/** The class that a class extends, as the tables call it. */
function parentOf(name: string, description: LibraryDescription): string | undefined {
  const parent = description.classes?.[name]?.extends;
  return parent === undefined || description.classes?.[parent] === undefined ? parent : `${prefixOf(description)}${parent}`;
}

/** What kind of value an instance of a described class is: by itself, or by a class that it extends. */
export function instanceOf(name: string, classes: Readonly<Record<string, ClassDescription>>, base: Library | undefined): ClassMeaning['instance'] {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at); at = classes[at]?.extends) {
    seen.add(at);
    const kind = classes[at]?.kind;
    if (kind !== undefined) return instances[kind];
    if (classes[at] === undefined) return base?.classes[at]?.instance ?? 'plain';
  }
  return 'plain';
}

function constructorOf(name: string, instance: ClassMeaning['instance']): Meaning {
  switch (instance) {
    case 'tensor': return { is: 'made', data: 0 };
    case 'variable': return { is: 'variable', initial: 0, trainable: nowhere };
    case 'parametrised': return { is: 'parametrised', class: name, pretrained: true };
    case 'plain': return { is: 'instance', class: name };
  }
}

/** `path` is the name of the function in the tables. */
function meaningOf(form: Exclude<FunctionForm, { like: string }> | MethodForm, path: string, description: LibraryDescription): Meaning {
  if ('opens' in form) return { is: 'scope', form: scopeOf(form) };
  if ('reads' in form) return { is: 'read', result: form.result === 'promise' ? 'promise' : 'host', ...(form.reads === 'this' ? {} : { at: form.reads }) };
  if ('stops' in form) return { is: 'stop', at: positionOf(form.stops) };
  if ('makes' in form) return makerOf(form, description);
  if ('gives' in form) return giverOf(form.gives);
  if ('runs' in form) return { is: 'region', at: form.runs };
  if ('updates' in form) return { is: 'update', ...(form.updates === 'this' ? {} : { at: form.updates }) };
  return { is: 'operation', path, row: rowOf(form), ...(Object.hasOwn(form.operation, 'this') ? { receiver: true } : {}) };
}

type Of<Key extends string> = Extract<MethodForm, Readonly<Record<Key, unknown>>>;

function scopeOf(form: Of<'opens'>): Extract<Meaning, { is: 'scope' }>['form'] {
  if (form.opens !== 'variables') return { kind: 'arguments', several: form.opens === 'arguments', result: form.result ?? 'gradients' };
  return { kind: 'variables', callback: form.callback ?? 0, list: form.list ?? nowhere, result: form.result ?? 'unknown', passes: true };
}

function makerOf({ makes, from = 0, trainable = nowhere }: Of<'makes'>, description: LibraryDescription): Meaning {
  if (makes === 'tensor') return { is: 'made', data: from };
  if (makes === 'variable') return { is: 'variable', initial: from, trainable };
  return { is: 'instance', class: `${prefixOf(description)}${makes}` };
}

function giverOf(gives: Of<'gives'>['gives']): Meaning {
  if (gives === 'plain') return { is: 'metadata' };
  return gives === 'nothing' ? { is: 'ignored' } : { is: 'identity', at: positionOf(gives) };
}

/** The receiver stands before all arguments. */
function positionOf(at: number | 'this'): number {
  return at === 'this' ? -1 : at;
}

function rowOf({ operation, result }: Of<'operation'>): OperationRow {
  const operands = Object.entries(operation).map(([name, derivative], at) => ({ name, at, derivative }));
  return { operands, result: resultOf(result) };
}

function resultOf(result: Of<'operation'>['result']): ResultForm {
  if (result === undefined || result === 'tensor') return 'tensor';
  return typeof result === 'string' ? result : { fields: result };
}
