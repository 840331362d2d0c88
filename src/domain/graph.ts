/**
 * The gradient-flow graph: one node for each tensor or host value the interpreter meets, one edge for each
 * dependence, labelled with what differentiation does along it. Nodes and edges are made in the order of the program;
 * a moment is a place in that order, so that what was known then can be asked for later.
 */
import type { Cause } from '../calculus/cause.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';
import type { CallChain } from './calls.ts';

/** A place in the order in which the program makes nodes and edges. What is older has a lower number. */
export type Moment = number;

let made: Moment = 0;

/** The moment between what is there and what will be made. */
export function now(): Moment {
  return made;
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

/** A tape that the program holds itself, as `GradientTape` does. */
export interface HeldTape extends Tape {
  /** Stands for the tape among values; what unknown code has got is among the machine's escaped nodes. */
  readonly node: Node;
  /** What it may watch. */
  readonly watched: Set<Node>;
  /** It may watch more than is known. */
  watchesMore: boolean;
  /** Whether it watches trainable variables of its own accord; undefined when not known. */
  readonly watchesVariables: boolean | undefined;
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

/** An operation that a library cannot differentiate twice, and what comes of it. */
export interface Gap {
  readonly operation: Node;
  readonly outcome: 'throws' | 'wrong';
}

/** What a node stands for. */
export type Role =
  | SourceRole
  /** A tensor made from host data, with nothing tracked behind it; `path`: by which function of the library. */
  | { readonly kind: 'constant'; readonly path?: string }
  | OperationRole
  /** A read of a tensor's values into plain JavaScript. */
  | { readonly kind: 'read' }
  /** A plain value computed from reads. `misfit`: an operator of the language took a library's value for a number, for certain. */
  | { readonly kind: 'host'; readonly misfit?: true }
  /** One of several values: after a branch one of them, of the rounds of a loop each of them in some round. Identity for the gradient. */
  | { readonly kind: 'join'; readonly of: 'branches' | 'rounds' }
  /** A value from beyond the analysed code: an import without a body, a call outside every scope. `handed`: an argument of code that nothing in the file calls, or a part of one, which is data that exists before any scope. */
  | { readonly kind: 'external'; readonly handed: boolean }
  /** The result of unknown code inside a scope: it may depend on anything. */
  | { readonly kind: 'anything'; readonly handed: boolean };

export type NodeKind = Role['kind'];

export interface OperationRole {
  readonly kind: 'operation';
  /** The operation's name in the library's tables. */
  readonly path?: string;
  /** Nothing is said of how it does it: options are left out. */
  readonly plain?: true;
  /** It gives several tensors, which the node stands for together. */
  readonly several?: true;
  /** A stop by its name: no cotangent comes back, not even zeros. */
  readonly detached?: true;
  /** What the library throws when it goes back through it. */
  readonly fails?: string;
  /** Of a gradient: the operations on its way that the library cannot differentiate twice. */
  readonly gaps?: readonly Gap[];
}

/**
 * A trainable variable, or the weights of a layer or model.
 *
 * - `variable`: the program makes it.
 * - `weight`: a layer of the program's own asks its base class for it.
 * - `weights`: those of a layer or model of the library, which the node stands for together.
 * - `pretrained`: as `weights`, from a file.
 * - `beyond`: known by their type only, made beyond the analysed code.
 * - `argument`: a parameter of a function that the library differentiates while it trains a model.
 */
export interface SourceRole {
  readonly kind: 'source';
  readonly made: 'variable' | 'weight' | 'weights' | 'pretrained' | 'beyond' | 'argument';
  readonly trainable: Trainability;
  /** Of one variable, as far as it is known. */
  readonly shape?: readonly number[] | undefined;
}

/** Whether the library trains a variable: as far as the program says. */
export type Trainability = 'yes' | 'no' | 'unsure';

/** Whose a value is: of the code under analysis, of an instance that is known by its type only, so that code elsewhere has it too, or of another file, which made it for all that import it. */
export type Holder = 'file' | 'type' | 'elsewhere';

export interface Edge {
  readonly from: Node;
  /** `flows`, or why no gradient comes back along this edge. */
  readonly effect: 'flows' | Cause;
  /** The operand as written. */
  readonly site: Site;
  /** Of an assignment, the calls in which it was made: the variable itself is older. */
  readonly chain?: CallChain | undefined;
  readonly moment: Moment;
}

/** An edge that is to be made. */
export type Input = Pick<Edge, 'from' | 'effect' | 'site'>;

/** How weights hang together with others, as far as is known so far. */
class Belonging {
  /** Weights that are part of these: those of a model's layers. */
  readonly parts: Node[] = [];
  /** The model that their layer is part of, and how the layer is written from there. */
  place: { readonly model: Node; readonly path: string } | undefined;
  /** Their layer is configured not to train. The library asks for their gradient all the same, and nobody misses it. */
  unwanted = false;

  add(part: Node): void {
    if (!this.parts.includes(part)) this.parts.push(part);
  }
}

export class Node {
  /** When it was made. */
  readonly moment: Moment = made++;
  readonly inputs: Edge[] = [];
  /** Something is made of it. */
  used = false;
  /** It also went where no derivative is known of: into a rounding, a position, an option. */
  coarse = false;
  /** Its derivative may not be finite where its operands lie. */
  singular = false;
  /** Undefined of what is no source. */
  readonly belonging: Belonging | undefined;
  #name: { readonly text: string; readonly depth: number } | undefined;
  /** When the program first switched its training in a way that leaves it open what holds. */
  #unsureSince: Moment = Infinity;
  /** It was made by code that runs any number of times, and stands for what each run makes. */
  repeated = false;

  constructor(
    readonly role: Role,
    /** The operation as the user wrote it (`matMul`, `dataSync`), or what made the value. */
    readonly label: string,
    readonly site: Site,
    readonly chain: CallChain | undefined,
    /** Open when it was made. */
    readonly tapes: OpenTapes | undefined,
    readonly holder: Holder = 'file',
  ) {
    this.belonging = role.kind === 'source' ? new Belonging() : undefined;
  }

  get kind(): NodeKind {
    return this.role.kind;
  }

  /** Whether the tape has seen it made. */
  isOn(tape: Tape): boolean {
    return this.tapes?.has(tape) ?? false;
  }

  // — what the role says —

  /** The name in the library's tables of what made it. */
  get path(): string | undefined {
    return 'path' in this.role ? this.role.path : undefined;
  }

  /** It stands for several tensors at once. */
  get several(): boolean {
    if (this.role.kind === 'source') return this.role.made === 'weights' || this.role.made === 'pretrained' || this.role.made === 'beyond';
    return this.role.kind === 'operation' && this.role.several === true;
  }

  /** The values were made beyond the analysed code. */
  get foreign(): boolean {
    return this.role.kind === 'source' && (this.role.made === 'pretrained' || this.role.made === 'beyond' || this.role.made === 'argument');
  }

  get handed(): boolean {
    return 'handed' in this.role && this.role.handed;
  }

  get detached(): boolean {
    return this.role.kind === 'operation' && this.role.detached === true;
  }

  get plain(): boolean {
    return this.role.kind === 'operation' && this.role.plain === true;
  }

  get fails(): string | undefined {
    return this.role.kind === 'operation' ? this.role.fails : undefined;
  }

  get misfit(): boolean {
    return this.role.kind === 'host' && this.role.misfit === true;
  }

  get gaps(): readonly Gap[] {
    return this.role.kind === 'operation' ? this.role.gaps ?? [] : [];
  }

  /** Whether the value is merely handed on here, so that the gradient neither starts nor changes. */
  get transparent(): boolean {
    return this.role.kind === 'join';
  }

  /** A value that is one of several, of which each run has only one. */
  get isChoice(): boolean {
    return this.role.kind === 'join' && this.role.of === 'branches';
  }

  /** Weights that are part of this source: a model's layers. */
  get parts(): readonly Node[] {
    return this.belonging?.parts ?? [];
  }

  get unwanted(): boolean {
    return this.belonging?.unwanted === true;
  }

  // — names —

  /** The user's name for the value: the variable or property it was stored in, the outermost of those that a factory passes it through. */
  get name(): string | undefined {
    return this.#name?.text;
  }

  /** Names the value, at a depth of calls; a name given further out is the better one. */
  call(text: string, depth: number): void {
    if (this.#name === undefined || depth < this.#name.depth) this.#name = { text, depth };
  }

  // — training —

  /** Whether it trains at a moment, for certain. What is no source is not in question. */
  trainability(at: Moment = made): Trainability {
    if (this.role.kind !== 'source') return 'yes';
    return this.#unsureSince < at ? 'unsure' : this.role.trainable;
  }

  /** Its training is switched. What is switched on again after it was made may be switched on too late, or only sometimes. */
  switchTraining(on: boolean): void {
    const stays = on && this.trainability() === 'yes';
    if (!stays) this.#unsureSince = Math.min(this.#unsureSince, made++);
  }

  // — edges —

  /** The edges that were there at a moment. */
  inputsAt(moment: Moment): readonly Edge[] {
    const last = this.inputs.at(-1);
    return last === undefined || last.moment < moment ? this.inputs : this.inputs.filter((edge) => edge.moment < moment);
  }

  /** Adds an edge unless the same one is there already. */
  connect(from: Node, effect: Edge['effect'], site: Site, chain?: CallChain): void {
    from.used = true;
    if (this.inputs.some((edge) => edge.from === from && edge.effect === effect)) return;
    this.inputs.push({ from, effect, site, chain, moment: made++ });
  }

  /** The value and, of one that stands for others, those that it may be. */
  alternatives(): readonly Node[] {
    const all = new Set<Node>([this]);
    for (const each of all) if (each.transparent) for (const { from } of each.inputs) all.add(from);
    return [...all];
  }
}
