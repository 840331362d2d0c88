/** What the layers of TensorFlow.js 4 do to shapes, and what they throw, as tests/libraries/tfjs/layer-shapes.test.ts measures it. */
import type { ShapeForm } from '../../calculus/shapes/layers/forms.ts';
import type { LayerError } from '../../calculus/shapes/layers/layer-shape.ts';
import type { ModelErrors } from '../layer.ts';

const kept: ShapeForm = { form: 'kept' };
const sum: ShapeForm = { form: 'sum' };

function each(names: readonly string[], form: ShapeForm): Readonly<Record<string, ShapeForm>> {
  return Object.fromEntries(names.map((name) => [name, form]));
}

/** Pooling has several names for the same layer. */
function pooling(axes: 1 | 2 | 3): Readonly<Record<string, ShapeForm>> {
  const rank = `${String(axes)}d`;
  const average = ['averagePooling', 'avgPool', 'avgPooling'];
  return each([...average, 'maxPooling', ...axes === 3 ? [] : ['maxPool']].map((name) => name + rank), { form: 'pooling', axes });
}

function globalPooling(axes: 1 | 2): Readonly<Record<string, ShapeForm>> {
  return each(['globalAveragePooling', 'globalMaxPool', 'globalMaxPooling'].map((name) => `${name}${String(axes)}d`), { form: 'global pooling', axes });
}

export const layerShapes: Readonly<Record<string, ShapeForm>> = {
  ...each(['activation', 'alphaDropout', 'dropout', 'gaussianDropout', 'gaussianNoise', 'elu', 'leakyReLU', 'reLU', 'softmax', 'thresholdedReLU', 'masking', 'rescaling', 'inputLayer'], kept),
  spatialDropout1d: { form: 'kept', rank: 3 },
  prelu: { form: 'weighed' },
  layerNormalization: { form: 'weighed' },
  batchNormalization: { form: 'normalisation' },
  dense: { form: 'dense' },
  embedding: { form: 'embedding' },
  conv1d: { form: 'convolution', axes: 1 },
  conv2d: { form: 'convolution', axes: 2 },
  conv3d: { form: 'convolution', axes: 3 },
  conv2dTranspose: { form: 'transposed convolution', axes: 2 },
  conv3dTranspose: { form: 'transposed convolution', axes: 3 },
  depthwiseConv2d: { form: 'depthwise convolution' },
  separableConv2d: { form: 'separable convolution' },
  ...pooling(1), ...pooling(2), ...pooling(3), ...globalPooling(1), ...globalPooling(2),
  zeroPadding2d: { form: 'padding' },
  cropping2D: { form: 'cropping' },
  upSampling2d: { form: 'enlarging' },
  flatten: { form: 'flat' },
  reshape: { form: 'reshape' },
  permute: { form: 'permutation' },
  repeatVector: { form: 'repetition' },
  simpleRNN: { form: 'recurrence', states: 1 },
  gru: { form: 'recurrence', states: 1 },
  lstm: { form: 'recurrence', states: 2 },
  bidirectional: { form: 'both ways' },
  timeDistributed: { form: 'each step' },
  ...each(['add', 'average', 'maximum', 'minimum', 'multiply'], sum),
  concatenate: { form: 'concatenation' },
  dot: { form: 'dot product' },
};

/** The texts of errors; `…` stands for the name of the layer, which is numbered as the program runs. */
export const layerErrors: Readonly<Record<LayerError, string>> = {
  rank: 'Input 0 is incompatible with layer …: expected ndim={wanted}, found ndim={found}',
  'least rank': 'Input 0 is incompatible with layer …: expected min_ndim={wanted}, found ndim={found}.',
  'rank of depthwise': 'Inputs to DepthwiseConv2D should have rank 4. Received input shape: {shape}.',
  'rank of separable': 'Inputs to SeparableConv2D should have rank 4, but received input shape: {shape}',
  'rank of time distributed': 'TimeDistributed layer expects an input shape >= 3D, but received input shape {shape}',
  'open channels': 'The channel dimension of the input should be defined. Found null',
  'open features': 'Tensor must have a shape comprised of positive integers but got shape [{shape}].',
  'open axis': 'Axis {axis} of input tensor should have a defined dimension but the layer received an input with shape {shape}.',
  'open flatten': 'The shape of the input to "Flatten" is not fully defined (got {shape}).',
  'built axis': 'Input 0 is incompatible with layer …: expected axis {axis} of input shape to have value {wanted} but got shape {shape}.',
  'built shape': 'Input 0 is incompatible with layer …: expected shape={wanted}, found shape={shape}.',
  size: 'Total size of new array must be unchanged.',
  'input length': '"inputLength" is {length}, but received input shape has shape {shape}',
  'one input': 'A merge layer should be called on an Array of at least 2 inputs. Got {count} input(s).',
  'concatenate one': 'A `Concatenate` layer should be called on a list of at least 2 inputs',
  concatenate: 'A `Concatenate` layer requires inputs with matching shapes except for the concat axis. Got input shapes: {shapes}',
  broadcast: 'Operands could not be broadcast together with shapes {shapes}',
  batches: 'Can not merge tensors with different batch sizes. Got tensors with shapes: {shapes}.',
  dot: 'Dimension incompatibility: {left} !== {right}',
};

export const modelErrors: ModelErrors = {
  beginning: 'The first layer in a Sequential model must get an `inputShape` or `batchInputShape` argument.',
  negative: 'Negative dimension size caused by adding layer … with input shape [{shape}]',
  scalar: 'Expected tensor to be at least 1D, but received a 0D tensor (scalar).',
  unlabelled: {
    rank: 'Error when checking : expected … to have {rank} dimension(s), but got array with shape {given}',
    length: 'Error when checking : expected … to have shape {wanted} but got array with shape {given}.',
    single: 'The model expects {wanted}  Tensors, but only received one Tensor.',
    count: 'Error when checking model : the Array of Tensors that you are passing to your model is not the size the the model expected. Expected to see {wanted} Tensor(s), but instead got {count} Tensors(s).',
  },
  labelled: {
    rank: 'Error when checking {as}: expected … to have {rank} dimension(s). but got array with shape {givenList}',
    length: '{as} expected a batch of elements where each example has shape [{wantedRest}] (i.e.,tensor shape [*,{wantedRest}]) but the {as} received an input with {samples} examples, each with shape [{givenRest}] (tensor shape [{givenList}])',
    single: 'The model {as} expects {wanted} Tensor(s), but only received one Tensor.',
    count: 'Error when checking model {as}: the Array of Tensors that you are passing to your model is not the size the model expected. Expected to see {wanted} Tensor(s), but instead got the following list of Tensor(s):',
  },
  unequalInputs: 'All input Tensors (x) should have the same number of samples. Got array shapes',
  unequalLabels: 'All target Tensors (y) should have the same number of samples. Got array shapes',
  samples: 'Input Tensors should have the same number of samples as target Tensors. Found {inputs} input sample(s) and {labels} target sample(s).',
  batches: 'Batch size mismatch',
  apart: 'Operands could not be broadcast together with shapes',
  oneHot: "You are passing a target array of shape {given} while using a loss 'categorical_crossentropy'.",
};
