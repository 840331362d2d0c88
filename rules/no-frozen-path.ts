import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-frozen-path',
  cause: 'not-trainable',
  description: 'disallow gradient scopes that cannot train what they use',
  recommended: 'recommended',
  suggests: true,
  messages: {
    frozen: '{{scope}} has nothing to train: {{sources}} {{be}} not trainable. {{effect}} Make {{them}} trainable, or use others.',
    late: '{{scope}} does not train {{sources}}, because `trainable` was set after `compile` had collected the weights. {{effect}} Call `compile` again.',
    empty: '{{scope}} has nothing to train: the list of variables is empty. {{effect}} Name the variables, or leave the list out.',
    leftOut: '{{sources}} {{be}} used in this loss and left out of the list of variables, and nothing else trains {{them}}. {{effect}} Add {{them}} to the list, or make {{them}} not trainable.',
  },
});
