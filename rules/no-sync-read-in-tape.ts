import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-sync-read-in-tape',
  cause: 'sync-read',
  description: 'disallow synchronous reads of tensors while a gradient scope records',
  recommended: 'strict',
  messages: {
    scope: '{{code}}{{where}} reads a tensor synchronously while {{scope}} records. On a GPU the thread stands still here until everything that was queued before has been computed. {{effect}} What is only logged can be returned, and read after the scope with `await`.',
    training: '{{code}}{{where}} reads a tensor synchronously while the model trains. On a GPU the thread stands still here until everything that was queued before has been computed. {{effect}} What is only logged can be a metric of the model.',
  },
});
