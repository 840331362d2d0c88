import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-nan-gradient',
  cause: 'nan-gradient',
  description: 'disallow operations whose derivative is not finite on the way of a gradient',
  recommended: 'recommended',
  messages: {
    always: 'An operand of {{scope}} is {{point}} for certain{{where}}, where its derivative is not finite. {{effect}} Keep the operand away from there: with an epsilon, a clip, or another value before the operation.',
    first: 'An operand of {{scope}} is {{point}} as long as the variables are as they were made{{where}}, and its derivative is not finite there. {{effect}} Begin with other numbers, or add an epsilon before the operation.',
    guard: 'The choice replaces what {{scope}} gives where its operand is {{point}}{{where}}, and not its gradient: that is multiplied with zero, and zero times Infinity is NaN. {{effect}} Choose before the operation as well: `where(condition, x, 1)`.',
  },
});
