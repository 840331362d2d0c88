import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-element-type',
  cause: 'element-type',
  description: 'require the elements of a tensor to be of the type that an operation takes',
  recommended: 'recommended',
  messages: {
    fails: '{{scope}} is given {{given}}{{where}}: {{why}}. {{effect}} {{advice}}',
  },
});
