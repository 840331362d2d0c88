/**
 * What happened while a program was run, in the order of the program: whoever judges reads it, and nothing that runs
 * knows who. An event holds what was known at its moment; the graph remembers when each of its edges was made.
 */
import type { Argument } from '../calculus/numbers/argument.ts';
import type { Dimensions } from '../calculus/numbers/dimensions.ts';
import type { Facts } from '../calculus/numbers/facts.ts';
import type { Gap } from '../calculus/shapes/backward.ts';
import type { Failure } from '../calculus/shapes/verdict.ts';
import type { Library } from '../libraries/library.ts';
import type { ScopeForm } from '../libraries/meaning.ts';
import type { ClassCode, FunctionCode, Site } from '../program/ir.ts';
import type { CallChain } from './calls.ts';
import type { Circumstances } from './circumstances.ts';
import type { Fit } from './fits.ts';
import type { HeldTape, Moment, Node, OpenTapes, Tape } from './graph.ts';
import type { NextRound, Promised, Renamed, Run, Uneven, Use } from './life-events.ts';
import { Lifetimes, type Repetition } from './lifetimes.ts';
import { type LayerSettings, Models } from './models.ts';
import type { Reason } from './reasons.ts';
import type { ClosureValue, HeapObject, ListState, ObjectValue, Optimizer, Value } from './value.ts';

export type Event =
  | ScopeRun
  | UninitialisedUse
  | Mistake
  | Operation
  | Read
  | Gradient
  | Update
  | Preparation
  | Application
  | Use
  | NextRound
  | Run
  | Uneven
  | Renamed
  | Promised
  | Step
  | Shaped
  | Fit;

/** One differentiation that has been run to its end. */
export interface ScopeRun {
  readonly kind: 'scope';
  /** When it ended. */
  readonly moment: Moment;
  readonly library: Library;
  readonly form: ScopeForm | TapeForm | FunctionForm | TrainingForm;
  /** As the user wrote it: `minimize`; of a tape, its name. */
  readonly label: string;
  /** The call that differentiates. */
  readonly site: Site;
  readonly chain: CallChain | undefined;
  readonly tape: Tape;
  /** Inside another scope, whose tape it shares. */
  readonly nested: boolean;
  /** What the function gives back. */
  readonly result: Value;
  /** Stands for the scope's result as the library differentiates it; undefined when the result is no tensor. */
  readonly target: Node | undefined;
  /** The function, as written in the call. */
  readonly callbackSite: Site;
  readonly callback: FunctionCode | undefined;
  /** What the gradient is asked for by name; undefined: every trainable variable there is, or a list that is not known. */
  readonly asked: readonly AskedSource[] | undefined;
  /** Of a list that is not known item by item, what is known of it all the same. */
  readonly bounds: ListBounds | undefined;
  /** Whether some trainable variable exists when the scope opens. */
  readonly variables: boolean;
  /** Weights of layers whose training is switched off when the scope opens. */
  readonly frozen: ReadonlySet<Node>;
  /** Weights that the scope cannot find, for their layers make them only when they are first applied; and those of which that is not known. */
  readonly unbuilt: Unbuilt;
  /** No list was given at all. */
  readonly everything: boolean;
}

/** A list of variables that is known in part. */
export interface ListBounds {
  /** As it is written in the call. */
  readonly site: Site;
  /** In the list for certain. */
  readonly certain: ReadonlySet<Node>;
  /** Of one of several lists: certainly in that one. */
  readonly sometimes: ReadonlySet<Node>;
  /** What may be in it, weights of models one by one. */
  readonly possible: ReadonlySet<Node>;
  /** Whether anything else may be in it. */
  readonly more: 'never' | 'perhaps';
}

export interface Unbuilt {
  readonly certain: ReadonlySet<Node>;
  readonly possible: ReadonlySet<Node>;
}

/** What a tape of the program's own has recorded is differentiated with respect to tensors. */
export interface TapeForm {
  readonly kind: 'tape';
  readonly tape: HeldTape;
}

/** A function that the library runs while it trains a model: what matters is the path from its argument to its result. */
export type FunctionForm =
  /** `only`: whether the model has no other loss, and no penalty that is added to this one. */
  | { readonly kind: 'function'; readonly role: 'loss'; readonly only: 'yes' | 'unsure' }
  /** `weights`: those that the layer has made; `tracksItself`: it says by means of its own which weights it has; `cuts`: weights stand before it, so it is asked what it cuts. A layer for data, or for inference alone, may cut. */
  | { readonly kind: 'function'; readonly role: 'layer'; readonly weights: readonly Node[]; readonly tracksItself: boolean; readonly cuts: boolean };

