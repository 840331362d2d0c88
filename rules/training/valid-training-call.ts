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
    ongoing: '{{scope}} is called while the model is being trained: nothing waits for the call before{{where}}. {{effect}} Write `await` before each.',
    dataset: '{{scope}} takes a data set, and {{code}} is a tensor{{where}}. {{effect}} Give tensors to `fit`.',
    integers: '{{code}} holds the labels as integers, and this loss wants floats{{where}}. {{effect}} Make the labels without `int32`, or convert them: `.toFloat()`.',
    integerVariable: '{{sources}} {{be}} made of integers, and {{scope}} moves {{them}} by fractions{{where}}. {{effect}} Make {{them}} of floats.',
  },
});
