/** Layers and models beside the store: symbolic tensors, weights, and where layers stand. */
import type { Form, Wakeful } from '../libraries/usage.ts';
import type { ClassCode } from '../program/ir.ts';
import { type Allocation, Cell } from './cell.ts';
import type { Node } from './graph.ts';
import type { Block, Configuration, HeapObject, InstanceValue, ListState, ObjectValue, Value } from './value.ts';

/** What is known of a layer that is an instance of a class of the program. */
export class OwnLayer {
  readonly flag: Cell;
  readonly built: Cell;
  /** What it has handed to its base class; undefined where that is not known, or differs from one time to the next. */
  configured: Configuration | undefined;
  isConfigured = false;
  /** Made by the layer itself, as the library means it. */
  readonly weights: Node[] = [];

  constructor(allocation: Allocation) {
    [this.flag, this.built] = [new Cell('flag', allocation), new Cell('built', allocation)];
  }
}

/** A symbolic tensor: what will compute it, of which others. One that nothing computes is an input. */
export interface Symbolic {
  readonly part: Value | undefined;
  readonly inputs: readonly Node[];
  /** Of a part with several outputs: which one it is. */
  readonly output: number | undefined;
  /** It stands for all inputs of a model from elsewhere, however many. */
  readonly open?: true;
  /** An array of the lengths of its axes, in the store; a length that is left open is null. */
  readonly shape: ObjectValue;
}

/** A layer as it is configured; what is not known for certain is `other`, or undefined. */
export interface LayerSettings {
  readonly node: Node;
  /** The function that makes it. */
  readonly kind: string;
  readonly activation: Form | 'linear' | 'other';
  /** Kernel and bias begin with one number everywhere. */
  readonly constant: boolean;
  /** The kernel alone is looked at by what comes before. */
  readonly constantKernel: boolean;
  readonly units: number | undefined;
  /** What it does in training alone, for certain. */
  readonly awake: Wakeful | undefined;
  /** Whether something is added to the loss for its weights, for certain. */
  readonly regularised: boolean;
}

/** Of all layers and models of a run. */
export class Models {
  /** A trainable variable has been made: a scope that asks for every variable finds one. */
  hasVariables = false;
  readonly symbolic = new Map<Node, Symbolic>();
  /** Weights of layers: variables that a scope finds that asks for every one. */
  readonly weights = new Set<Node>();
  /** Weights of the library's layers, with what says whether they have been made: a layer makes them when it is first applied. */
  readonly built = new Map<Node, Cell>();
  /** Weights whose training has been switched, with the switch. */
  readonly switched = new Map<Node, Cell>();
  /** Layers of the program's own, by their objects. */
  readonly own = new Map<HeapObject, OwnLayer>();
  /** Weights of the program's own layers that a regularizer speaks of. */
  readonly penalised = new Set<Node>();
  /** The weights of a model that is built of several parts, to the model. */
  readonly byWeights = new Map<Node, InstanceValue>();
  /** Arrays of all layers of a model, as they were when they were asked for. */
  readonly listed = new Map<HeapObject, { readonly model: InstanceValue; readonly list: ListState }>();
  /** The symbolic tensors at the ends of models from elsewhere. */
  readonly opened = new Map<Block, { readonly inputs: readonly Node[]; readonly outputs: readonly Node[]; readonly more: boolean }>();
  /** Classes of layers that stand in models of this program: whether trainable weights stand before one of them. */
  readonly placed = new Map<ClassCode, boolean>();
}
