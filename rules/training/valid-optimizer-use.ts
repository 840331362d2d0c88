import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-optimizer-use',
  cause: 'shared-optimizer',
  description: 'require an optimizer with moments to be used, and for one list of variables',
  recommended: 'recommended',
  messages: {
    idle: 'Nothing uses {{sources}}{{where}}, which {{scope}} makes: no step is taken by it. Call `minimize` or `applyGradients` on it, give it to `compile`, or leave it out.',
    lists: 'The optimizer {{optimizer}} has taken a step for {{before}}, in {{first}}, before {{scope}} takes one for {{now}}{{where}}: it keeps its moments by position in the list, not by variable. {{effect}} Give each list an optimizer of its own, or train both in one step.',
    again: 'The optimizer {{optimizer}} takes a step for {{before}} in {{scope}}, and another for {{now}}{{where}}: it keeps its moments by position in the list, not by variable. {{effect}} Give each list an optimizer of its own, or train both in one step.',
  },
});
