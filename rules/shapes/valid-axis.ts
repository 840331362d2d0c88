import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-axis',
  cause: 'invalid-axis',
  description: 'require the axes that an operation is given to be there',
  recommended: 'recommended',
  messages: {
    fails: '{{scope}} is given {{given}}{{where}}: {{why}}. {{effect}} {{advice}}',
  },
});
