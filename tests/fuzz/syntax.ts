/** The programs that are generated: a small language, printed as TypeScript and given a meaning of its own. */
import type { Load } from './carriers/carrier.ts';

export type Shape = readonly number[];

/** A condition that is true (`sunny`) or false (`rainy`) when the program runs; no linter can know which. */
export type Flag = 'sunny' | 'rainy';

/** A state that holds one of two values where it is used. */
export type Hold = Extract<Stmt, { k: 'hold' }>;

export type Param = number | boolean | string | readonly Param[];

export type Expr =
  | { readonly k: 'name'; readonly name: string }
  | { readonly k: 'number'; readonly value: number }
  /** A tensor of plain numbers. */
  | { readonly k: 'data'; readonly shape: Shape; readonly seed: number; readonly style: 'nested' | 'flat' | 'fill' }
  | { readonly k: 'op'; readonly op: string; readonly args: readonly Expr[]; readonly params: readonly Param[]; readonly chained: boolean }
  | { readonly k: 'pick'; readonly of: Expr; readonly at: string | number }
  | { readonly k: 'record'; readonly fields: readonly { readonly key: string; readonly value: Expr }[] }
  | { readonly k: 'list'; readonly items: readonly Expr[] }
  | { readonly k: 'function'; readonly params: readonly Parameter[]; readonly body: Block; readonly style: 'arrow' | 'expression' }
  | { readonly k: 'call'; readonly callee: Expr; readonly args: readonly Expr[] }
  | { readonly k: 'new'; readonly of: string; readonly args: readonly Expr[] }
  | { readonly k: 'choose'; readonly flag: Flag; readonly yes: Expr; readonly no: Expr }
  | { readonly k: 'tidy'; readonly body: Block; readonly style: 'plain' | 'named' | 'kept' }
  /** Where a gradient ends. */
  | { readonly k: 'cut'; readonly cut: string; readonly of: Expr; readonly style: number }
  /** `true` and `false`, or 1 and 0. */
  | { readonly k: 'switch'; readonly on: boolean; readonly load: 'boolean' | 'number' }
  /** What a state holds. */
  | { readonly k: 'held'; readonly name: string; readonly way: string; readonly load: Load }
  | { readonly k: 'when'; readonly condition: Expr; readonly yes: Expr; readonly no: Expr }
  /** Times a number that is 1 or 0. */
  | { readonly k: 'scaled'; readonly of: Expr; readonly by: Expr }
  | { readonly k: 'variable'; readonly of: Expr; readonly trainable: boolean; readonly chained: boolean }
  /** `Object.values(record)`. */
  | { readonly k: 'values'; readonly of: Expr }
  | { readonly k: 'map'; readonly list: Expr; readonly item: string; readonly body: Block }
  | { readonly k: 'reduce'; readonly list: Expr; readonly initial: Expr; readonly total: string; readonly item: string; readonly body: Block }
  | { readonly k: 'gradient'; readonly api: 'grad' | 'grads' | 'valueAndGrad' | 'valueAndGrads'; readonly callback: Expr; readonly args: readonly Expr[] };

export interface Block {
  readonly body: readonly Stmt[];
  readonly result: Expr;
}

/** A plain parameter, or with `fields` a destructured one. */
export interface Parameter {
  readonly name: string;
  readonly fields?: readonly string[] | undefined;
  readonly type: string;
  readonly initial?: Expr | undefined;
}

export interface Method {
  readonly name: string;
  readonly params: readonly Parameter[];
  readonly body: Block;
  /** It is read like a field. */
  readonly getter?: boolean;
}

export type Stmt =
  | { readonly k: 'declare'; readonly mutable: boolean; readonly name: string; readonly value: Expr; readonly type?: string | undefined }
  | { readonly k: 'take'; readonly style: 'record' | 'list'; readonly names: readonly { readonly key: string | number; readonly name: string }[]; readonly value: Expr }
  | { readonly k: 'set'; readonly target: Expr; readonly value: Expr }
  | { readonly k: 'if'; readonly flag: Flag | { readonly read: Expr } | { readonly held: Expr }; readonly yes: readonly Stmt[]; readonly no: readonly Stmt[]; readonly style: 'if' | 'switch' }
  /** `if (flag) return value;` */
  | { readonly k: 'leave'; readonly flag: Flag; readonly value: Expr }
  | { readonly k: 'repeat'; readonly count: number; readonly counter: string; readonly body: readonly Stmt[]; readonly style: 'for' | 'while' }
  | { readonly k: 'each'; readonly list: Expr; readonly item: string; readonly body: readonly Stmt[]; readonly style: 'of' | 'forEach' | 'index' }
  | { readonly k: 'push'; readonly list: Expr; readonly value: Expr }
  | { readonly k: 'try'; readonly body: readonly Stmt[]; readonly risky: boolean; readonly rescue: readonly Stmt[] }
  | { readonly k: 'log'; readonly of: Expr; readonly style: number }
  | { readonly k: 'define'; readonly name: string; readonly params: readonly Parameter[]; readonly body: Block }
  | { readonly k: 'class'; readonly name: string; readonly base?: string | undefined; readonly params: readonly Parameter[]; readonly fields: readonly { readonly name: string; readonly value: Expr; readonly inConstructor: boolean }[]; readonly methods: readonly Method[] }
  | { readonly k: 'scope'; readonly api: 'minimize' | 'computeGradients' | 'variableGrads'; readonly callback: Expr; readonly list?: Expr | undefined; readonly cost: boolean }
  | { readonly k: 'assign'; readonly variable: Expr; readonly value: Expr }
  | { readonly k: 'run'; readonly value: Expr }
  /** By the way of the carrier of that name, in this file, in one of its own, or in one that another one exports. */
  | { readonly k: 'hold'; readonly name: string; readonly way: string; readonly load: Load; readonly first: Expr; readonly second: Expr; readonly stands: 'here' | 'apart' | 'behind a barrel' }
  /** Code that runs after the module, as a function that nothing in the file calls and that may have a parameter, or through a helper that survives errors. */
  | { readonly k: 'entry'; readonly name: string; readonly given?: Hold | undefined; readonly body: readonly Stmt[]; readonly style: 'exported' | 'async' | 'attempted' };

/** A whole program. */
export interface Plan {
  readonly body: readonly Stmt[];
  readonly language: 'ts' | 'js';
  /** The function of this name is defined at the very end. */
  readonly late?: string | undefined;
}

export type Node = Expr | Stmt;
