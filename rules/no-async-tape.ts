import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-async-tape',
  cause: 'async',
  description: 'disallow async functions in gradient scopes',
  recommended: 'recommended',
  messages: {
    promise: 'The function given to {{scope}} is async: it returns a promise, and what runs behind its first `await` is not recorded. {{effect}} Await before the scope, and compute inside it synchronously.',
  },
});
