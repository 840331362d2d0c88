import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'prefer-stable-loss',
  cause: 'unstable-form',
  description: 'require forms of losses that stay exact where floats round',
  recommended: 'strict',
  suggests: true,
  messages: {
    logarithm: '{{scope}} is taken of what {{activation}} gives{{where}}, and that is 0 where it is small enough. {{effect}} {{instead}}.',
    rest: '{{scope}} is taken of 1 less what {{activation}} gives{{where}}, and that is 0 where it is near enough to 1. {{effect}} {{instead}}.',
    root: '{{scope}} is taken of a sum of squares{{where}}, and has no finite derivative where that is 0. {{effect}} Add an epsilon before the root.',
    variance: '{{code}} is the mean of the squares less the square of the mean{{where}}: two numbers that are nearly the same, whose difference has few digits that are right, and may be negative. {{effect}} Take the mean of the squares of `x.sub(x.mean())`, or `tf.moments(x).variance`.',
  },
});
