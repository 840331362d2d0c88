import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-activation-mismatch',
  cause: 'activation-mismatch',
  description: 'require losses to get what they expect: logits, or probabilities',
  recommended: 'strict',
  messages: {
    probabilities: '{{scope}} takes logits and applies the activation itself, and what it gets{{where}} has been through one already, in {{made}}. {{effect}} Give it what goes into that activation.',
    twice: '{{scope}} is applied to the output of {{made}}{{where}}: the same activation twice, which brings all values close together. {{effect}} Take one of them away.',
    logits: '{{scope}} takes probabilities that sum to one, and the last layer, {{made}}, has no activation. {{effect}} Give it `activation: \'softmax\'`, or use a loss that takes logits.',
    logit: '{{scope}} takes probabilities, and the last layer, {{made}}, has no activation. {{effect}} Give it `activation: \'sigmoid\'`, or use a loss that takes logits.',
  },
});
