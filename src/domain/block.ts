/** Layers and models: what each is built of. What may change about one is in the store. */
import type { LayerRow } from '../libraries/layer.ts';
import type { ClassCode, Site } from '../program/ir.ts';
import type { Node } from './graph.ts';
import { Cell } from './store.ts';
import type { HeapObject, InstanceValue, ObjectValue, Value } from './value.ts';

export type Structure =
  /** A layer of the library; without a row nothing is known of its weights. */
  | { readonly kind: 'layer'; readonly name: string; readonly row: LayerRow | undefined }
  /** One after the other: the list is in the store. */
  | { readonly kind: 'sequence'; readonly parts: ObjectValue }
  /** Between symbolic tensors. */
  | { readonly kind: 'graph'; readonly inputs: readonly Node[]; readonly outputs: readonly Node[]; readonly single: boolean }
  /** One of the parts of a model, and it is not known which. */
  | { readonly kind: 'some part'; readonly model: InstanceValue }
  | { readonly kind: 'unknown' };

/** The identity of a layer or model that the library makes. */
export class Block {
  /** Whether its weights belong to those that a model trains. */
  readonly trainable = new Cell('trainable');
  /** Whether the variables themselves are trainable: the library sets that where it is assigned, not where it is configured. */
  readonly flag = new Cell('flag');
  /** Set once the weights are there. */
  readonly built = new Cell('built');
  /** What `compile` was told. */
  readonly compiled = new Cell('compiled');

  constructor(readonly structure: Structure, readonly config: Value, readonly site: Site) {}

  get cells(): readonly Cell[] {
    return [this.trainable, this.flag, this.built, this.compiled];
  }
}

/** The same of a layer that is an instance of a class of the program. */
export class OwnLayer {
  readonly flag = new Cell('flag');
  readonly built = new Cell('built');
  /** Made by the layer itself, as the library means it. */
  readonly weights: Node[] = [];
}

/** A symbolic tensor: what will compute it, of which others. One that nothing computes is an input. */
export interface Symbolic {
  readonly part: Value | undefined;
  readonly inputs: readonly Node[];
}

/** What the interpreter remembers of models beside the store. */
export class Models {
  readonly symbolic = new Map<Node, Symbolic>();
  /** Weights of layers: variables that a scope finds that asks for every one. */
  readonly weights = new Set<Node>();
  /** Weights whose training has been switched, with the switch. */
  readonly switched = new Map<Node, Cell>();
  /** Layers of the program's own, by their objects. */
  readonly own = new Map<HeapObject, OwnLayer>();
  /** Weights of the program's own layers that a regularizer speaks of. */
  readonly penalised = new Set<Node>();
  /** The weights of a model that is built of several parts, to the model. */
  readonly byWeights = new Map<Node, InstanceValue>();
  /** Classes of layers that stand in models of this program: whether trainable weights stand before one of them. */
  readonly placed = new Map<ClassCode, boolean>();
}
