/** What happened to tensors while a program was run, as far as it matters how long they live. */
import type { Library } from '../libraries/library.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import type { CallChain } from './calls.ts';
import type { Node } from './graph.ts';
import type { Disposal, Repetition, Round } from './lifetimes.ts';

/** A tensor is used that has been disposed on some way, or, by one of `disposals`, on all. */
export interface Use {
  readonly kind: 'use';
  readonly library: Library;
  readonly node: Node;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** Empty where it may be alive. */
  readonly disposals: readonly Disposal[];
  /** What the library throws for one that has been disposed. */
  readonly error: string;
  /** In which run of code that others call. */
  readonly run: Round | undefined;
  /** Whether it stands for one use, as the program comes there, or for that in any of several rounds. */
  readonly times: 'once' | 'any number';
}

/** What a round of a loop uses that comes behind another one. Told anew whenever more is known of what the rounds before it leave. */
export interface NextRound {
  readonly kind: 'next-round';
  readonly run: Round | undefined;
  /** In how many rounds of others it stands: of the loops around a place each may have a next round. */
  readonly depth: number;
  readonly uses: readonly Use[];
}

/**
 * Who else may dispose what code leaves, as it calls the code within a region: nobody, or perhaps a caller that is not seen.
 * Code that is given tensors and gives some back is `a step` of what its callers compute.
 */
export type Holder = 'nobody' | 'a caller' | 'a caller, of which it is a step';

/** Code that may run any number of times has been run to its end. */
export interface Run {
  readonly kind: 'run';
  readonly repetition: Repetition;
  readonly chain: CallChain | undefined;
  /** What it has made that has to be disposed. */
  readonly made: readonly Node[];
  /** Of that, what is alive and what nobody can get at any more; and what no region disposes, for the program has kept it. */
  readonly left: readonly Node[];
  readonly kept: readonly Node[];
  /** What can be got at until the next run puts something else in its place; with the question, to be asked at the end, whether nobody comes in between. */
  readonly replaced: ReadonlyMap<Node, () => boolean>;
  /** Of what it has made, nodes that are any number of tensors each, for code within that runs again and again has made them. */
  readonly uncounted: ReadonlySet<Node>;
  /** What it has made and disposed itself, by calls that name it. */
  readonly disposed: readonly Node[];
  /** How often it may be run: a loop that counts to a number that is known ends. */
  readonly rounds: 'any number' | 'counted';
  readonly holder: Holder;
}

/** A function disposes a tensor of its own on one way out, and leaves it on another, where nobody can get at it any more. */
export interface Uneven {
  readonly kind: 'uneven';
  readonly node: Node;
  readonly code: FunctionCode;
  readonly disposal: Disposal;
  /** The `return` that leaves it; undefined at the end of the function. */
  readonly exit: Site | undefined;
  readonly chain: CallChain | undefined;
}

/** A region at whose end a library disposes what was made in it gives a promise: of an `async` function, or one that was made in it. */
export interface Promised {
  readonly kind: 'promised';
  readonly library: Library;
  /** Or a training has begun in it that goes on with what the region disposes. */
  readonly form: 'async' | 'promise' | 'training';
  /** The region that ends. */
  readonly region: Disposal;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** A variable is made by a name that another one has. */
export interface Renamed {
  readonly kind: 'renamed';
  readonly library: Library;
  readonly first: Node;
  readonly name: string;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  readonly error: string;
}
