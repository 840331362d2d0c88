/** What a description names must be there: libraries, their functions, classes, parameters. */
import type { Library } from '../libraries/library.ts';
import { type Problem, isRecord, quotedList, step } from './checks.ts';
import { instanceOf } from './describe.ts';
import type { ClassDescription, FunctionForm, LibraryDescription, MethodForm, Settings } from './settings.ts';

/** The library that has a package. */
export function libraryOf(libraries: readonly Library[], name: string): Library | undefined {
  return libraries.find(({ packages, part }) => (part === undefined ? packages.has(name) : part.specifier === name));
}

/** Problems of a form that is right: of what is malformed, and hangs on that, nothing is said besides. */
export function referenceProblems(settings: unknown, path: string, malformed: readonly Problem[], builtIn: readonly Library[]): readonly Problem[] {
  if (!isRecord(settings)) return [];
  const { libraries, globals } = settings as Partial<Readonly<Record<keyof Settings, unknown>>>;
  const at = step(path, 'libraries');
  const places = new Malformed(malformed);
  const written: readonly unknown[] = Array.isArray(libraries) ? libraries : [];
  const descriptions = written.map((description): Partial<LibraryDescription> => (isRecord(description) ? description : {}));
  return [
    ...descriptions.flatMap((description, index) => (isRecord(written[index]) ? descriptionProblems(description, step(at, index), descriptions.slice(0, index), builtIn, places) : [])),
    ...entriesOf(globals, step(path, 'globals'), places).flatMap(([place, , module]) => globalProblems(module as string, place, descriptions, builtIn)),
  ];
}

/** Where the form is wrong. */
class Malformed {
  constructor(readonly problems: readonly Problem[]) {}

