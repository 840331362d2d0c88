import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-host-read-in-tape',
  cause: 'host-read',
  description: 'disallow reading a tensor to the host where the loss is rebuilt from the values',
  recommended: 'recommended',
  suggests: true,
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} takes the values off the tape, and the loss is rebuilt from numbers. {{effect}} Compute with tensors instead.{{path}}',
  },
});
