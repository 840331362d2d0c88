/**
 * The intermediate representation: what the interpreter knows of a program.
 *
 * Lowering is purely syntactic and done once per source file; names are resolved to bindings by scope, so that
 * nothing here depends on a type checker. Sugar is gone: compound assignment, JSX, enums, decorators and type
 * syntax are lowered to the few forms below, or to `opaque` where nothing can be said.
 */

/** A place in the source text. Sites are created once per lowered node and compared by identity. */
export interface Site {
  readonly file: string;
  /** Offset of the first character. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
  /** Line of `start`, counted from 1. */
  readonly line: number;
}

export type BindingKind =
  | 'const' | 'let' | 'var' | 'parameter' | 'function' | 'class' | 'import' | 'catch' | 'self' | 'arguments'
  /** enum, namespace: declared, but nothing is known of its value. */
  | 'opaque'
  /** What code has computed before a `yield` or an `await` and needs behind it: the program does not name it. */
  | 'kept';

/** A declared name. Compared by identity. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The declared identifier. */
  readonly site: Site;
  /** For `import` bindings: where the value comes from. */
  readonly imported?: ImportedName;
  /** The module exports it under some name. */
  exported: boolean;
}

export interface ImportedName {
  /** The string literal that names the module. */
  readonly specifier: Site;
  readonly text: string;
  /** `'*'` for the namespace, `'default'`, or the exported name; `'export='` for `import x = require()`. */
  readonly name: string;
}

/** A left-hand side. */
export type Pattern =
  | { readonly kind: 'binding'; readonly binding: Binding; readonly site: Site; /** The declaration itself, not a later assignment. */ readonly declares: boolean }
  | { readonly kind: 'free'; readonly name: string; readonly site: Site }
  /** `ofParent`: `super.key`, which a setter of the parent takes, for `object`. */
  | { readonly kind: 'member'; readonly object: Expression; readonly key: Expression; readonly site: Site; readonly ofParent?: true }
  | { readonly kind: 'object'; readonly properties: readonly PatternProperty[]; readonly rest: Pattern | undefined; readonly site: Site }
  | { readonly kind: 'array'; readonly elements: readonly (PatternElement | undefined)[]; readonly rest: Pattern | undefined; readonly site: Site };

/** A place that can be written to as a whole. */
export type Place = Extract<Pattern, { readonly kind: 'binding' | 'free' | 'member' }>;

/** How an assignment makes the new value of the old one. */
export type Change =
  /** `a += b`. */
  | { readonly kind: 'operator'; readonly operator: string; readonly operand: Expression }
  /** `a ??= b`: the place is written to only if the operator comes to its right side. */
  | { readonly kind: 'logical'; readonly operator: '&&' | '||' | '??'; readonly value: Expression }
  /** `a++`, `--a`: to a number first. */
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly gives: 'old' | 'new' };

export interface PatternElement { readonly pattern: Pattern; readonly default: Expression | undefined }
export interface PatternProperty extends PatternElement { readonly key: Expression }

export type Argument = { readonly spread: boolean; readonly value: Expression };

export type Property =
  | { readonly kind: 'value'; readonly key: Expression; readonly value: Expression }
  | { readonly kind: 'get' | 'set'; readonly key: Expression; readonly function: FunctionCode }
  | { readonly kind: 'spread'; readonly value: Expression }
  /** What is written behind `__proto__:` is what the object inherits. */
  | { readonly kind: 'prototype'; readonly value: Expression };

/** What a link has to do with an optional chain: `asks` is written `?.`; `follows` stands behind one, and is not evaluated where that one has found nothing. */
export type Chain = 'none' | 'asks' | 'follows';

export type Literal = string | number | boolean | bigint | null | undefined;

