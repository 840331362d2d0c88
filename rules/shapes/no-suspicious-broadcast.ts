import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-suspicious-broadcast',
  cause: 'suspicious-broadcast',
  description: 'disallow losses of every prediction with every label',
  recommended: 'strict',
  messages: {
    pairs: '{{scope}} is given {{given}}{{where}}, and that makes {{result}}: every element of the one meets every element of the other, and the loss cannot tell which of them belong together. {{effect}} Bring both into one shape, `reshape({{column}})` or `squeeze()`; if all pairs are meant, `expandDims` says so.',
  },
});
