import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-model-input',
  cause: 'model-input',
  description: 'require data that models are given to have the shapes that they take',
  recommended: 'recommended',
  messages: {
    input: '{{scope}} is given {{given}}, and {{model}} takes {{wanted}}{{where}}. {{effect}} Bring the data to that shape, or give the model another `inputShape`.',
    batch: '{{scope}} is given {{given}}, one example, and {{model}} takes a batch of them, {{wanted}}{{where}}. {{effect}} `expandDims(0)` makes a batch of one.',
    labels: '{{scope}} is given the labels {{given}}, and {{model}} gives {{wanted}}{{where}}. {{effect}} Give labels of that shape, or change the last layer.',
    classes: '{{scope}} is given one number an example as label, {{given}}, and {{model}} gives {{wanted}}{{where}}. {{effect}} `oneHot` makes a column of each class; the loss `sparseCategoricalCrossentropy` takes their numbers.',
    sparse: '{{scope}} is given a column for each class as labels, {{given}}, and `{{loss}}` takes the number of the class, {{wanted}}{{where}}. {{effect}} `argMax(-1)` gives the numbers; the loss `categoricalCrossentropy` takes columns.',
    column: '{{scope}} is given labels of one column, {{given}}, and `{{loss}}` takes a column for each class{{where}}. {{effect}} `binaryCrossentropy`, on an output that goes through a sigmoid, takes one column.',
    unflattened: '{{scope}} is given the labels {{given}}, and {{model}} gives {{wanted}}{{where}}. {{effect}} Where each example has one answer, a `flatten` or a pooling is missing before the last layer.',
    numbers: '{{scope}} is given the numbers of {{given}}, and the model takes a tensor{{wanted}}{{where}}: an array is taken for a list of tensors. {{effect}} Make a tensor of them (`tf.tensor2d`, `tf.tensor`).',
    'numbers as labels': '{{scope}} is given the numbers of {{given}} as labels, and the model compares a tensor{{wanted}}{{where}}: an array is taken for a list of tensors. {{effect}} Make a tensor of them (`tf.tensor2d`, `tf.tensor`).',
    inputs: '{{scope}} is given {{given}}, and the model has inputs for {{wanted}}{{where}}. {{effect}} Give one for each input, in their order.',
    outputs: '{{scope}} is given {{given}} as labels, and the model gives {{wanted}}{{where}}. {{effect}} Give labels for each output, in their order.',
    samples: '{{scope}} is given {{inputs}} and labels for {{labels}}{{where}}. {{effect}} Each example needs one label.',
    unequal: '{{scope}} is given {{inputs}} beside {{labels}}{{where}}. {{effect}} Give as many examples in each of them.',
    layer: 'In {{scope}}, {{layer}} takes {{wanted}}, and gets {{given}}{{where}}. {{effect}} Bring what it gets to that shape.',
  },
});