export type Expression = { readonly site: Site } & (
  | { readonly op: 'constant'; readonly value: Literal }
  | { readonly op: 'load'; readonly binding: Binding }
  /** A name that nothing in the file declares: a global. */
  | { readonly op: 'free'; readonly name: string }
  | { readonly op: 'this' }
  /** `object.key`, `object[key]`, `object?.key`, `object.#key` (the key is then the constant `'#key'`). `object` is `'super'` for `super.key`. */
  | { readonly op: 'member'; readonly object: Expression | 'super'; readonly key: Expression; readonly chain: Chain; /** The key itself, for reports that point at a method name. */ readonly keySite: Site }
  | { readonly op: 'store'; readonly target: Pattern; readonly value: Expression }
  /** The object and the key of a place are computed once, it is read, and it is written. `current` is the place as an expression. */
  | { readonly op: 'update'; readonly target: Place; readonly current: Expression; readonly change: Change }
  /** `callee` is `'super'` for `super(...)`. A tagged template is a call whose first argument is opaque. */
  | { readonly op: 'call'; readonly callee: Expression | 'super'; readonly arguments: readonly Argument[]; readonly chain: Chain }
  | { readonly op: 'construct'; readonly callee: Expression; readonly arguments: readonly Argument[] }
  | { readonly op: 'closure'; readonly function: FunctionCode }
  | { readonly op: 'class'; readonly class: ClassCode }
  | { readonly op: 'object'; readonly properties: readonly Property[] }
  | { readonly op: 'array'; readonly elements: readonly (Argument | undefined)[] }
  /** Strict operators on host values: arithmetic, comparison, `typeof`, `!`, `in`, `instanceof`, `delete`, `void`, and `` ` `` for a template literal. */
  | { readonly op: 'operator'; readonly operator: string; readonly operands: readonly Expression[] }
  | { readonly op: 'sequence'; readonly expressions: readonly Expression[] }
  | { readonly op: 'conditional'; readonly test: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly op: 'logical'; readonly operator: '&&' | '||' | '??'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'await'; readonly value: Expression }
  /** `yield value`, or where it `delegates` `yield* value`, in a generator that cannot be taken apart into steps. */
  | { readonly op: 'yield'; readonly value: Expression | undefined; readonly delegates: boolean }
  /** `import('x')` (a promise of the namespace when `dynamic`) or `require('x')`. */
  | { readonly op: 'module'; readonly specifier: Site; readonly text: string; readonly dynamic: boolean }
  /** Anything else (JSX, `new.target`, ...): the parts are evaluated, the result is unknown. */
  | { readonly op: 'opaque'; readonly parts: readonly Expression[] }
);

export type Statement = { readonly site: Site } & (
  | { readonly op: 'evaluate'; readonly value: Expression }
  /** `const p = init`, `let p`, `using p = init`; `init` is undefined for `let x;` (stores undefined) — a `var x;` without initialiser is no statement. */
  | { readonly op: 'declare'; readonly target: Pattern; readonly init: Expression | undefined }
  | { readonly op: 'class'; readonly binding: Binding; readonly class: ClassCode }
  | { readonly op: 'branch'; readonly test: Expression; readonly then: Statement; readonly else: Statement | undefined }
  | { readonly op: 'switch'; readonly subject: Expression; readonly cases: readonly { readonly test: Expression | undefined; readonly body: readonly Statement[] }[]; readonly bindings: readonly Binding[]; readonly functions: readonly FunctionDeclaration[] }
  /** `while`, `do`, `for`; `perIteration` are the `let` bindings of a `for` head. */
  | { readonly op: 'loop'; readonly init: readonly Statement[]; readonly test: Expression | undefined; readonly update: Expression | undefined; readonly body: Statement; readonly testFirst: boolean; readonly perIteration: readonly Binding[] }
  | { readonly op: 'iterate'; readonly over: 'values' | 'keys'; readonly target: Pattern; readonly subject: Expression; readonly body: Statement; readonly perIteration: readonly Binding[]; readonly awaited: boolean }
  | { readonly op: 'return'; readonly value: Expression | undefined }
  | { readonly op: 'throw'; readonly value: Expression }
  /** `target = yield value`, or where it `delegates` `target = yield* value`. */
  | { readonly op: 'yield'; readonly value: Expression | undefined; readonly delegates: boolean; readonly target: Binding | undefined }
  /** `target = await value`. */
  | { readonly op: 'await'; readonly value: Expression; readonly target: Binding | undefined }
  | { readonly op: 'jump'; readonly kind: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly op: 'label'; readonly label: string; readonly body: Statement }
  | { readonly op: 'try'; readonly block: Block; readonly parameter: Pattern | undefined; readonly handler: Block | undefined; readonly finalizer: Block | undefined }
  | Block
);

export interface Block {
  readonly op: 'block';
  readonly site: Site;
  /** `let`, `const` and `class` names of this block: uninitialised until their declaration runs. */
  readonly bindings: readonly Binding[];
  /** Function declarations, initialised on entry. */
  readonly functions: readonly FunctionDeclaration[];
  readonly body: readonly Statement[];
}

