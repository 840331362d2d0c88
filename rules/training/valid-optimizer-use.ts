import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-optimizer-use',
  cause: 'shared-optimizer',
  description: 'require an optimizer with moments to be used for one list of variables',
  recommended: 'recommended',
  messages: {
    lists: 'The optimizer {{optimizer}} has taken a step for {{before}}, in {{first}}, before {{scope}} takes one for {{now}}{{where}}: it keeps its moments by position in the list, not by variable. {{effect}} Give each list an optimizer of its own, or train both in one step.',
    again: 'The optimizer {{optimizer}} takes a step for {{before}} in {{scope}}, and another for {{now}}{{where}}: it keeps its moments by position in the list, not by variable. {{effect}} Give each list an optimizer of its own, or train both in one step.',
  },
});
