import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-use-after-dispose',
  cause: 'disposed-use',
  description: 'disallow using a tensor that has been disposed',
  recommended: 'recommended',
  messages: {
    call: '{{sources}} {{be}} used by {{scope}}{{where}}, and {{disposal}} has disposed {{them}} on every way that leads here. {{effect}} Dispose {{them}} when nothing uses {{them}} any more, or hand on a `clone()`.',
    region: '{{sources}} {{be}} used by {{scope}}{{where}}, and the end of {{disposal}}, which disposes what it does not give back, has disposed {{them}}. {{effect}} Give {{them}} back from it, or put {{them}} through `tf.keep`.',
  },
});
