/** What layers do to shapes: the forms in which the table of a library says it. */

export type ShapeForm =
  /** The output has the input's shape. `rank`: the only one that it takes. */
  | { readonly form: 'kept'; readonly rank?: number }
  /** It has a weight for each place behind the batch. */
  | { readonly form: 'weighed' }
  | { readonly form: 'dense' }
  | { readonly form: 'convolution'; readonly axes: 1 | 2 | 3 }
  | { readonly form: 'transposed convolution'; readonly axes: 2 | 3 }
  | { readonly form: 'depthwise convolution' }
  | { readonly form: 'separable convolution' }
  | { readonly form: 'pooling'; readonly axes: 1 | 2 | 3 }
  | { readonly form: 'global pooling'; readonly axes: 1 | 2 }
  | { readonly form: 'padding' }
  | { readonly form: 'cropping' }
  | { readonly form: 'enlarging' }
  | { readonly form: 'flat' }
  | { readonly form: 'reshape' }
  | { readonly form: 'permutation' }
  | { readonly form: 'repetition' }
  | { readonly form: 'embedding' }
  | { readonly form: 'normalisation' }
  /** `states`: how many tensors the state of a cell is. */
  | { readonly form: 'recurrence'; readonly states: 1 | 2 }
  | { readonly form: 'sum' }
  | { readonly form: 'concatenation' }
  | { readonly form: 'dot product' }
  /** It runs another layer forwards and backwards. */
  | { readonly form: 'both ways' }
  /** It runs another layer at each step. */
  | { readonly form: 'each step' };
