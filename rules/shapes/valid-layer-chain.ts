import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-layer-chain',
  cause: 'layer-chain',
  description: 'require each layer of a model to take what the layers before it give',
  recommended: 'recommended',
  messages: {
    refused: '{{layer}} takes {{wanted}}, and gets {{given}}{{where}}. {{effect}} Change the layers before it, or put a `reshape` in between.',
    sequences: '{{layer}} takes {{wanted}}, and gets {{given}}, which gives its last step alone{{where}}. {{effect}} Set `returnSequences: true` on the layer before it.',
    flatten: '{{layer}} takes {{wanted}}, and gets {{given}}{{where}}. {{effect}} Put a `flatten` before it.',
    beginning: '{{layer}} takes {{wanted}}, and its own `inputShape` makes that {{given}}, with the batch first{{where}}. {{effect}} Give it the shape of one example, without the batch.',
    merged: '{{layer}} takes {{wanted}}, and gets {{given}}{{where}}. {{effect}} Change the layers before it, so that what they give fits together.',
    left: '{{layer}} makes {{shape}} of {{given}}: nothing of the input is left{{where}}. {{effect}} Take a smaller window or stride, `padding: \'same\'`, or fewer layers before it.',
    first: '{{layer}} is the first layer of its model, and nothing says what it takes{{where}}. {{effect}} Give it an `inputShape`, the shape of one example.',
  },
});