  /** Whether nothing is wrong at a place, or below it. */
  spares(path: string): boolean {
    return !this.problems.some((problem) => problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`));
  }
}

/** What stands in an object and is well-formed, with its place and its key. */
function entriesOf<T>(value: T, path: string, malformed: Malformed): readonly (readonly [place: string, key: string, item: T[keyof T]])[] {
  return isRecord(value) ? Object.entries(value).map(([key, item]) => [step(path, key), key, item as T[keyof T]] as const).filter(([place]) => malformed.spares(place)) : [];
}

function globalProblems(module: string, path: string, libraries: readonly Partial<LibraryDescription>[], builtIn: readonly Library[]): readonly Problem[] {
  const isDescribed = libraries.some(({ name, packages }) => name === module || (Array.isArray(packages) && packages.includes(module)));
  if (isDescribed || libraryOf(builtIn, module) !== undefined) return [];
  return [{ path, text: `"${module}" is not known; write ${packagesOf(builtIn)}, or describe it in "libraries"` }];
}

function descriptionProblems(description: Partial<LibraryDescription>, path: string, before: readonly Partial<LibraryDescription>[], builtIn: readonly Library[], malformed: Malformed): readonly Problem[] {
  const isRight = (key: keyof LibraryDescription): boolean => malformed.spares(step(path, key));
  const { name, packages = [], paths = [], members = {} } = description;
  const classes = isRecord(description.classes) ? description.classes : {};
  const extended = isRight('extends') ? description.extends : undefined;
  const base = extended === undefined ? undefined : libraryOf(builtIn, extended);
  const problems: Problem[] = [];
  const tell = (where: string, text: string): void => void problems.push({ path: where, text });
  if (name !== undefined && isRight('name') && before.some((other) => other.name === name)) tell(step(path, 'name'), `another description is called "${name}"; write another name, or put both into one`);
  if (isRight('packages') && isRight('paths') && packages.length + paths.length === 0) tell(path, 'nothing says what is described; write "packages" or "paths"');
  if (isRight('packages')) for (const [index, each] of packages.entries()) if (libraryOf(builtIn, each) !== undefined) tell(step(step(path, 'packages'), index), `"${each}" needs no description, it is built in`);
  if (extended !== undefined && base === undefined) tell(step(path, 'extends'), `"${extended}" is not known; write ${packagesOf(builtIn)}, or leave it out for a library with tensors of its own`);
  const isBased = (form: FunctionForm): boolean => (isRight('extends') || !('like' in form)) && (description.classes === undefined || isRecord(description.classes) || !('makes' in form));
  return [
    ...problems,
    ...entriesOf(members, step(path, 'members'), malformed).filter(([, , form]) => isBased(form)).flatMap(([place, , form]) => functionProblems(form, place, classes, base, extended)),
    ...Object.keys(classes).flatMap((each) => classProblems(each, step(step(path, 'classes'), each), classes, isRight('extends') ? base : 'malformed', malformed)),
  ];
}

type Classes = Readonly<Record<string, ClassDescription>>;

function functionProblems(form: FunctionForm, path: string, classes: Classes, base: Library | undefined, extended: string | undefined): readonly Problem[] {
  if ('like' in form) {
    if (extended === undefined) return [{ path, text: '"like" names a function of the library that is extended; write "extends" beside "members"' }];
    return base === undefined || form.like === '*' || has(base, form.like) ? [] : [{ path: step(path, 'like'), text: `nothing is known of "${form.like}" in ${extended}` }];
  }
  if ('operation' in form && Object.hasOwn(form.operation, 'this')) return [{ path: step(path, 'operation'), text: '"this" is for methods; name the parameters of the function' }];
  return makerProblems(form, path, classes);
}

/** A function, class or namespace of a library's tables. */
function has({ members, operations, families, classes }: Library, path: string): boolean {
  const paths = [...Object.keys(members), ...Object.keys(operations), ...Object.keys(families), ...Object.keys(classes)];
  return paths.some((known) => known === path || known.startsWith(`${path}.`)) || Object.hasOwn(families, path.split('.', 1)[0] ?? '');
}

function classProblems(name: string, path: string, classes: Classes, extended: Library | 'malformed' | undefined, malformed: Malformed): readonly Problem[] {
  const written: unknown = classes[name];
  if (!isRecord(written)) return [];
  const { extends: parent, members = {} }: ClassDescription = written;
  const base = extended === 'malformed' ? undefined : extended;
  const isKnown = parent === undefined || extended === 'malformed' || !malformed.spares(step(path, 'extends')) || Object.hasOwn(classes, parent) || (base !== undefined && Object.hasOwn(base.classes, parent));
  const unknown = isKnown ? [] : [{ path: step(path, 'extends'), text: `"${parent}" is no class that is known; write one of ${quotedList([...Object.keys(classes), ...Object.keys(base?.classes ?? {})])}` }];
  // What a class is hangs on those that it extends.
  if (Object.values(classes).some((each: unknown) => !isRecord(each))) return unknown;
  const instance = instanceOf(name, classes, base);
  const isTensor = instance === 'tensor' || instance === 'variable';
  return [...unknown, ...entriesOf(members, step(path, 'members'), malformed).flatMap(([place, , form]) => methodProblems(form, place, isTensor, classes))];
}

function methodProblems(form: MethodForm, path: string, isTensor: boolean, classes: Classes): readonly Problem[] {
  if (!('operation' in form)) return makerProblems(form, path, classes);
  const at = Object.keys(form.operation).indexOf('this');
  if (isTensor && at !== 0) return [{ path: step(path, 'operation'), text: 'the tensor itself is the first operand; begin with "this"' }];
  return at > 0 ? [{ path: step(path, 'operation'), text: '"this" stands before all parameters; write it first' }] : [];
}

function makerProblems(form: FunctionForm | MethodForm, path: string, classes: Classes): readonly Problem[] {
  if (!('makes' in form) || form.makes === 'tensor' || form.makes === 'variable' || Object.hasOwn(classes, form.makes)) return [];
  return [{ path: step(path, 'makes'), text: `"${form.makes}" is no class of this description; write one of ${quotedList(['tensor', 'variable', ...Object.keys(classes)])}` }];
}

function packagesOf(libraries: readonly Library[]): string {
  return quotedList(libraries.flatMap(({ packages, part }) => (part === undefined ? [...packages].slice(0, 1) : [part.specifier]))).replaceAll(', ', ' or ');
}
