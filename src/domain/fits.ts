/** Layers behind others, and data given to models: whether one takes the other. */
import type { ShapeForm } from '../calculus/shapes/layers/forms.ts';
import type { LayerShape, Refusal } from '../calculus/shapes/layers/layer-shape.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';
import type { CallChain } from './calls.ts';
import type { Circumstances } from './circumstances.ts';
import type { Node } from './graph.ts';

/** A layer, or what gives a shape: what it is called, and where it was made. */
export interface Maker {
  readonly label: string;
  readonly site: Site;
  /** Of a layer, what it does to shapes. */
  readonly form?: ShapeForm['form'] | undefined;
}

export interface Given {
  readonly shape: LayerShape | undefined;
  /** Undefined where it is the input of a model that its first layer makes. */
  readonly from: Maker | undefined;
}

/** A layer is put behind others, or a model or layer gets data. */
export interface Fit {
  readonly kind: 'fit';
  readonly library: Library;
  /** As the user wrote it: `add`, `predict`. */
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** It is one of the runs that are made until a loop rests. */
  readonly repeated: boolean;
  readonly circumstances: Circumstances;
  /** Models whose layers others may have changed by then, if others have them. */
  readonly changeable: readonly Node[];
  /** What is certainly wrong; undefined where nothing is, or where that is not known. */
  readonly misfit: Misfit | undefined;
}

export type Misfit =
  /** A layer does not take what it is given. `running`: the model is built, and the layer refuses when it runs. */
  | { readonly kind: 'refused'; readonly layer: Maker; readonly inputs: readonly Given[]; readonly refusal: Refusal; readonly error: string; readonly when: 'built' | 'run' }
  /** Nothing of the input is left for the layer to give; `error`: what is thrown, if anything is. */
  | { readonly kind: 'nothing left'; readonly layer: Maker; readonly input: Given; readonly shape: LayerShape; readonly error: string | undefined }
  /** The first layer of a model does not say what it takes. */
  | { readonly kind: 'no beginning'; readonly layer: Maker; readonly error: string }
  /** A model does not take the tensor that it is given, as input or as labels. `loss`: by which it compares them. */
  | { readonly kind: 'data'; readonly as: 'input' | 'labels'; readonly wanted: LayerShape; readonly by: Maker | undefined; readonly given: LayerShape; readonly from: Maker; readonly loss: string | undefined; readonly error: string }
  /** Numbers, or arrays of them, are no tensors. `wanted`: of the first of them. `error`: empty where it is not known which of several. */
  | { readonly kind: 'numbers'; readonly as: 'input' | 'labels'; readonly wanted: LayerShape | undefined; readonly from: Maker; readonly error: string }
  /** A number of tensors that is not the one of the model's inputs, or outputs. */
  | { readonly kind: 'count'; readonly as: 'input' | 'labels'; readonly wanted: number; readonly given: number; readonly error: string }
  /** As many examples as there are inputs are not as many as there are labels, or not those of another input, or of other labels. */
  | { readonly kind: 'samples'; readonly among: 'both' | 'inputs' | 'labels'; readonly inputs: number; readonly labels: number; readonly from: readonly Maker[]; readonly error: string };
