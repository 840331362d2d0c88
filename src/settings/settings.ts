/** `settings.tensor` of an ESLint configuration, as a user writes it. docs/settings.md explains each form with an example. */

export interface Settings {
  /** Wrappers and in-house libraries whose code the plugin cannot read. */
  readonly libraries?: readonly LibraryDescription[];
  /** Libraries that a page loads with a script tag: the global name, and the package: `{ tf: '@tensorflow/tfjs' }`. */
  readonly globals?: Readonly<Record<string, string>>;
}

export interface LibraryDescription {
  /** For messages, and to tell it from other descriptions. */
  readonly name: string;
  /** The packages whose exports are described. */
  readonly packages?: readonly string[];
  /** The files whose exports are described, from the folder that ESLint runs in; `*` and `**` as usual. */
  readonly paths?: readonly string[];
  /** The package whose tensors its functions take and give. Left out, it has tensors of its own. */
  readonly extends?: string;
  /** Exported functions, by name; below a namespace with a dot, as in `'train.step'`. */
  readonly members?: Readonly<Record<string, FunctionForm>>;
  /** Exported classes, by name. */
  readonly classes?: Readonly<Record<string, ClassDescription>>;
}

export interface ClassDescription {
  /** Left out: neither a tensor nor something with weights. */
  readonly kind?: ClassKind;
  /** A class described here, or one of the library that is extended. */
  readonly extends?: string;
  readonly members?: Readonly<Record<string, MethodForm>>;
}

export type ClassKind = 'tensor' | 'variable' | 'layer';

/** What comes of the gradient on its way back through an operation: all of it, zeros, or an error. */
export type Derivative = 'flows' | 'zero' | 'none';

type Forms<At> =
  /** Calls the function at `callback`, and differentiates its result with respect to the variables at `list`, or all there are. */
  | { readonly opens: 'variables'; readonly callback?: number; readonly list?: number; readonly result?: 'value' | 'value-and-grads' }
  /** Gives a function that differentiates its first argument with respect to one argument, or to an array of them. */
  | { readonly opens: 'argument' | 'arguments'; readonly result?: 'gradients' | 'value-and-gradients' }
  /** Reads the values of a tensor into plain data. */
  | { readonly reads: At; readonly result?: 'values' | 'promise' }
  /** Passes a tensor on, and stops its gradient. */
  | { readonly stops: At }
  /** Makes a tensor, a variable, or an instance of a class that is described. */
  | { readonly makes: string; readonly from?: number; readonly trainable?: number }
  /** Gives an argument back as it is; plain data that depends on no tensor's values; nothing. */
  | { readonly gives: At | 'plain' | 'nothing' }
  /** Calls a function at once and gives its result. */
  | { readonly runs: number }
  /** Overwrites the value of a variable. */
  | { readonly updates: At }
  /** Computes a tensor from its parameters, named in their order, and from nothing else. */
  | { readonly operation: Readonly<Record<string, Derivative>>; readonly result?: 'tensor' | 'tensors' | readonly string[] };

/** What a function does. Positions of arguments are counted from 0. */
export type FunctionForm =
  | Forms<number>
  /** Is the same as a function, class or namespace of the library that is extended. */
  | { readonly like: string };

/** What a method does. `'this'` is the object that it is called on. */
export type MethodForm = Forms<number | 'this'>;
