/**
 * The meaning of a tensor library, as data. The interpreter reads these tables; no code elsewhere names an
 * API of a library.
 */
import type { Layers } from './layer.ts';
import type { LifetimeFacts } from './lifetimes.ts';
import type { Argument } from '../calculus/numbers/argument.ts';
import type { FormulaRow } from '../calculus/numbers/formula.ts';
import type { Precision } from '../calculus/numbers/precision.ts';
import type { ResultTypes } from '../calculus/numbers/results/index.ts';
import type { Gap } from '../calculus/shapes/backward.ts';
import type { Verdict } from '../calculus/shapes/verdict.ts';
import type { ClassMeaning, MeaningTable } from './meaning.ts';
import type { ExceptionTable, HigherOrderTable, MethodRow, OperationTable } from './operation.ts';
import type { Usage } from './usage.ts';

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

/** By operation; `verdict` of one that is not among `operations` is never asked. */
export interface Contracts {
  readonly operations: ReadonlySet<string>;
  readonly verdict: (precision: Precision, operation: string, args: readonly Argument[]) => Verdict;
  /** Why no gradient comes back to the operand at a position, where its shape is the reason; undefined where that is not known. */
  readonly gap: (precision: Precision, operation: string, args: readonly Argument[], at: number) => Gap | undefined;
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
  /** Under which global name, the one that modules customarily give its namespace too, a script tag leaves the library, and the addresses of the scripts that do. */
  readonly scriptTag?: { readonly global: string; readonly source: RegExp };
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
  /** Methods by which an unknown value shows that it is a tensor, and those that other things have, too. */
  readonly tensorMethods?: { readonly unmistakable: ReadonlySet<string>; readonly shared: ReadonlySet<string> };
  /** The property of a variable, layer or model, and the key of a layer's configuration, that switches its training. */
  readonly trainable: string;
  /** Undefined where the library has no layers. */
  readonly layers: Layers | undefined;
  /** What its operations ask of the shapes that they are given; undefined where that is not known. */
  readonly contracts: Contracts | undefined;
  /** The numbers that it calculates with. */
  readonly precision: Precision;
  /** Of which type results are that follow from no rule. */
  readonly resultTypes: ResultTypes;
  /** What operations compute whose numbers decide whether a gradient comes through, written in other operations. */
  readonly formulas: Readonly<Record<string, FormulaRow>>;
  /** Names that people expect from other libraries and that do not exist here. */
  readonly absent: readonly string[];
  /** Operations whose first operand are indices, for people if not for the library. */
  readonly indexed: readonly string[];
  /** Operations that use the shape of their operand and nothing else of it. */
  readonly shapeOnly: readonly string[];
  /** Calls in which an operation lets less through than its row says. */
  readonly exceptions: ExceptionTable;
  /** What is thrown for a missing derivative in place of `errors.noDerivative`, by operation. */
  readonly underivable: Readonly<Record<string, string>>;
  /** Second derivatives that do not come out right. */
  readonly higherOrder: HigherOrderTable;
  /** How long its tensors live; undefined where nothing has to be disposed, or nothing is known of it. */
  readonly lifetimes?: LifetimeFacts;
  /** How its names are used together, for warnings. */
  readonly usage: Usage;
  /** A file in whose text none of these words occurs opens no gradient scope. */
  readonly scopeWords: readonly string[];
  /** What a scope inside another is recorded on: the tape that is open already, or one of its own besides. */
  readonly nestedScopes: 'one tape' | 'own tapes';
  /** What the library throws when nothing is connected. */
  readonly errors: { readonly variables: string; readonly noVariable: string; readonly arguments: string; readonly list: string; readonly noDerivative: string; readonly noTensor: string; readonly noScalar: string; /** Of what is neither a tensor nor made of numbers. */ readonly operand: string; /** `…` stands for the function as it is called. */ readonly notFunction: { readonly variables: string; readonly arguments: string }; readonly customGradient: string; /** Of a scope that a custom gradient opens where it goes back; undefined where that is allowed. */ readonly scopeInGradient?: string };
}
