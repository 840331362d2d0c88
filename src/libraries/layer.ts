/** What is known of a library's layers, as data: which weights they have, and what comes back through them. */
import type { Derivative } from '../calculus/derivative.ts';
import type { ShapeForm } from '../calculus/shapes/layers/forms.ts';
import type { LayerError, Refusal } from '../calculus/shapes/layers/layer-shape.ts';

export interface LayerRow {
  /** The weights that it trains, in the library's order. */
  readonly weights: readonly LayerWeight[];
  /** It has others besides that it does not train. */
  readonly statistics?: true;
  /** What comes back to its input, and to its weights. */
  readonly input: Derivative;
  readonly own: Derivative;
  /** Configurations in which less comes back. */
  readonly exceptions?: readonly LayerException[];
  /** What the library throws where the derivative is `none`, if not what it throws for operations. */
  readonly error?: string;
}

/** `option`: the key of the configuration that leaves the weight out where it is `false`. */
export interface LayerWeight {
  readonly name: string;
  readonly option?: string;
}

export interface LayerException {
  readonly when: LayerCondition;
  /** What must hold besides. */
  readonly and?: LayerCondition;
  readonly input: Derivative;
  readonly own: Derivative;
}

/** What must be known of a layer's configuration. */
export type LayerCondition =
  | { readonly kind: 'equals'; readonly field: string; readonly value: boolean | number | string }
  /** The number, or one of the numbers in the array, is above the limit. */
  | { readonly kind: 'above'; readonly field: string; readonly limit: number };

/** By the name of the function that makes the layer. Layers that are not listed have weights of which nothing is known. */
export type LayerTable = Readonly<Record<string, LayerRow>>;

/** A library that builds models of layers. */
/** What a model can be compiled with, and what is thrown otherwise. */
export interface Compiling {
  /** The texts by which losses, optimizers and metrics are known, under the keys of the configuration; `error`: the beginning of what is thrown for another one. */
  readonly names: Readonly<Record<'loss' | 'optimizer' | 'metrics', { readonly known: ReadonlySet<string>; readonly error: string }>>;
  /** Losses whose labels must be of floats, though they are numbers of classes. */
  readonly floatLabels: { readonly losses: ReadonlySet<string>; readonly error: string };
  /** Of a model that is trained and has not been compiled: by whether it is built, and where that is not known. */
  readonly uncompiled: Readonly<Record<'unbuilt' | 'built' | 'either', string>>;
  /** Of a model that is trained while it is being trained. */
  readonly ongoing: string;
  /** Of a variable of integers that an optimizer moves. */
  readonly integers: string;
  /** Of a model with a layer whose `call` gives a promise. */
  readonly promised: string;
  /** Of tensors in the place of a data set. */
  readonly noDataset: string;
  /** The class of data sets, and what is thrown for one in the place of tensors; those of plain rows and of others whose elements are known, and what is thrown where nothing makes batches of them. */
  readonly dataset: { readonly class: string; readonly error: string; readonly rows: string; readonly others: string; readonly unbatched: string };
}

export interface Layers {
  readonly table: LayerTable;
  /** Layers that run one that they are given, by the name of the function that makes them: how many times they have its weights. */
  readonly wrappers: Readonly<Record<string, number>>;
  /** What layers do to shapes, by the name of the function that makes them. */
  readonly shapes: Readonly<Record<string, ShapeForm>>;
  /** What is thrown where a layer does not take its inputs. */
  readonly refusals: LayerErrors;
  /** What is thrown by models; texts as those of layers. */
  readonly errors: ModelErrors;
  /** Losses by name: of labels that are the numbers of classes, and of those that have a column for each class. */
  readonly losses: { readonly sparse: string; readonly oneHot: string };
  /** Which argument has the options in which data are given on which a model is tried while it trains, and under which key. */
  readonly validation: { readonly options: number; readonly key: string };
  /** Under which keys an element of a data set has the inputs and the labels. */
  readonly elements: { readonly inputs: string; readonly labels: string };
  /** Keys of a layer's configuration. */
  readonly keys: {
    readonly name: string;
    /** Functions of the weights or the output that are added to the loss. */
    readonly penalties: readonly string[];
    /** With one of these, a model that begins with the layer has its weights at once. */
    readonly shapes: readonly string[];
  };
  /** The key of the options with which `call` is told that the model trains. */
  readonly training: string;
  /** The members by which a class of the program says itself which weights it has. */
  readonly tracking: readonly string[];
  /** The method of a layer that makes its weights, before it runs for the first time. */
  readonly build: string;
  /** The method that says which shape it gives for a shape, before it runs. */
  readonly outputShape: string;
  /** The property that says that this has been done. */
  readonly built: string;
  /** The method of a layer that runs it. */
  readonly call: string;
  /** The property that holds the layers of a model. */
  readonly parts: string;
  /** The members by which a model of layers in a row is built: where nothing has built it yet, or `again` where it has got layers since. */
  readonly builders: Readonly<Record<'once' | 'again', ReadonlySet<string>>>;
  readonly compiling: Compiling;
}

/** Texts with `{placeholders}`; `…` stands for what is not known before the program runs. */
export type LayerErrors = Readonly<Record<LayerError, string>>;

/** The text of the error by which a layer refuses its inputs. */
export function refusalText(errors: LayerErrors, { error, values }: Refusal): string {
  return textOf(errors[error], values);
}

export interface ModelErrors {
  /** The first layer does not say what it takes. */
  readonly beginning: string;
  /** Less than nothing is left of an axis. */
  readonly negative: string;
  /** A model is given a single number. */
  readonly scalar: string;
  readonly unlabelled: FeedErrors;
  readonly labelled: FeedErrors;
  readonly samples: string;
  /** Of several inputs, or of labels for several outputs, some have more examples. */
  readonly unequalInputs: string;
  readonly unequalLabels: string;
  /** Labels of one column, for a loss of labels with one for each class. */
  readonly oneHot: string;
  /** What an element of a data set has is not of one batch. */
  readonly batches: string;
  /** The loss cannot bring the labels and what the model gives together. */
  readonly apart: string;
}

/** What is thrown where a model gets what it does not take: axes, a length, one tensor for several, or another number of them. */
export interface FeedErrors {
  readonly rank: string;
  readonly length: string;
  readonly single: string;
  readonly count: string;
}

/** A text with its placeholders filled in. */
export function textOf(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/gu, (_, key: string) => values[key] ?? '…');
}
