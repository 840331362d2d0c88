import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-unreached-variable',
  cause: 'never-reached',
  description: 'disallow asking for the gradient of something that the result does not use',
  recommended: 'recommended',
  messages: {
    weight: 'This layer makes {{sources}} with `addWeight`, and its `call` does not use {{them}}. {{effect}} Use {{them}} in `call`, or do not make {{them}}.',
    listed: '{{scope}} is asked to train {{sources}}, and the loss does not use {{them}}. {{effect}} Use {{them}} in the loss, or take {{them}} out of the list.',
    tape: '{{scope}} is asked for the gradient with respect to {{sources}}, and the target does not use {{them}}. {{effect}} Compute the target from {{them}}, or do not ask for {{them}}.',
    argument: '{{scope}} is asked for the gradient with respect to {{sources}}, and the function does not use {{them}}. {{effect}} Use {{them}} in the function, or do not ask for {{them}}.',
  },
});
