import type { JsonModule } from './json-modules.ts';
import type { ClassCode, ModuleCode, Site } from './ir.ts';
import type { OutsideWrites } from './writes/outside.ts';

/** A place in a package. */
export interface PackagePath {
  /** Name in the nearest package.json that has one; empty where there is none. */
  readonly package: string;
  /** The file below the package's folder; of a specifier, what follows the package's name. */
  readonly path: string;
  /** The file itself; undefined for what only a specifier names. */
  readonly file?: string;
}

/** What a module specifier names. */
export type ModuleTarget =
  /** A source file of the program that can be lowered. */
  | { readonly kind: 'source'; readonly file: string; readonly package: string; readonly path: string }
  /** A package known by its declarations (or only by its specifier). */
  | { readonly kind: 'package' } & PackagePath
  | { readonly kind: 'unknown' };

/** Where a declaration comes from. */
export interface Origin extends PackagePath {
  /** Class, interface or namespace around the declaration. */
  readonly container: string | undefined;
  readonly name: string;
}

/** A static type, as far as the interpreter asks. Obtained lazily; asking costs checker time. */
export type StaticType =
  /** `any`, `unknown`, an unconstrained type parameter, an error. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'primitive'; readonly number?: true }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'nullish' }
  | { readonly kind: 'union'; readonly members: readonly StaticType[] }
  | { readonly kind: 'array'; readonly element: () => StaticType }
  | { readonly kind: 'tuple'; readonly elements: () => readonly StaticType[] }
  | { readonly kind: 'promise'; readonly value: () => StaticType }
  /** An instance of a class or interface: `package` says whose, `class` is its code when it is a class of the program's sources. Type arguments are dropped. */
  | { readonly kind: 'instance'; readonly package: string | undefined; readonly path: string; readonly file: string | undefined; readonly name: string; readonly class: { readonly module: string; readonly code: ClassCode } | undefined; readonly bases: () => readonly StaticType[]; readonly member: (name: string) => StaticType | undefined }
  /** `typeof import('x')`. */
  | { readonly kind: 'module'; readonly target: ModuleTarget }
  /** `result`: what a call gives; `call` is the whole call. */
  | { readonly kind: 'function'; readonly result: (call: Site) => StaticType }
  | { readonly kind: 'object'; readonly member: (name: string) => StaticType | undefined };

/** One TypeScript program, seen by the analysis. The only door to the compiler. */
export interface Program {
  /** The lowered source file; undefined for declaration files, and for files the program does not have. */
  module(file: string): ModuleCode | undefined;
  resolve(specifier: Site): ModuleTarget;
  /** The JSON file that a specifier names, where no other file of the program names it, which might change what it holds. */
  json(specifier: Site): JsonModule | undefined;
  /** The type of the expression, or of the declared name, at a site. */
  typeOf(site: Site): StaticType;
  /** Where the symbol at an identifier or property name is declared, aliases followed. */
  originOf(site: Site): Origin | undefined;
  /** Whether some class of the program's sources extends this one. Syntactic, by name and import; never wrong in saying no. */
  isExtended(code: ClassCode): boolean;
  /** Whether an object that code at a site may get has a member of this name that the program's own code or types give it. Syntactic; never wrong in saying no. */
  definesMember(name: string, at: Site): boolean;
  /** What whoever imports a file may have had it write, in its functions and in those that it imports itself. Syntactic; never wrong in what it leaves out. */
  outsideWrites(file: string): OutsideWrites;
  /** Whether code of the file assigns a name. Syntactic; never wrong in saying no. */
  assigns(name: string, file: string): boolean;
  /** The files of the program that somebody wrote here: neither declarations of packages nor of the language. */
  files(): readonly string[];
  /** Those among them whose text matches. */
  filesMentioning(pattern: RegExp): readonly string[];
  /** Whether a file that may import this one, and that the program does not have, has a text that matches. */
  isMentionedUnseen(file: string, pattern: RegExp): boolean;
  /** Whether the text of a file matches; remembered for as long as the file does not change. */
  mentions(file: string, pattern: RegExp): boolean;
  /** Text between two offsets of a source file. */
  text(site: Site): string;
}
