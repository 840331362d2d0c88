import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-accidental-broadcast',
  cause: 'accidental-broadcast',
  description: 'disallow squared errors of every prediction with every label',
  recommended: 'recommended',
  messages: {
    pairs: '{{scope}} is given {{given}}{{where}}, and that makes {{result}}: every element of the one meets every element of the other. The mean of the squares is then what it would be if every label were their mean. {{effect}} Bring both into one shape, `reshape({{column}})` or `squeeze()`.',
  },
});
