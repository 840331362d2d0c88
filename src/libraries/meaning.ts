/**
 * The forms an exported function, class or method of a tensor library can have. A library is a table from
 * names to these; the interpreter knows what each form does.
 */

import type { LeafForm } from '../calculus/numbers/leaf.ts';
import type { OperationRow } from './operation.ts';

/** How a gradient scope is opened and what it gives back. */
export type ScopeForm =
  /** `minimize(f, returnCost, varList)`: differentiates at once with respect to variables. `passes`: it hands the function arguments of its own. */
  | { readonly kind: 'variables'; readonly callback: number; readonly list: number; readonly result: 'cost' | 'value-and-grads' | 'value' | 'unknown'; readonly passes?: true }
  /** `grad(f)`: gives a function of the differentiated arguments. */
  | { readonly kind: 'arguments'; readonly several: boolean; readonly result: 'gradients' | 'value-and-gradients'; /** For anything but tensors it throws before the function runs. */ readonly takes?: 'tensors' };

/** Where the configuration of a model says what it is made of: a list of layers, or the symbolic tensors between which they stand. */
export type PartsForm =
  | { readonly kind: 'sequence'; readonly at: string }
  | { readonly kind: 'graph'; readonly inputs: string; readonly outputs: string };

/**
 * How a model is given data. A vector becomes a column, but for `one batch`, where the batch has to be of the right size as
 * well. `with labels`: the second argument is what the outputs are compared with. `elements`: each element of a data set is
 * a batch, and what it is compared with, which nothing looks at before the layers do.
 */
export type FeedForm = 'predict' | 'one batch' | 'with labels' | 'elements';

