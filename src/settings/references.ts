/** What a description names must be there: libraries, their functions, classes, parameters. */
import type { Library } from '../libraries/library.ts';
import { type Problem, quotedList, step } from './checks.ts';
import { instanceOf } from './describe.ts';
import type { ClassDescription, FunctionForm, LibraryDescription, MethodForm, Settings } from './settings.ts';

/** The library that has a package. */
export function libraryOf(libraries: readonly Library[], name: string): Library | undefined {
  return libraries.find(({ packages, part }) => (part === undefined ? packages.has(name) : part.specifier === name));
}

export function referenceProblems({ libraries = [], globals = {} }: Settings, path: string, builtIn: readonly Library[]): readonly Problem[] {
  const at = step(path, 'libraries');
  return [
    ...libraries.flatMap((description, index) => descriptionProblems(description, step(at, index), libraries.slice(0, index), builtIn)),
    ...Object.entries(globals).flatMap(([name, module]) => globalProblems(module, step(step(path, 'globals'), name), libraries, builtIn)),
  ];
}

function globalProblems(module: string, path: string, libraries: readonly LibraryDescription[], builtIn: readonly Library[]): readonly Problem[] {
  const isDescribed = libraries.some(({ name, packages = [] }) => name === module || packages.includes(module));
  if (isDescribed || libraryOf(builtIn, module) !== undefined) return [];
  return [{ path, text: `"${module}" is not known; write ${packagesOf(builtIn)}, or describe it in "libraries"` }];
}

function descriptionProblems(description: LibraryDescription, path: string, before: readonly LibraryDescription[], builtIn: readonly Library[]): readonly Problem[] {
  const { name, packages = [], paths = [], members = {}, classes = {} } = description;
  const base = description.extends === undefined ? undefined : libraryOf(builtIn, description.extends);
  const problems: Problem[] = [];
  const tell = (where: string, text: string): void => void problems.push({ path: where, text });
  if (before.some((other) => other.name === name)) tell(step(path, 'name'), `another description is called "${name}"; write another name, or put both into one`);
  if (packages.length + paths.length === 0) tell(path, 'nothing says what is described; write "packages" or "paths"');
  for (const [index, each] of packages.entries()) if (libraryOf(builtIn, each) !== undefined) tell(step(step(path, 'packages'), index), `"${each}" needs no description, it is built in`);
  if (description.extends !== undefined && base === undefined) tell(step(path, 'extends'), `"${description.extends}" is not known; write ${packagesOf(builtIn)}, or leave it out for a library with tensors of its own`);
  return [
    ...problems,
    ...Object.entries(members).flatMap(([member, form]) => functionProblems(form, step(step(path, 'members'), member), classes, base, description.extends)),
    ...Object.entries(classes).flatMap(([each, written]) => classProblems(each, written, step(step(path, 'classes'), each), classes, base)),
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

function classProblems(name: string, written: ClassDescription, path: string, classes: Classes, base: Library | undefined): readonly Problem[] {
  const parent = written.extends;
  const isKnown = parent === undefined || Object.hasOwn(classes, parent) || (base !== undefined && Object.hasOwn(base.classes, parent));
  const unknown = isKnown ? [] : [{ path: step(path, 'extends'), text: `"${parent}" is no class that is known; write one of ${quotedList([...Object.keys(classes), ...Object.keys(base?.classes ?? {})])}` }];
  const instance = instanceOf(name, classes, base);
  const isTensor = instance === 'tensor' || instance === 'variable';
  return [...unknown, ...Object.entries(written.members ?? {}).flatMap(([method, form]) => methodProblems(form, step(step(path, 'members'), method), isTensor, classes))];
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
