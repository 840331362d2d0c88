import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-untracked-weight',
  cause: 'untracked-weight',
  description: 'disallow weights of custom layers that the layer is not told of',
  recommended: 'recommended',
  messages: {
    variable: '{{sources}} is a weight of this layer, and the layer does not know of it: a model that it is part of trains the weights made by `addWeight` only. {{effect}}',
  },
});
