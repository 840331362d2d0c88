/** How long values of a library live: who disposes them, and where. Whether they are alive is in the store. */
import type { Library } from '../libraries/library.ts';
import type { FunctionCode, Site, Statement } from '../program/ir.ts';
import type { CallChain } from './calls.ts';
import type { Cell } from './cell.ts';
import type { Node } from './graph.ts';
import type { Value } from './value.ts';

/** A value that has to be disposed: a tensor, or what keeps tensors of its own. */
export interface Life {
  readonly kind: 'tensor' | 'variable' | 'model' | 'optimizer';
  readonly library: Library;
  /** What is known of it: `State`s. */
  readonly cell: Cell;
  /** The call that makes it, and the function's name there. */
  readonly site: Site;
  readonly label: string;
  readonly chain: CallChain | undefined;
  /** The innermost test on which it hung whether it is made; undefined where none did. */
  readonly under: object | undefined;
  /** The program catches what is thrown around it. */
  readonly caught: boolean;
}

/** What disposes values: a call, or the end of a region of the library. */
export interface Disposal {
  readonly by: 'call' | 'region';
  readonly site: Site;
  readonly label: string;
}

/** Code at whose end a library disposes what was made in it; of `opaque` code one does not know. */
export interface Region {
  readonly kind: 'disposing' | 'opaque';
  /** It was opened behind an `await`. */
  readonly late: boolean;
  readonly made: Set<Node>;
  /** Calls in it that go on with tensors when they have returned. */
  readonly begun: BegunCall[];
  readonly outer: Region | undefined;
}

export interface BegunCall {
  readonly library: Library;
  readonly tensors: readonly Node[];
  readonly site: Site;
  readonly label: string;
  readonly chain: CallChain | undefined;
}

export type LoopStatement = Extract<Statement, { op: 'loop' | 'iterate' }>;

/** Code that runs any number of times: a loop, a function that code elsewhere calls, or one that somebody calls again and again. */
export type Repetition =
  | { readonly kind: 'loop'; readonly site: Site; readonly statement: LoopStatement; /** What it goes through: of a list that is followed, what stands in it where it is not known item by item. */ readonly items?: Value; readonly list?: 'followed' }
  | { readonly kind: 'call'; readonly site: Site; readonly code: FunctionCode; /** What it is called with. */ readonly given: readonly Value[]; /** Whether it runs behind all that has been run before, or perhaps between. */ readonly when: 'later' | 'any time' }
  | { readonly kind: 'handler'; readonly site: Site; readonly code: FunctionCode; /** Who calls it: `setInterval`; once, unless it asks for the next call itself. */ readonly by: string; readonly once: boolean };

/** What is made in a run of such code. */
export interface Round {
  readonly of: Repetition | undefined;
  readonly outer: Round | undefined;
  readonly made: Set<Node>;
  /** Of that, what code within makes that itself runs any number of times: a node is several tensors. */
  readonly uncounted: Set<Node>;
  /** Something is used in it that may have been disposed. */
  isDoubtful: boolean;
}

export class Lifetimes {
  readonly #lives = new Map<Node, Life>();
  readonly #byCall = new Map<CallChain | undefined, Set<Node>>();
  readonly disposals: Disposal[] = [];
  /** Some of the values have been disposed somewhere. */
  readonly disposed = new Set<Node>();
  /** What functions that others can call give to their callers. */
  readonly given = new Set<Node>();
  /** Values that are kept where the store does not show them. */
  readonly withheld = new Set<Value>();
  /** Variables by the names that the program gives them: what a place of the store says is the number of the last one. */
  readonly names = new Map<string, Cell>();
  readonly named: Node[] = [];
  /** Functions that ask to be called again while they run. */
  readonly recurring = new Set<FunctionCode>();
  region: Region | undefined;
  round: Round | undefined;

  get lives(): ReadonlyMap<Node, Life> {
    return this.#lives;
  }

  live(node: Node, life: Life): void {
    this.#lives.set(node, life);
    const known = this.#byCall.get(life.chain);
    if (known === undefined) this.#byCall.set(life.chain, new Set([node]));
    else known.add(node);
  }

  /** What the code of a call makes itself, or is given by what it calls of a library. */
  madeIn(call: CallChain | undefined): Iterable<Node> {
    return this.#byCall.get(call) ?? [];
  }
}
