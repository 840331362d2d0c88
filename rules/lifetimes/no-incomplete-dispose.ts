import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-incomplete-dispose',
  cause: 'incomplete-dispose',
  description: 'disallow disposing a tensor on some ways out of a function only, or some of the tensors that it makes',
  recommended: 'strict',
  suggests: true,
  messages: {
    exit: '{{sources}} is disposed by {{disposal}} on one way out of {{scope}}{{where}}, and {{exit}} leaves it in memory: nothing refers to it any more there. Dispose it on every way, as `finally` does, or put the code into `tf.tidy`.',
    end: '{{sources}} is disposed by {{disposal}} on one way out of {{scope}}{{where}}, and the end of the function leaves it in memory: nothing refers to it any more there. Dispose it on every way, as `finally` does, or put the code into `tf.tidy`.',
    some: '{{code}}{{where}} leaves {{count}} in memory {{times}}, which disposes {{others}}: nothing refers to {{refer}} any more when that is over. Dispose {{them}} as well, or put the code into `tf.tidy`.',
  },
});