/** The library trains a model: the weights that were collected, and that are trainable now. */
export interface TrainingForm {
  readonly kind: 'training';
  readonly asked: readonly Node[];
  /** The weights of the model, where none of them trains for certain. */
  readonly frozen: readonly Node[];
  /** Weights that were switched on after they had not been collected. */
  readonly late: readonly Node[];
  /** Of every weight it is known whether it trains. */
  readonly complete: boolean;
  /** Weights that the model has, or trains, in some runs; undefined where there may be others that are not known. */
  readonly perhaps: readonly Node[] | undefined;
  /** What the layers of the program's own within the model use; filled as it runs. */
  readonly within: ReadonlySet<Node>;
}

export interface AskedSource {
  readonly value: Value;
  readonly node: Node | undefined;
  /** Certainly neither watched by the tape nor recorded on it. */
  readonly unwatched?: boolean;
  readonly site: Site;
}

/** A use of a name that fails when it runs. */
export interface UninitialisedUse {
  readonly kind: 'uninitialised';
  readonly name: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** Open when it is used. */
  readonly tapes: OpenTapes | undefined;
  /** The declaration that has not run yet, where there is one. */
  readonly declared: Site | undefined;
  readonly effect: 'ReferenceError' | 'TypeError';
  /** Whether the scope comes to it whenever it runs. */
  readonly runs: 'for certain' | 'perhaps';
}

/** A call that is wrong in itself, whatever comes of it. */
export interface Mistake {
  readonly kind: 'mistake';
  readonly cause: Reason;
  readonly variant: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** The call as the user wrote it: `minimize`. */
  readonly scope: string;
  /** Who throws or does otherwise. */
  readonly library: string;
  /** What is thrown; undefined where the library trains something else without a word. */
  readonly error: string | undefined;
}

/** An operation of a library on tensors. */
export interface Operation {
  readonly kind: 'operation';
  readonly library: Library;
  readonly node: Node;
  /** Its name in the library's tables, and as the user wrote it. */
  readonly path: string;
  readonly label: string;
  /** By position; undefined where they are not known one by one. */
  readonly operands: readonly Value[] | undefined;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** A tensor is read while a tape records, and the thread waits for its values. Other reads are in the graph. */
export interface Read {
  readonly kind: 'read';
  readonly node: Node;
  readonly tape: Tape;
}

/** Gradients that one call computes. */
export interface Gradient {
  readonly kind: 'gradient';
  readonly node: Node;
  /** In a run that only collects effects. */
  readonly silent: boolean;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** Weights get their values in another way than from the scopes that are seen. */
export interface Update {
  readonly kind: 'update';
  readonly weights: Node;
  readonly how: 'trained' | 'overwritten';
}

/** A library is given tensors, or values for one, of whose shapes it asks something. */
export interface Shaped {
  readonly kind: 'shaped';
  readonly library: Library;
  /** Its name in the library's tables, and as the user wrote it. */
  readonly operation: string;
  readonly label: string;
  /** Why it fails, whatever is not known; undefined where it may go well. */
  readonly failure: Failure | undefined;
  /** Operands that get no gradient because of their shapes. */
  readonly gaps: readonly Gap[];
  /** What an operation gives. */
  readonly node: Node | undefined;
  /** What was known of the arguments at that moment, by position. */
  readonly given: readonly Argument[];
  /** The tensors among them: of each argument itself, or of its items. */
  readonly nodes: readonly (readonly (Node | undefined)[])[];
  readonly sites: readonly Site[];
  readonly site: Site;
  readonly chain: CallChain | undefined;
  readonly circumstances: Circumstances;
}

/** A model is made ready to be trained: it is compiled, with the losses that `compile` is given, or applied while a tape records. */
export interface Preparation {
  readonly kind: 'compiled' | 'applied';
  readonly library: Library;
  readonly layers: readonly (LayerSettings | undefined)[];
  readonly losses: readonly Value[];
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** A model or layer of the library is run while a tape records. */
export interface Application {
  readonly kind: 'application';
  readonly library: Library;
  readonly layers: readonly (LayerSettings | undefined)[];
  /** Whether it is left open that the model trains. */
  readonly training: 'not said' | 'said';
  readonly outputs: readonly Node[];
  readonly tapes: OpenTapes;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** An optimizer that keeps moments moves the variables of a scope. */
export interface Step {
  readonly kind: 'step';
  readonly optimizer: Optimizer;
  readonly of: Taken;
  /** The step that it has taken before this one, in every run that gets here. */
  readonly previous: Taken | undefined;
  /** Whether the code that takes it runs as often as the code that makes the optimizer. */
  readonly takenIn: 'the run that makes it' | 'another run';
}

/** One step of an optimizer. */
export interface Taken {
  readonly scope: ScopeRun;
  /** Whether the list of the scope has been handed on as it is, or what of it has a gradient. */
  readonly moves: 'the list' | 'what has a gradient';
  /** The code that runs any number of times in which it is taken, the outermost first. */
  readonly rounds: readonly Repetition[];
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** A training that goes on when the call that begins it has returned. */
export interface Begun {
  /** The calls in progress of which none has waited for anything since they led to it, and how often code had waited by then. */
  readonly frames: ReadonlySet<object>;
  readonly waits: number;
  readonly site: Site;
}

/** What code has been run, and by which values it can be run on its own. */
class Executed {
  #entered = new Set<FunctionCode>();
  readonly closures = new Map<FunctionCode, ClosureValue>();
  readonly instances = new Map<ClassCode, ObjectValue>();
  /** Functions that only a library calls, and how it does. */
  readonly callers = new Map<FunctionCode, () => void>();

