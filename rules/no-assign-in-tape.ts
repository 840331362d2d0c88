import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-assign-in-tape',
  cause: 'assign',
  description: 'disallow assignments in a gradient scope that are used as if they were differentiable',
  recommended: 'recommended',
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} copies the numbers into a variable, which is a source of its own. {{effect}} Use the value itself in the loss, and assign it after the scope.{{path}}',
  },
});