export type Meaning =
  /** Makes a tensor from host data. */
  | (LeafForm & { readonly is: 'leaf'; readonly random?: true })
  /** Makes a tensor of an argument, one does not know how: of plain data a new one, a tensor is handed on. */
  | { readonly is: 'made'; readonly data: number }
  /** An operation that has no row in the library's tables. `receiver`: it is the first operand. A layer uses its weights besides. */
  | { readonly is: 'operation'; readonly path: string; readonly row: OperationRow; readonly receiver?: true }
  /** Makes a variable; on a tensor the receiver is the initial value. `name`: position of a name that no other variable may have. */
  | { readonly is: 'variable'; readonly initial: number; readonly trainable: number; readonly name?: number }
  /** Gives an argument (or, at -1, the receiver) back unchanged. `keeps`: no region disposes it. */
  | { readonly is: 'identity'; readonly at: number; readonly keeps?: true }
  /** Calls its last function argument, or the one at a position, at once and gives its result back. `disposes`: what was made in it, but for the result. */
  | { readonly is: 'region'; readonly at?: number; readonly disposes?: true }
  | { readonly is: 'scope'; readonly form: ScopeForm }
  | { readonly is: 'custom-gradient' }
  /** Gives its operand on without a derivative: not even zeros come back. */
  | { readonly is: 'stop'; readonly at: number }
  /** Makes a tape. `variables`: the option that says whether it watches trainable variables of its own accord, as it does when left out. */
  | { readonly is: 'tape'; readonly class: string; readonly variables: string }
  /** Lets the tape that is the receiver watch an argument. */
  | { readonly is: 'watch'; readonly at: number }
  /** Calls an argument at once, and gives its result back, while the tape that is the receiver records (or, with `off`, does not). */
  | { readonly is: 'record'; readonly at: number; readonly off?: true }
  /** Differentiates what the tape that is the receiver has recorded: a target with respect to a tensor, or an array of them. */
  | { readonly is: 'gradient'; readonly target: number; readonly sources: number; readonly cotangent: number }
  /** Reads a tensor's values: those of the receiver, or of the argument at a position. */
  | { readonly is: 'read'; readonly result: 'host' | 'promise' | 'buffer' | 'promised-buffer'; readonly method?: false; readonly at?: number; /** They come in one typed array. */ readonly flat?: true; /** Of an export that makes a buffer: where its shape stands. */ readonly shape?: number }
  /** An instance of a class of the library without weights of its own. `variables`: it makes trainable variables of its own. `moments`: an optimizer that keeps something of each variable it moves, by the position in the list: tensors that are there at once, or from its first step on. */
  | { readonly is: 'instance'; readonly class: string; readonly variables?: true; readonly moments?: 'at once' | 'later' }
  /** A layer or model with weights of its own; `parts`: what it is made of; `pretrained`: the weights come from elsewhere. */
  | { readonly is: 'parametrised'; readonly class: string; readonly parts?: PartsForm; readonly pretrained?: true; readonly promise?: true }
  /** Runs a layer or model on its first argument. `inherited`: what a class of the program that has nothing of its own for it inherits gives that argument back. `makes`: what it gives is a tensor of its own, or several. `promise`: later. */
  | { readonly is: 'apply'; readonly inherited?: 'input'; readonly makes?: true; readonly promise?: true; readonly feeds?: FeedForm }
  /** Says how a model is trained: with a loss of the program's own, perhaps. */
  | { readonly is: 'compile' }
  /** Trains a model by its own means: `'tensors'` at once or `'dataset'` step by step, one call at a time; or on one `'batch'`. */
  | { readonly is: 'train'; readonly on: 'tensors' | 'dataset' | 'batch'; readonly feeds?: FeedForm }
  /** The variables, layers or parts of a layer or model: `'list'` of them, `'nested'` objects that hold one, or `'one'`. */
  | { readonly is: 'weights'; readonly form: 'list' | 'one'; readonly of: string; readonly method: boolean }
  /** The symbolic tensors between which a layer or model stands: a list of them, or the one, where there is one. */
  | { readonly is: 'ends'; readonly of: 'inputs' | 'outputs'; readonly form: 'list' | 'one' }
  /** A list that a model keeps, and that the library puts nothing into. */
  | { readonly is: 'empty-list' }
  /** Puts its argument, or what is in it, into that list. */
  | { readonly is: 'fill-list' }
  /** Adds a part to a model. */
  | { readonly is: 'add-part' }
  /** Takes the last part of a model away. */
  | { readonly is: 'remove-part' }
  /** A new weight of a layer: where it says whether the weight is trainable, and what is added to the loss for it. */
  | { readonly is: 'add-weight'; readonly shape: number; readonly trainable: number; readonly penalty: number }
  /** Makes the weights of a layer. */
  | { readonly is: 'build' }
  /** Takes a step with gradients, its first argument. */
  | { readonly is: 'apply-gradients' }
  /** Puts other moments in the place of an optimizer's own. */
  | { readonly is: 'restore-moments' }
  /** Overwrites the value of the receiver, or of the argument at a position, so that training is not its only source. */
  | { readonly is: 'update'; readonly at?: number }
  /** A property or method that gives plain data which does not depend on the tensor's values (its shape, its name). */
  | { readonly is: 'metadata'; /** What of a tensor it is. */ readonly of?: 'shape' | 'rank' | 'size' | 'type'; /** Whether it says that the tensor has been disposed. */ readonly life?: true; /** What gives it is called. */ readonly method?: true }
  /** Has no result and no effect on gradients. `disposes`: all it does is to give memory back, that of what it is given, or of every variable. */
  | { readonly is: 'ignored'; readonly promise?: true; readonly disposes?: 'given' | 'variables' }
  /** A data set of which no row has a tensor in it, an instance of a class: `of` a file; of `items`, which may be such ones themselves; of what a `callback` makes of each row. A callback that is called for `each element` gives none. Of `anything` else it is not known. */
  | { readonly is: 'rows'; readonly of: 'a file' | 'items' | 'data sets' | 'generator' | 'callback' | 'batches' | 'each element' | 'anything'; readonly class: string; readonly others: string }
  /** A symbolic input of a functional model. */
  | { readonly is: 'symbolic-input' };

export type MeaningTable = Readonly<Record<string, Meaning>>;

/** Members of a class: its own, then those of its base. */
export interface ClassMeaning {
  readonly base?: string;
  readonly members: MeaningTable;
  /** What kind of value an instance is. */
  readonly instance: 'tensor' | 'variable' | 'parametrised' | 'plain';
}
