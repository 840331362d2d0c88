/** What warnings need to know of a library beyond its derivatives: how its names are meant to be used together. */

/** Into what form an activation brings its values: those of one axis sum to one, or each lies between zero and one. */
export type Form = 'softmax' | 'sigmoid';

/** Operations are named by their export paths, layers by the functions that make them. */
export interface Usage {
  /** Whether a synchronous read keeps the thread waiting for a device. */
  readonly readsWait: boolean;
  /** Operations that only add up or rearrange what they are given. */
  readonly additive: ReadonlySet<string>;
  /** Products: linear where one operand is a constant. */
  readonly products: ReadonlySet<string>;
  /** Operations that give their operand on as it is, perhaps in another shape or type. */
  readonly rearranging: ReadonlySet<string>;
  readonly difference: string;
  /** Operations that tell how far two values are apart. */
  readonly comparing: ReadonlySet<string>;
  /** Largest and smallest elements: subtracted for the sake of precision alone, where nothing depends on a shift. */
  readonly extremes: ReadonlySet<string>;
  /** What gives values a form. */
  readonly activations: Readonly<Record<string, Form>>;
  /** Losses that bring their predictions into a form themselves: which form, and the parameter's position. */
  readonly fromLogits: Readonly<Record<string, { readonly form: Form; readonly at: number }>>;
  /** Losses that take values which have their form already, as `compile` names them: what brings an output into it. */
  readonly ofProbabilities: Readonly<Record<string, Form>>;
  /** Operations element by element, which leave equal elements equal. */
  readonly elementwise: ReadonlySet<string>;
  /** The product of inputs and a kernel, whose columns are the units; and the sum with a bias. */
  readonly denseProduct: string;
  readonly sum: string;
  readonly layers: LayerUsage;
}

export interface LayerUsage {
  /** Layers whose output is what their units give, with the setting that says how many there are. */
  readonly withUnits: Readonly<Record<string, string>>;
  /** Layers that treat all units in the same way. */
  readonly alike: ReadonlySet<string>;
  /** Layers that apply the activation they are named after, or are configured with. */
  readonly activating: Readonly<Record<string, Form | 'configured'>>;
  /** Settings. */
  readonly settings: { readonly activation: string; readonly kernel: string; readonly bias: string; readonly weights: string };
  /** Initialisers that begin with one number, by name. */
  readonly constantInitialisers: { readonly names: ReadonlySet<string>; /** Of those that are objects, the class in the table of classes. */ readonly class: string };
}

/** Of a library of which nobody has said how its names are used together: no warning comes of it. */
export const unknownUsage: Usage = {
  readsWait: false,
  additive: new Set(),
  products: new Set(),
  rearranging: new Set(),
  difference: '',
  comparing: new Set(),
  extremes: new Set(),
  activations: {},
  fromLogits: {},
  ofProbabilities: {},
  elementwise: new Set(),
  denseProduct: '',
  sum: '',
  layers: {
    withUnits: {},
    alike: new Set(),
    activating: {},
    settings: { activation: '', kernel: '', bias: '', weights: '' },
    constantInitialisers: { names: new Set(), class: '' },
  },
};
