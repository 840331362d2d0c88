import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-lost-regularizer',
  cause: 'lost-regularizer',
  description: 'require steps of one\'s own to add what regularizers of layers ask for',
  recommended: 'strict',
  messages: {
    step: 'A regularizer is given to {{layers}}, and {{scope}} trains without it{{where}}: only `fit` and its kin add what regularizers ask for. {{effect}} Add the scalars that `model.calculateLosses()` gives to the loss.',
  },
});
