import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-call-before-define',
  cause: 'uninitialised',
  description: 'disallow gradient scopes that use a function or value before it has been defined',
  recommended: 'recommended',
  suggests: true,
  messages: {
    reference: '{{sources}} is not initialised yet when this scope runs{{where}}: its declaration comes later. {{effect}} Move the declaration before the call, or make it a function declaration, which is hoisted.',
    type: '{{sources}} is still undefined when this scope runs{{where}}: it gets its value only where it is assigned. {{effect}} Assign it before the call, or make it a function declaration, which is hoisted.',
  },
});
