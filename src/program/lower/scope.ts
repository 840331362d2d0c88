import ts from 'typescript';
import type { Binding, BindingKind, FunctionDeclaration, ImportedName } from '../ir.ts';
import type { SourceCode } from './source-code.ts';
import { privateKey } from '../private-names.ts';
import { isElision, isReadOf } from './syntax.ts';

/**
 * - `function`: a function, a static block or the module itself; `var` declarations rise up to it.
 * - `block`: whatever else encloses names.
 * - `namespace`: a TypeScript namespace. Its body is never run by the analysis, so its names have unknown values.
 */
type ScopeKind = 'function' | 'block' | 'namespace';

export class Scope {
  readonly code: SourceCode;
  readonly names = new Map<string, Binding>();
  /** `let`, `const` and `class` names, uninitialised until their declaration runs. */
  readonly lexical: Binding[] = [];
  readonly vars: Binding[] = [];
  readonly functions: FunctionDeclaration[] = [];
  /** The keys that the private names of a class stand for, in the scope of its body. */
  readonly #privates = new Map<string, string>();
  /** It is that of a function that has an `arguments` of its own. */
  hasArguments = false;
  /** What the code does with them, as far as it is plain to see. */
  argumentsUse: 'none' | 'read' | 'written' = 'none';
  readonly #parent: Scope | undefined;
  readonly #kind: ScopeKind;
  /** The scopes of the file, by the syntax that opens them. */
  readonly #opened: Map<ts.Node, Scope>;

  constructor(code: SourceCode, parent: Scope | undefined, kind: ScopeKind) {
    this.code = code;
    this.#parent = parent;
    this.#kind = kind;
    this.#opened = parent === undefined ? new Map<ts.Node, Scope>() : parent.#opened;
  }

  /** The scope that a piece of syntax in this one opens. */
  open(node: ts.Node, kind: ScopeKind): Scope {
    const scope = new Scope(this.code, this, kind);
    this.#opened.set(node, scope);
    return scope;
  }

  /** A block that declares nothing has opened none. */
  openedBy(node: ts.Node): Scope | undefined {
    return this.#opened.get(node);
  }

  resolve(name: string): Binding | undefined {
    return this.names.get(name) ?? this.#parent?.resolve(name);
  }

  /** Declares a name where its kind belongs. Declaring it again gives the same binding. */
  declare(identifier: ts.Identifier, kind: BindingKind, imported?: ImportedName): Binding {
    const home = kind === 'var' ? this.#hoistingScope() : this;
    return home.#add(identifier.text, identifier, home.#kind === 'namespace' ? 'opaque' : kind, imported);
  }

  /** Code in the scope speaks of `arguments`: of those of the nearest function that has them. */
  declareArguments(identifier: ts.Identifier): void {
    if (!this.hasArguments) this.#parent?.declareArguments(identifier);
    else {
      if (!this.names.has('arguments')) this.#add('arguments', identifier, 'arguments');
      if (!isReadOf(identifier)) this.argumentsUse = 'written';
      else if (this.argumentsUse === 'none') this.argumentsUse = 'read';
    }
  }

  declarePrivate({ text }: ts.PrivateIdentifier, home: ts.ClassLikeDeclaration): void {
    this.#privates.set(text, privateKey(text, this.code.site(home)));
  }

  /** The key of a private name: of the innermost class around it that has one of this text. */
  resolvePrivate(text: string): string {
    return this.#privates.get(text) ?? this.#parent?.resolvePrivate(text) ?? text;
  }

  /** A name that no identifier spells, such as that of a default export. */
  declareSynthetic(name: string, node: ts.Node, kind: BindingKind): Binding {
    return this.#add(name, node, kind);
  }

  /** Declares all names of a declaration's left-hand side. */
  declarePattern(pattern: ts.BindingName, kind: BindingKind): void {
    if (ts.isIdentifier(pattern)) {
      this.declare(pattern, kind);
      return;
    }
    for (const element of pattern.elements) {
      if (!isElision(element)) this.declarePattern(element.name, kind);
    }
  }

  #add(name: string, node: ts.Node, kind: BindingKind, imported?: ImportedName): Binding {
    const existing = this.names.get(name);
    // A namespace may merge with a function, a class or an enum, and then adds nothing to their value.
    if (existing !== undefined && (existing.kind !== 'opaque' || kind === 'opaque')) return existing;
    const site = this.code.site(node);
    const binding: Binding = imported === undefined
      ? { name, kind, site, exported: false }
      : { name, kind, site, imported, exported: false };
    this.names.set(name, binding);
    if (kind === 'const' || kind === 'let' || kind === 'class') this.lexical.push(binding);
    if (kind === 'var') this.vars.push(binding);
    return binding;
  }

  #hoistingScope(): Scope {
    return this.#kind === 'block' && this.#parent !== undefined ? this.#parent.#hoistingScope() : this;
  }
}
