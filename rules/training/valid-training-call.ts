import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-training-call',
  cause: 'training-call',
  description: 'require models to be compiled and trained as they are meant',
  recommended: 'recommended',
  messages: {
    loss: 'There is no loss of the name {{scope}}{{where}}. {{effect}} Take one that there is, or a function.',
    optimizer: 'There is no optimizer of the name {{scope}}{{where}}. {{effect}} Take one that there is, or make one: `tf.train.…`.',
    metrics: 'There is no metric of the name {{scope}}{{where}}. {{effect}} Take one that there is, or a function.',
    uncompiled: '{{scope}} trains a model that nothing has compiled{{where}}. {{effect}} Say first with `compile` by which loss and which optimizer.',
    untried: '{{scope}} tells the loss of a model, and nothing has compiled this one{{where}}. {{effect}} Say first with `compile` by which loss it is measured.',
    outgrown: '{{scope}} needs a model that is compiled with all of its layers, and this one has got a layer since{{where}}. {{effect}} Add all layers before `compile`, or call `compile` again.',
    ongoing: '{{scope}} is called while the model is being trained: nothing waits for the call before{{where}}. {{effect}} Write `await` before each.',
    each: '{{scope}} is called for one item after the other, and nothing waits for the call before{{where}}: the model is being trained when the second item comes. {{effect}} Take a loop, `for (const item of items)`, and write `await` before {{scope}}.',
    dataset: '{{scope}} takes a data set, and {{code}} is a tensor{{where}}. {{effect}} Give tensors to `fit`.',
    unbatched: '{{scope}} takes a data set of batches, and the rows of {{code}} are plain numbers, of which nothing makes batches{{where}}. {{effect}} Write `.batch(…)` behind it.',
    noTensors: '{{scope}} takes tensors, and {{code}} is a data set{{where}}. {{effect}} Give it to `fitDataset`.',
    asyncLayer: '{{scope}} of a layer gives a promise{{where}}, and the model takes it for a tensor. {{effect}} Compute what the layer gives without waiting.',
    integers: '{{code}} holds the labels as integers, and this loss wants floats{{where}}. {{effect}} Make the labels without `int32`, or convert them: `.toFloat()`.',
    integerVariable: '{{sources}} {{be}} made of integers, and {{scope}} moves {{them}} by fractions{{where}}. {{effect}} Make {{them}} of floats.',
  },
});