/** Code in which each stop, a `yield` or an `await`, is a statement. */
export interface Steps {
  readonly body: Block;
  /** The variables in which values are kept. */
  readonly kept: readonly Binding[];
}

export interface FunctionDeclaration { readonly binding: Binding; readonly function: FunctionCode }

export interface Parameter { readonly pattern: Pattern; readonly default: Expression | undefined; readonly rest: boolean }

export interface FunctionCode {
  /** The declared or inferred name (`const f = () => ...` is `f`, a method its key), or `''`. */
  readonly name: string;
  /** What its property `name` holds; undefined where that is only known once it is made. */
  readonly ownName: string | undefined;
  /** The whole function. */
  readonly site: Site;
  /** Where to point when speaking of the function: its name, or its head. */
  readonly nameSite: Site;
  readonly parameters: readonly Parameter[];
  readonly arrow: boolean;
  /** Whether `new` makes an object by it: neither a method, nor an arrow, nor one that is asynchronous or a generator. */
  readonly constructs: boolean;
  readonly async: boolean;
  /** Of a generator: whether each `yield` in it is a statement, so that it can be left and gone on with there. */
  readonly generator: 'stepwise' | 'opaque' | undefined;
  /** Of an async function that is no generator: its body once more, in steps; undefined where an `await` stands in a place that is not taken apart. */
  readonly steps: Steps | undefined;
  /** The name that a function expression binds for itself. */
  readonly self: Binding | undefined;
  /** `arguments`, where the code speaks of it. */
  readonly arguments: Binding | undefined;
  /** Whether parameters and the items of `arguments` are the same variables, and whether the code may write to those. */
  readonly sharedArguments: 'no' | 'read' | 'written';
  /** `var` names, undefined on entry. */
  readonly vars: readonly Binding[];
  /** Lowered on first use. An expression body is a block with one `return`. */
  readonly body: Block;
  /** The class whose method, accessor, constructor or field initialiser this is. */
  readonly owner: ClassCode | undefined;
}

export interface ClassMember {
  readonly key: Expression;
  readonly static: boolean;
  readonly kind: 'method' | 'get' | 'set' | 'field' | 'block';
  /** Method or accessor body; for a field its initialiser as a function that returns the value; for a static block its body. Undefined: a field without initialiser. */
  readonly function: FunctionCode | undefined;
  /** It is declared `private`. */
  readonly hidden: boolean;
}

export interface ClassCode {
  readonly name: string;
  /** As of a function. */
  readonly ownName: string | undefined;
  readonly site: Site;
  readonly nameSite: Site;
  /** The name inside the class body. */
  readonly self: Binding | undefined;
  readonly extends: Expression | undefined;
  readonly abstract: boolean;
  /** Parameter properties (`constructor(private w: T)`) are lowered to stores at the head of the body (after `super()` in a derived class). */
  readonly constructorCode: FunctionCode | undefined;
  readonly members: readonly ClassMember[];
}

/** What a module gives under a name. */
export type Export =
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** `export default <expression>`: the module stores it in this synthetic binding. */
  | { readonly kind: 'from'; readonly specifier: Site; readonly text: string; readonly name: string };

export interface ModuleCode {
  readonly file: string;
  readonly site: Site;
  readonly body: Block;
  readonly vars: readonly Binding[];
  readonly exports: ReadonlyMap<string, Export>;
  /** `export * from 'x'`. */
  readonly stars: readonly { readonly specifier: Site; readonly text: string }[];
  /** A script, which shares the names of its top level with all others on a page. A module shares none. */
  readonly script: boolean;
  /** `module.exports` of a CommonJS file: a synthetic binding, initialised with an empty object; `exports` and `module.exports` are lowered to it. */
  readonly commonjs: Binding | undefined;
  /** Every function of the file in source order, nested ones too, without lowering their bodies. */
  readonly functions: readonly FunctionCode[];
  readonly classes: readonly ClassCode[];
  /** Modules named by static imports and re-exports. */
  readonly imports: readonly { readonly specifier: Site; readonly text: string }[];
  /** How often each identifier text occurs in the file, declarations included. */
  readonly occurrences: ReadonlyMap<string, number>;
}
