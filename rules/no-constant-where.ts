import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-constant-where',
  cause: 'constant-where',
  description: 'disallow a choice between tensors that always takes the one without the variable',
  recommended: 'recommended',
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} always takes the other operand, and no other path is left. {{effect}} Change the condition or the bounds, so that it can take this one.{{path}}',
  },
});
