import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-zero-derivative',
  cause: 'zero-derivative',
  description: 'disallow operations whose derivative is zero on the only path of a variable',
  recommended: 'recommended',
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: the derivative of {{code}}{{where}} is zero, and no other path is left. {{effect}} Use a smooth operation in its place.{{path}}',
  },
});
