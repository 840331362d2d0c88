import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-broadcast-gradient-gap',
  cause: 'gradient-gap',
  description: 'disallow operations that work with the shapes they are given, and whose gradient does not',
  recommended: 'recommended',
  messages: {
    shape: '{{operation}} is given {{given}}{{where}}, and that works; but going back to {{sources}}, {{why}}. {{effect}} {{advice}}{{path}}',
  },
});