  /** Functions that have been called. */
  get entered(): ReadonlySet<FunctionCode> {
    return this.#entered;
  }

  enter(code: FunctionCode): void {
    this.#entered.add(code);
  }

  rewind(entered: ReadonlySet<FunctionCode>): void {
    this.#entered = new Set(entered);
  }
}

/** A place in the history to which it can be taken back. */
interface Mark {
  readonly events: number;
  readonly entered: ReadonlySet<FunctionCode>;
}

export class History {
  readonly #events: Event[] = [];
  /** Those of a kind, once they have been asked for. */
  readonly #byKind = new Map<Event['kind'], readonly Event[]>();
  readonly executed = new Executed();
  readonly models = new Models();
  readonly lifetimes = new Lifetimes();
  /** What was differentiated and written in runs of which nothing is told, or no more. No such run says that something is lost; what it trains is trained. */
  readonly untold: (ScopeRun | Update)[] = [];
  /** Uses of tensors in a run beside those that the program has, where somebody asks for them. */
  triedUses: Use[] | undefined;
  /** Values handed to code that is not known. */
  readonly escaped = new Set<Node>();
  /** Calls of what is not known, with the value that is called, where there is one. */
  readonly unfollowed = new Map<Site, Node | undefined>();
  /** What an operator of the language made that took a library's value for a number, whenever it ran for the first time. */
  readonly misfits = new Set<Node>();
  /** Functions of the program that have given a gradient back. */
  readonly givers = new Map<Node, readonly FunctionCode[]>();
  /** Tensors that begin with one number everywhere, with their shapes. */
  readonly uniform = new Map<Node, readonly number[]>();
  /** What models gave, with the layers of the model. */
  readonly predictions = new Map<Node, readonly (LayerSettings | undefined)[]>();
  /** All steps of optimizers, those of silent runs among them. */
  readonly steps: Taken[] = [];
  readonly trainings: Begun[] = [];
  /** Objects that hold the gradients of a scope by name, as they were when they were made. */
  readonly named = new Map<HeapObject, { readonly scope: ScopeRun; readonly list: ListState }>();
  /** What was known of the shapes of tensors when they were last made. */
  readonly shapes = new Map<Node, Dimensions>();
  /** What is known of the first values of variables. */
  readonly initial = new Map<Node, Facts>();
  /** Gradients have been applied of which it is not known whose they are. */
  hasUnknownSteps = false;
  /** Gradients have been computed: what becomes of them is followed. */
  hasGradients = false;

  /** Nothing is told of what a run did, or no more: what it trained is trained, and a gradient of its may be used. */
  untell(event: Event): void {
    if (event.kind === 'scope' || event.kind === 'update') this.untold.push(event);
    if (event.kind === 'gradient') this.add({ ...event, silent: true });
  }

  add(event: Event): void {
    this.#events.push(event);
    this.#byKind.delete(event.kind);
  }

  /** What a piece of code told is told anew, from what it may find in any of its runs. */
  forget(told: ReadonlySet<Event>): void {
    const kept = this.#events.filter((event) => !told.has(event));
    this.#events.splice(0, this.#events.length, ...kept);
    this.#byKind.clear();
    for (const event of told) this.untell(event);
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** All events of a kind, in the order of the program. */
  all<K extends Event['kind']>(kind: K): readonly Extract<Event, { kind: K }>[] {
    let all = this.#byKind.get(kind);
    if (all === undefined) this.#byKind.set(kind, all = this.#events.filter((event) => event.kind === kind));
    return all as readonly Extract<Event, { kind: K }>[];
  }

  mark(): Mark {
    return { events: this.#events.length, entered: new Set(this.executed.entered) };
  }

  /** Forgets what happened since; what is known of values stays. */
  rewind({ events, entered }: Mark): void {
    const forgotten = this.#events.splice(events);
    this.#byKind.clear();
    this.executed.rewind(entered);
    for (const event of forgotten) this.untell(event);
  }
}
