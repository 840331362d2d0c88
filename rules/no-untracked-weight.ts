import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-untracked-weight',
  cause: 'untracked-weight',
  description: 'disallow weights of custom layers that the layer is not told of',
  recommended: 'recommended',
  messages: {
    layer: '{{sources}} is a layer within this layer, and a model that this layer is part of does not know of its weights: it trains those that this layer makes by `addWeight`. {{effect}} Give the weights of both in a getter `trainableWeights`.',
    variable: '{{sources}} is a weight of this layer, and the layer does not know of it: a model that it is part of trains the weights made by `addWeight` only. {{effect}}',
  },
});
