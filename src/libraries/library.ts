/**
 * The meaning of a tensor library, as data. The interpreter reads these tables; no code elsewhere names an
 * API of a library.
 */
import type { Derivative } from '../calculus/derivative.ts';
import type { Layers } from './layer.ts';
import type { FormulaRow } from '../calculus/numbers/formula.ts';
import type { Precision } from '../calculus/numbers/precision.ts';
import type { ClassMeaning, MeaningTable } from './meaning.ts';
import type { Usage } from './usage.ts';

/** What an operation does to the gradient, operand by operand, and the form of its result. */
export interface OperationRow {
  /** Tensor operands in the order of the function's parameters; `at` is the parameter's position. */
  readonly operands: readonly Operand[];
  readonly result: ResultForm;
}

export interface Operand {
  readonly name: string;
  readonly at: number;
  readonly derivative: Derivative;
}

/** A tensor, an array of tensors, or an object with tensors under names (operand derivatives hold for each). */
export type ResultForm = 'tensor' | 'tensors' | { readonly fields: readonly string[] };

/** Operations by export path: `matMul`, `losses.meanSquaredError`. */
export type OperationTable = Readonly<Record<string, OperationRow>>;

/** Where a chained method's operands go: `x.where(c, y)` is `where(c, x, y)`, so its receiver is operand 1. */
export interface MethodRow {
  readonly operation: string;
  /** The parameter position of the function that the receiver takes. */
  readonly receiver: number;
}

/** A module of which somebody has described some exports. All others are unknown. */
export interface DescribedModule {
  /** Before its names in the tables of the library. It ends in a colon, as no name of a library does. */
  readonly prefix: string;
  readonly packages: ReadonlySet<string>;
  /** The files that are meant where they are no package of their own, by full path. */
  readonly files: RegExp | undefined;
  /** The described paths and all that lead there, with the prefix. */
  readonly paths: ReadonlySet<string>;
  /** Exports that are the same as one of the library itself. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A tensor library: what its names mean. */
export interface Library {
  readonly name: string;
  /** As messages call it. */
  readonly title: string;
  /** Names in the package.json of the packages whose exports these are. */
  readonly packages: ReadonlySet<string>;
  /** Where only a part of the packages is the library: the specifier that names it, and the paths of its files. */
  readonly part?: { readonly specifier: string; readonly paths: RegExp };
  /** Modules of others whose exports act on tensors of this library. */
  readonly described?: readonly DescribedModule[];
  /** Global names under which a page has the library's namespace: a name, and the path of the export that it stands for. */
  readonly globals?: ReadonlyMap<string, string>;
  /** Nothing is known of what it does at run time where something is wrong. */
  readonly untold?: true;
  /** Meaning of exports by path, operations excepted. */
  readonly members: MeaningTable;
  /** Meaning of every export below a namespace. */
  readonly families: MeaningTable;
  readonly classes: Readonly<Record<string, ClassMeaning>>;
  readonly operations: OperationTable;
  /** Methods of tensors that are operations of the table above. */
  readonly methods: Readonly<Record<string, MethodRow>>;
  /** Methods of tensors that exist as methods only; the receiver is operand 0. */
  readonly methodOperations: OperationTable;
  /** The property of a variable, layer or model, and the key of a layer's configuration, that switches its training. */
  readonly trainable: string;
  /** Undefined where the library has no layers. */
  readonly layers: Layers | undefined;
  /** The numbers that it calculates with. */
  readonly precision: Precision;
  /** What operations compute whose numbers decide whether a gradient comes through, written in other operations. */
  readonly formulas: Readonly<Record<string, FormulaRow>>;
  /** Names that people expect from other libraries and that do not exist here. */
  readonly absent: readonly string[];
  /** Operations whose first operand are indices, for people if not for the library. */
  readonly indexed: readonly string[];
  /** Operations that use the shape of their operand and nothing else of it. */
  readonly shapeOnly: readonly string[];
  /** Calls in which an operation lets less through than its row says. */
  readonly exceptions: readonly DerivativeException[];
  /** What is thrown for a missing derivative in place of `errors.noDerivative`, by operation. */
  readonly underivable: Readonly<Record<string, string>>;
  /** Second derivatives that do not come out right. */
  readonly higherOrder: HigherOrderTable;
  /** How its names are used together, for warnings. */
  readonly usage: Usage;
  /** A file in whose text none of these words occurs opens no gradient scope. */
  readonly scopeWords: readonly string[];
  /** What a scope inside another is recorded on: the tape that is open already, or one of its own besides. */
  readonly nestedScopes: 'one tape' | 'own tapes';
  /** What the library throws when nothing is connected. */
  readonly errors: { readonly variables: string; readonly noVariable: string; readonly arguments: string; readonly list: string; readonly noDerivative: string; readonly noTensor: string; readonly noScalar: string; /** Of what is neither a tensor nor made of numbers. */ readonly operand: string; /** `…` stands for the function as it is called. */ readonly notFunction: { readonly variables: string; readonly arguments: string }; readonly customGradient: string };
}

/**
 * A call in which an operation treats an operand's gradient otherwise than its row says. A row states the most that
 * gets through; an exception holds only where its condition is proven.
 */
export interface DerivativeException {
  readonly operation: string;
  readonly operand: string;
  readonly condition: ExceptionCondition;
  readonly derivative: Derivative;
}

/** What must be known of the call: `at` is a parameter's position, `field` a name in the object given there. */
export type ExceptionCondition =
  /** The argument is left out, `undefined` or `null`. */
  | { readonly kind: 'absent'; readonly at: number; readonly field?: string }
  | { readonly kind: 'equals'; readonly at: number; readonly field?: string; readonly value: string | number }
  /** The number, or one of the numbers in the array, is above the limit. */
  | { readonly kind: 'above'; readonly at: number; readonly field?: string; readonly limit: number }
  /** The axis given there (0 when left out) is not the operand's last, and moving it last changes the shape. */
  | { readonly kind: 'not last axis'; readonly at: number }
  /** The operand's rank lies outside these bounds. */
  | { readonly kind: 'rank outside'; readonly from: number; readonly to: number }
  /** The operation takes the operand apart into one piece: an axis, or a batch, of size one. */
  | { readonly kind: 'one piece' }
  /** The operand is broadcast: the result, or the other operand's batch, has a larger shape. */
  | { readonly kind: 'broadcast' };

/** A function that gives a promise of tensors. `read`: the operand's values are read to the host. */
export interface AsynchronousRow {
  readonly operands: readonly { readonly name: string; readonly at: number; readonly read: boolean }[];
}

/**
 * What comes of the gradient of a gradient: `wrong` gives other numbers, `disconnected` loses the path (an error when
 * the operation stands alone, wrong numbers inside a larger formula), `throws` has no derivative for the gradient.
 */
export type HigherOrder = 'wrong' | 'disconnected' | 'throws';

/** Second derivatives by operation and operand; what is not listed is right, as far as the first derivative flows. */
export type HigherOrderTable = Readonly<Record<string, Readonly<Record<string, HigherOrder>>>>;
