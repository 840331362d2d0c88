import type ts from 'typescript';
import type { Binding, Block, ClassCode, Export, FunctionCode, ModuleCode, Site } from '../ir.ts';
import { collect } from './collect.ts';
import { declareCommonjs } from './commonjs.ts';
import { moduleExports, type ModuleExports } from './exports.ts';
import { lowering } from './recursion.ts';
import type { Scope } from './scope.ts';
import { SourceCode } from './source-code.ts';
import { lowerScopedBlock } from './statements/blocks.ts';

type Specifier = ModuleCode['imports'][number];

/** A file whose names are resolved, and whose bodies are lowered when they are asked for. */
export class LoweredModule implements ModuleCode {
  readonly file: string;
  readonly site: Site;
  readonly commonjs: Binding | undefined;
  readonly functions: readonly FunctionCode[];
  readonly classes: readonly ClassCode[];
  readonly #code: SourceCode;
  readonly #scope: Scope;
  readonly #exports: ModuleExports;
  #body: Block | undefined;

  constructor(source: ts.SourceFile) {
    this.#code = new SourceCode(source);
    this.#scope = collect(this.#code, lowering);
    this.#exports = moduleExports(source, this.#scope);
    this.#code.commonjs = declareCommonjs(source, this.#scope);
    this.file = source.fileName;
    this.site = this.#code.site(source);
    this.commonjs = this.#code.commonjs;
    this.functions = [...this.#code.functions.values()];
    this.classes = [...this.#code.classes.values()];
  }

  get body(): Block {
    return (this.#body ??= lowerScopedBlock(this.#code.source.statements, this.#scope, this.site, lowering));
  }

  get vars(): readonly Binding[] {
    return this.#scope.vars;
  }

  get exports(): ReadonlyMap<string, Export> {
    return this.#exports.named;
  }

  get stars(): readonly Specifier[] {
    return this.#exports.stars;
  }

  get imports(): readonly Specifier[] {
    return this.#exports.imports;
  }

  get script(): boolean {
    // By its syntax: whether a page loads it as a module is not said in a package.json.
    const isModule = this.imports.length + this.exports.size + this.stars.length > 0 || this.commonjs !== undefined;
    return !isModule && !/\brequire\s*\(|^[^\s/*].*\bawait\b|\bimport\.meta\b|^export\b/m.test(this.#code.source.text);
  }

  get occurrences(): ReadonlyMap<string, number> {
    return this.#code.occurrences;
  }

  /** The code of a class, found by its declaration. */
  classAt(node: ts.Node): ClassCode | undefined {
    return this.#code.classes.get(node);
  }
}
