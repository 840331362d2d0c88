import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-unreached-variable',
  cause: 'never-reached',
  description: 'disallow asking for the gradient of something that the result does not use',
  recommended: 'recommended',
  messages: {
    weight: '{{sources}} is a weight of this layer, and its `call` does not use it. {{effect}}',
    listed: '{{scope}} is asked to train {{sources}}, and the loss does not use {{them}}. {{effect}}',
    tape: '{{scope}} is asked for the gradient with respect to {{sources}}, and the target does not use {{them}}. {{effect}}',
    argument: '{{scope}} is asked for the gradient with respect to {{sources}}, and the function does not use {{them}}. {{effect}}',
  },
});
