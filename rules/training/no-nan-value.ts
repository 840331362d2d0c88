import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-nan-value',
  cause: 'nan-value',
  description: 'disallow operations that give NaN whatever else happens',
  recommended: 'recommended',
  messages: {
    quotient: 'An element of what {{scope}} gives is NaN{{where}}: {{why}}{{as}}. {{effect}} Divide by a count of 1 at least, `count.maximum(1)`, or by `divNoNan`.',
    outside: 'An element of what {{scope}} gives is NaN{{where}}: {{why}}{{as}}. {{effect}} Keep the operand where there is a number: with a clip, or another value before the operation.',
  },
});
