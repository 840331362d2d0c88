import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-unapplied-gradient',
  cause: 'unapplied-gradient',
  description: 'disallow computing gradients that nothing uses',
  recommended: 'strict',
  messages: {
    unused: 'Nothing uses the gradients that {{scope}} computes here{{where}}: they are neither applied nor read. {{effect}} Hand them to `applyGradients`, or compute the value alone.',
  },
});
