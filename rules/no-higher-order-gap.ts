import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-higher-order-gap',
  cause: 'higher-order',
  description: 'disallow the gradient of a gradient through operations that cannot be differentiated twice',
  recommended: 'recommended',
  messages: {
    wrong: 'The second derivative of {{code}}{{where}} is lost, and {{scope}} differentiates a gradient that goes through it with respect to {{sources}}. {{effect}} Write it with operations that can be differentiated twice.',
    throws: '{{code}}{{where}} has no second derivative, and {{scope}} differentiates a gradient that goes through it with respect to {{sources}}. {{effect}} Write it with operations that can be differentiated twice.',
  },
});
