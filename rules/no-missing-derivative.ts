import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-missing-derivative',
  cause: 'no-derivative',
  description: 'disallow operations without a derivative between a variable and the loss',
  recommended: 'recommended',
  messages: {
    missing: '{{code}}{{where}} has no derivative for what comes from {{sources}}, and the gradient has to pass it. {{effect}} Use another operation, or give it nothing that needs a gradient.{{path}}',
  },
});
