import ts from 'typescript';
import { typedNode } from './asserted.ts';
import { DefinedMembers } from './defined-members.ts';
import { ExtendedClasses } from './extended.ts';
import type { ClassCode, ModuleCode, Site } from './ir.ts';
import { type JsonModule, jsonModule } from './json-modules.ts';
import { lowerSourceFile } from './lower/index.ts';
import { isWrapper } from './lower/syntax.ts';
import { originOfSymbol } from './origin.ts';
import type { ModuleTarget, Origin, Program, StaticType } from './program.ts';
import { NodeSite } from './site.ts';
import { isCode, resolveByText, targetOfSymbol } from './targets.ts';
import { TypeReader } from './types.ts';
import { isMentionedUnseen } from './host/unseen.ts';
import { assignedNames } from './writes/assigned.ts';
import { type OutsideWrites, StateWrites } from './writes/outside.ts';

/** What texts were found to match, for as long as their source files live. */
const matches = new WeakMap<ts.SourceFile, Map<RegExp, boolean>>();
const programs = new WeakMap<ts.Program, Program>();

export function createProgram(program: ts.Program): Program {
  let created = programs.get(program);
  if (created === undefined) {
    created = new TypeScriptProgram(program);
    programs.set(program, created);
  }
  return created;
}

class TypeScriptProgram implements Program {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #types: TypeReader;
  readonly #targets = new Map<ts.Node, ModuleTarget>();
  #files: readonly string[] | undefined;
  readonly #mentioning = new Map<RegExp, readonly string[]>();
  #extended: ExtendedClasses | undefined;
  #members: DefinedMembers | undefined;
  readonly #writes: StateWrites;

  constructor(program: ts.Program) {
    this.#program = program;
    // Making the checker also gives the nodes their parents, on which lowering relies.
    this.#checker = program.getTypeChecker();
    this.#types = new TypeReader(program);
    this.#writes = new StateWrites((file) => {
      const [source, module] = [program.getSourceFile(file), this.module(file)];
      return source !== undefined && module !== undefined ? [source, module] : undefined;
    }, (specifier) => {
      const target = this.resolve(specifier);
      return target.kind === 'source' ? target.file : undefined;
    });
  }

  module(file: string): ModuleCode | undefined {
    const source = this.#program.getSourceFile(file);
    return source !== undefined && isCode(source) ? lowerSourceFile(source) : undefined;
  }

  files(): readonly string[] {
    return (this.#files ??= this.#program.getSourceFiles().map(({ fileName }) => fileName).filter((name) => !name.includes('/node_modules/')));
  }

  filesMentioning(pattern: RegExp): readonly string[] {
    let found = this.#mentioning.get(pattern);
    if (found === undefined) this.#mentioning.set(pattern, found = this.files().filter((file) => this.mentions(file, pattern)));
    return found;
  }

  mentions(file: string, pattern: RegExp): boolean {
    const source = this.#program.getSourceFile(file);
    if (source === undefined) return false;
    let known = matches.get(source);
    if (known === undefined) matches.set(source, (known = new Map<RegExp, boolean>()));
    let found = known.get(pattern);
    if (found === undefined) known.set(pattern, (found = pattern.test(source.text)));
    return found;
  }

  isMentionedUnseen(file: string, pattern: RegExp): boolean {
    return isMentionedUnseen(this.#program, file, pattern);
  }

  resolve(specifier: Site): ModuleTarget {
    const node = NodeSite.nodeOf(specifier);
    if (node === undefined || !ts.isStringLiteralLike(node)) return { kind: 'unknown' };
    let target = this.#targets.get(node);
    if (target === undefined) {
      target = this.#targetOf(node);
      this.#targets.set(node, target);
    }
    return target;
  }

  json(specifier: Site): JsonModule | undefined {
    const node = NodeSite.nodeOf(specifier);
    const found = node !== undefined && ts.isStringLiteralLike(node) ? jsonModule(node.text, specifier.file) : undefined;
    if (found === undefined) return undefined;
    const name = found.file.slice(found.file.lastIndexOf('/') + 1);
    const isShared = this.#program.getSourceFiles().some(({ fileName, text }) => fileName !== specifier.file && fileName !== found.file && !fileName.includes('/node_modules/') && text.includes(name));
    return isShared ? undefined : found;
  }

  typeOf(site: Site): StaticType {
    const node = NodeSite.nodeOf(site);
    return node === undefined ? { kind: 'unknown' } : this.#types.typeOf(typedNode(node));
  }

  originOf(site: Site): Origin | undefined {
    const node = NodeSite.nodeOf(site);
    const symbol = node && this.#symbolAt(nameIn(node));
    return symbol && originOfSymbol(symbol, this.#program);
  }

  isExtended(code: ClassCode): boolean {
    const node = NodeSite.nodeOf(code.site);
    if (node === undefined || !ts.isClassLike(node)) return true;
    return (this.#extended ??= new ExtendedClasses(this.#program)).has(node);
  }

  definesMember(name: string, { file }: Site): boolean {
    return (this.#members ??= this.#definedMembers()).has(name, file);
  }

  #definedMembers(): DefinedMembers {
    const sources = this.#program.getSourceFiles().filter((source) => !source.fileName.includes('/node_modules/') && !this.#program.isSourceFileDefaultLibrary(source));
    return new DefinedMembers(sources, (specifier) => {
      const target = this.#targetOf(specifier);
      return target.kind === 'source' ? target.file : undefined;
    });
  }

  outsideWrites(file: string): OutsideWrites {
    return this.#writes.of(file);
  }

  assigns(name: string, file: string): boolean {
    const source = this.#program.getSourceFile(file);
    return source === undefined || assignedNames(source).has(name);
  }

  text(site: Site): string {
    return NodeSite.textOf(site) ?? '';
  }

  #targetOf(node: ts.StringLiteralLike): ModuleTarget {
    const symbol = this.#symbolAt(node);
    const target = symbol && targetOfSymbol(symbol, this.#program);
    return target ?? resolveByText(node.text, node.getSourceFile(), this.#program);
  }

  /** Where the checker throws, which an exotic one may, there is no symbol. */
  #symbolAt(node: ts.Node): ts.Symbol | undefined {
    try {
      const symbol = this.#checker.getSymbolAtLocation(node);
      const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    } catch {
      return undefined;
    }
  }
}

/** The name by which an expression refers to something. */
function nameIn(node: ts.Node): ts.Node {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  if (ts.isElementAccessExpression(node)) return node.argumentExpression;
  return isWrapper(node) ? nameIn(node.expression) : node;
}
