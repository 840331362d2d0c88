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
  readonly quotient: string;
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
  /** Of what unstable forms are made. */
  readonly forms: UnstableForms;
  /** Where operations have no finite derivative. */
  readonly singular: Readonly<Record<string, Singularity>>;
  /** Operations through which a gradient that is not finite stays so, in whichever element it is. */
  readonly carrying: ReadonlySet<string>;
  /** Takes elements as they are between two bounds, and passes gradients on there alone. */
  readonly clip: string;
  /** Takes each element from one operand or the other, and multiplies the gradients of both with whether it did. */
  readonly choice: string;
  /** Comparisons, and which elements of the first operand are true: those on a side of the second. */
  readonly comparisons: Readonly<Record<string, readonly ('less' | 'equal' | 'greater')[]>>;
  /** Operations that ask of each element whether it is a number. */
  readonly asking: ReadonlySet<string>;
  /** Operations element by element, which leave equal elements equal. */
  readonly elementwise: ReadonlySet<string>;
  /** The product of inputs and a kernel, whose columns are the units; and the sum with a bias. */
  readonly denseProduct: string;
  readonly sum: string;
  readonly layers: LayerUsage;
}

/** The operations of which people make what is exact on paper and not in floats, and what is written instead. */
export interface UnstableForms {
  readonly logarithm: string;
  readonly root: string;
  readonly square: string;
  /** The square of a difference, of both operands. */
  readonly squaredDifference: string;
  readonly power: string;
  readonly opposite: string;
  readonly mean: string;
  /** Sums and means. */
  readonly totals: ReadonlySet<string>;
  /** Of the logarithm of a form, and of one less it, as people say it. */
  readonly instead: Readonly<Record<Form, { readonly itself: string; readonly rest: string }>>;
  /** The activation and its logarithm in one, where such an operation can be relied on. */
  readonly inOne: Readonly<Partial<Record<Form, string>>>;
  /** The method that adds, and what is too little to matter. */
  readonly epsilon: { readonly add: string; readonly text: string };
}

/** Where an operation has no finite derivative: whatever comes back to it, what goes on to its operand is NaN or infinite. */
export interface Singularity {
  /** Which operand it is about. */
  readonly at: number;
  /** Of values between these bounds. */
  readonly between: readonly (readonly [number, number])[];
  /** `any`: one such element is enough; `all`: every element is such. */
  readonly elements: 'any' | 'all';
  /** What goes on to the other operands is not finite, either. */
  readonly others?: true;
  /** Of tensors with so many axes or more. */
  readonly axes?: number;
  /** Where another operand is left out, is one of these, or a number below a bound. */
  readonly when?: { readonly at: number; readonly is: readonly (number | string)[] } | { readonly at: number; readonly below: number };
  /** As people say it. */
  readonly point: string;
}

/** What a layer does in training alone: it disturbs what it is given, or normalises by the batch and moves its averages. */
export type Wakeful = 'noise' | 'statistics';

export interface LayerUsage {
  /** Layers whose output is what their units give, with the setting that says how many there are. */
  readonly withUnits: Readonly<Record<string, string>>;
  /** Layers that treat all units in the same way. */
  readonly alike: ReadonlySet<string>;
  /** Layers that apply the activation they are named after, or are configured with. */
  readonly activating: Readonly<Record<string, Form | 'configured'>>;
  /** Layers that do something in training alone; with the setting that must be above zero for it. */
  readonly awake: Readonly<Record<string, { readonly does: Wakeful; readonly above?: string }>>;
  /** Settings under which something is added to the loss for the weights. */
  readonly regularizers: readonly string[];
  /** Layers that take such settings, and for which nothing is added all the same. */
  readonly withoutRegularizers: ReadonlySet<string>;
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
  quotient: '',
  comparing: new Set(),
  extremes: new Set(),
  activations: {},
  fromLogits: {},
  ofProbabilities: {},
  forms: { logarithm: '', root: '', square: '', squaredDifference: '', power: '', opposite: '', mean: '', totals: new Set(), instead: { softmax: { itself: '', rest: '' }, sigmoid: { itself: '', rest: '' } }, inOne: {}, epsilon: { add: '', text: '' } },
  singular: {},
  carrying: new Set(),
  clip: '',
  choice: '',
  comparisons: {},
  asking: new Set(),
  elementwise: new Set(),
  denseProduct: '',
  sum: '',
  layers: {
    withUnits: {},
    alike: new Set(),
    activating: {},
    awake: {},
    regularizers: [],
    withoutRegularizers: new Set(),
    settings: { activation: '', kernel: '', bias: '', weights: '' },
    constantInitialisers: { names: new Set(), class: '' },
  },
};
