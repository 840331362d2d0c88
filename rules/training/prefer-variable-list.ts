import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'prefer-variable-list',
  cause: 'unlisted-variables',
  description: 'require a list of variables where a step moves what another optimizer trains',
  recommended: 'strict',
  messages: {
    step: '{{scope}} names no variables{{where}}, so its step moves {{sources}} as well, which {{optimizer}} trains in {{other}}. Name those that it is meant to move: {{own}}.',
  },
});
