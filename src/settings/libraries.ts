/** The libraries that are known where a file has settings of its own. */
import type { Library } from '../libraries/library.ts';
import { libraries as builtIn } from '../libraries/index.ts';
import type { Problem } from './checks.ts';
import { version } from '../package.ts';
import { type Addition, addition, prefixOf } from './describe.ts';
import { inHouse } from './in-house.ts';
import { libraryOf, referenceProblems } from './references.ts';
import { settingsCheck } from './schema.ts';
import type { LibraryDescription, Settings } from './settings.ts';

const documentation = `https://github.com/eslint-plugin-tensor/eslint-plugin-tensor/blob/v${version}/docs/settings.md`;

/** By what is written, so that the same settings give the same libraries, and what is remembered of those lasts. */
const known = new Map<string, readonly Library[]>();
/** ESLint hands the same object to every rule and file of a configuration. */
const last = new WeakMap<object, { readonly cwd: string; readonly libraries: readonly Library[] }>();

/** `written` is `settings.tensor` of a configuration, `cwd` the folder of ESLint. Throws where it cannot be used. */
export function librariesFor(written: unknown, cwd: string): readonly Library[] {
  if (written === undefined) return builtIn;
  const seen = typeof written === 'object' && written !== null ? last.get(written) : undefined;
  if (seen?.cwd === cwd) return seen.libraries;
  const settings = checked(written);
  const libraries = sameAsBefore(settings, cwd);
  last.set(settings, { cwd, libraries });
  return libraries;
}

function sameAsBefore(settings: Settings, cwd: string): readonly Library[] {
  const key = JSON.stringify([settings, cwd]);
  let libraries = known.get(key);
  if (libraries === undefined) known.set(key, (libraries = described(settings, cwd)));
  return libraries;
}

function checked(written: unknown): Settings {
  const path = 'settings.tensor';
  const malformed = settingsCheck(written, path);
  const problems = [...malformed, ...referenceProblems(written, path, malformed, builtIn)];
  if (problems.length > 0) throw new Error(refusal(problems));
  return written as Settings;
}

function refusal(problems: readonly Problem[]): string {
  const lines = problems.map(({ path, text }) => `  ${path}: ${text}.`);
  return ['eslint-plugin-tensor cannot use its settings:', ...lines, `What can be written there: ${documentation}`].join('\n');
}

function described({ libraries = [], globals = {} }: Settings, cwd: string): readonly Library[] {
  const fresh = new Map(libraries.filter((description) => description.extends === undefined).map((description) => [description, inHouse(description)] as const));
  return [...builtIn, ...fresh.values()].map((base) => {
    const extending = libraries.filter((description) => (description.extends === undefined ? fresh.get(description) === base : libraryOf([base], description.extends) !== undefined));
    const names = Object.entries(globals).flatMap(([name, module]) => {
      const path = pathOf(module, base, extending);
      return path === undefined ? [] : [[name, path] as const];
    });
    return extending.length + names.length === 0 ? base : extended(base, extending.map((description) => addition(description, base, cwd)), new Map(names));
  });
}

/** Where the exports of a package, or of a description, begin in the tables of a library. */
function pathOf(module: string, base: Library, descriptions: readonly LibraryDescription[]): string | undefined {
  const description = descriptions.find(({ name, packages = [] }) => name === module || packages.includes(module));
  if (description !== undefined) return prefixOf(description);
  return libraryOf([base], module) === undefined ? undefined : '';
}

function extended(base: Library, additions: readonly Addition[], globals: ReadonlyMap<string, string>): Library {
  return {
    ...base,
    described: additions.map(({ module }) => module),
    globals,
    members: merged([base, ...additions].map(({ members }) => members)),
    classes: merged([base, ...additions].map(({ classes }) => classes)),
    scopeWords: [...base.scopeWords, ...additions.flatMap(({ scopeWords }) => scopeWords)],
  };
}

function merged<T>(tables: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(tables.flatMap((table) => Object.entries(table)));
}
