import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-shape-mismatch',
  cause: 'shape-mismatch',
  description: 'disallow operations on tensors whose shapes do not fit',
  recommended: 'recommended',
  messages: {
    fails: '{{scope}} is given {{given}}{{where}}: {{why}}. {{effect}} {{advice}}',
  },
});
