import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-untracked-weight',
  cause: 'untracked-weight',
  description: 'disallow weights of custom layers that the layer is not told of',
  recommended: 'recommended',
  messages: {
    layer: 'A model that this layer is part of trains the weights that this layer makes with `addWeight`, and does not know of those within {{sources}}. {{effect}} Give the weights of all in a getter `trainableWeights`.',
    variable: 'A model that this layer is part of trains the weights that this layer makes with `addWeight`, and does not know of {{sources}}. {{effect}} Make {{them}} with `addWeight`.',
  },
});
