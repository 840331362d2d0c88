/**
 * The gradient-flow graph: one node for each tensor or host value the interpreter meets, one edge for each
 * dependence, labelled with what differentiation does along it.
 */
import type { Cause } from '../calculus/cause.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';

/** A call in progress when something happened: where it was called from, innermost first. */
export interface CallChain {
  readonly site: Site;
  readonly caller: CallChain | undefined;
}

/** Whether two things happened in the same calls. */
export function sameCalls(a: CallChain | undefined, b: CallChain | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.site === b.site && sameCalls(a.caller, b.caller));
}

/** What one differentiation can see: the operations that ran while it was open. */
export interface Tape {
  readonly library: Library;
  readonly site: Site;
  /** The scope as the user wrote it: `minimize`; undefined where the library runs the function while it trains a model. */
  readonly label: string | undefined;
  /** Where values that were made before the scope are first named inside it. */
  readonly entries: Map<Node, { readonly site: Site; readonly chain: CallChain | undefined }>;
}

/** The tapes that are open at one time, innermost first. */
export class OpenTapes {
  constructor(readonly innermost: Tape, readonly outer: OpenTapes | undefined) {}

  has(tape: Tape): boolean {
    return this.innermost === tape || (this.outer?.has(tape) ?? false);
  }

  /** The innermost that belongs to a library. */
  of(library: Library): Tape | undefined {
    return this.innermost.library === library ? this.innermost : this.outer?.of(library);
  }

  /** The others. */
  without(tape: Tape): OpenTapes | undefined {
    if (!this.has(tape)) return this;
    const outer = this.outer?.without(tape);
    return this.innermost === tape ? outer : new OpenTapes(this.innermost, outer);
  }
}

/** With one more tape open. */
export function opened(tape: Tape, among: OpenTapes | undefined): OpenTapes {
  return among?.has(tape) === true ? among : new OpenTapes(tape, among);
}

export type NodeKind =
  /** A trainable variable, the weights of a layer or model. */
  | 'source'
  /** A tensor made from host data, with nothing tracked behind it. */
  | 'constant'
  /** A tensor operation. */
  | 'operation'
  /** A read of a tensor's values into plain JavaScript. */
  | 'read'
  /** A plain value computed from reads. */
  | 'host'
  /** One of several values, after a branch or in a loop. Identity for the gradient. */
  | 'join'
  /** A value from beyond the analysed code: an argument, an import without a body, a call outside every scope. */
  | 'external'
  /** The result of unknown code inside a scope: it may depend on anything. */
  | 'anything';

export interface Edge {
  readonly from: Node;
  /** `flows`, or why no gradient comes back along this edge. */
  readonly effect: 'flows' | Cause;
  /** The operand as written. */
  readonly site: Site;
  /** Of an assignment, the calls in which it was made: the variable itself is older. */
  readonly chain?: CallChain | undefined;
}

export class Node {
  static #made = 0;
  /** Nodes with a lower number were there before. */
  readonly order = Node.#made++;
  readonly inputs: Edge[] = [];
  #name: { readonly text: string; readonly depth: number } | undefined;
  /** `false` once the program is known to have switched training off. */
  trainable = true;
  /** It was made not trainable, for certain. */
  frozen = false;
  /** An argument of code that nothing in the file calls, or a part of one: data that exists before any scope. */
  handed = false;
  /** Its layer is configured not to train. The library asks for its gradient all the same, and nobody misses it. */
  unwanted = false;
  /** It belongs to an instance that is known by its type only: code elsewhere has it too. */
  typed = false;
  /** Another file made it for all that import it. */
  elsewhere = false;
  /** The weights were made beyond the analysed code, or come trained from a file. */
  foreign = false;
  /** A stop by its name: no cotangent comes back, not even zeros. */
  detached = false;
  /** Of a gradient: the operations on its way that the library cannot differentiate twice. */
  gaps: readonly { readonly operation: Node; readonly outcome: 'throws' | 'wrong' }[] = [];
  /** Its values also went where no derivative is known of: into a rounding, a position, an option. */
  coarse = false;
  /** Something is made of it. */
  used = false;
  /** The operation's name in the library's tables. */
  path: string | undefined;
  /** Nothing is said of how the operation does it: options are left out. */
  plain = false;
  /** It stands for several tensors at once: the results of a split, the weights of a model. */
  several = false;
  /** Of a join: of the rounds of a loop, so that each alternative is there in some round. */
  ofRounds = false;
  /** Weights that are part of this source: a model's layers. */
  readonly parts: Node[] = [];
  /** Of the weights of a layer: the model that it is part of, and how the layer is written from there. */
  place: { readonly model: Node; readonly path: string } | undefined;

  constructor(
    readonly kind: NodeKind,
    /** The operation as the user wrote it (`matMul`, `dataSync`), or what made the value. */
    readonly label: string,
    readonly site: Site,
    readonly chain: CallChain | undefined,
    /** Open when it was made. */
    readonly tapes: OpenTapes | undefined,
  ) {}

  /** Whether the tape has seen it made. */
  isOn(tape: Tape): boolean {
    return this.tapes?.has(tape) ?? false;
  }

  /** The user's name for the value: the variable or property it was stored in, the outermost of those that a factory passes it through. */
  get name(): string | undefined {
    return this.#name?.text;
  }

  /** Names the value, at a depth of calls; a name given further out is the better one. */
  call(text: string, depth: number): void {
    if (this.#name === undefined || depth < this.#name.depth) this.#name = { text, depth };
  }

  /** Adds an edge unless the same one is there already. */
  connect(from: Node, effect: Edge['effect'], site: Site, chain?: CallChain): void {
    from.used = true;
    if (this.inputs.some((edge) => edge.from === from && edge.effect === effect)) return;
    this.inputs.push({ from, effect, site, chain });
  }

  /** Whether the value is merely handed on here, so that the gradient neither starts nor changes. */
  get transparent(): boolean {
    return this.kind === 'join';
  }
}
