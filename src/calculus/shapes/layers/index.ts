/** What a layer gives, by its configuration and the shapes of its inputs. */
import * as arrangements from './arrangements.ts';
import type { ShapeForm } from './forms.ts';
import { type LayerShape, type Outcome, gives, unknownOutcome } from './layer-shape.ts';
import { concatenation, dotProduct, sum } from './merging.ts';
import { type Inner, bothWays, eachStep, recurrence } from './sequences.ts';
import type { Settings } from './settings.ts';
import * as windows from './windows.ts';

/** A layer as it is configured. `inner`: what the layer that it runs makes of a shape. */
export interface Configured {
  readonly form: ShapeForm;
  readonly settings: Settings;
  readonly inner: Inner;
}

/** What comes of a layer behind others, as far as it is certain. */
export function outcomeOf(layer: Configured, inputs: readonly LayerShape[]): Outcome {
  const { form, settings } = layer;
  switch (form.form) {
    case 'sum': return sum(settings, inputs);
    case 'concatenation': return concatenation(settings, inputs);
    case 'dot product': return dotProduct(settings, inputs);
    case 'recurrence': return begun(layer, inputs);
    default: {
      const [shape, ...more] = inputs;
      return shape === undefined || more.length > 0 ? unknownOutcome : ofOne(layer, shape);
    }
  }
}

/** A recurrent layer takes the states with which it begins behind the sequence. */
function begun(layer: Configured, [sequence, ...states]: readonly LayerShape[]): Outcome {
  const outcome = sequence === undefined ? unknownOutcome : ofOne(layer, sequence);
  return states.length > 0 && outcome.kind === 'refuses' ? unknownOutcome : outcome;
}

function ofOne({ form, settings, inner }: Configured, shape: LayerShape): Outcome {
  switch (form.form) {
    case 'kept': return (form.rank === undefined ? undefined : windows.refusesRank(shape, form.rank, windows.windowed(form.rank - 2))) ?? gives(shape);
    case 'weighed': return shape.includes(null, 1) ? unknownOutcome : gives(shape);
    case 'dense': return arrangements.dense(settings, shape);
    case 'convolution': return windows.convolution(settings, shape, form.axes);
    case 'transposed convolution': return windows.transposedConvolution(settings, shape, form.axes);
    case 'depthwise convolution': return windows.depthwiseConvolution(settings, shape);
    case 'separable convolution': return windows.separableConvolution(settings, shape);
    case 'pooling': return windows.pooling(settings, shape, form.axes);
    case 'global pooling': return windows.globalPooling(settings, shape, form.axes);
    case 'padding': return windows.padding(settings, shape);
    case 'cropping': return windows.cropping(settings, shape);
    case 'enlarging': return windows.enlarging(settings, shape);
    case 'flat': return arrangements.flat(settings, shape);
    case 'reshape': return arrangements.reshape(settings, shape);
    case 'permutation': return arrangements.permutation(settings, shape);
    case 'repetition': return arrangements.repetition(settings, shape);
    case 'embedding': return arrangements.embedding(settings, shape);
    case 'normalisation': return arrangements.normalisation(settings, shape);
    case 'recurrence': return recurrence(settings, shape, form.states);
    case 'both ways': return bothWays(settings, shape, inner);
    case 'each step': return eachStep(shape, inner);
    case 'sum': case 'concatenation': case 'dot product': return unknownOutcome;
  }
}
