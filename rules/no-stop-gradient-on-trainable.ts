import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-stop-gradient-on-trainable',
  cause: 'stop-gradient',
  description: 'disallow stopping the gradient on the only path of a trainable variable',
  recommended: 'recommended',
  suggests: true,
  messages: {
    literal: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} stops it, and no other path is left. {{effect}} Use the value itself, or make what is behind it not trainable.{{path}}',
    custom: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} passes the value on and stops its gradient, and no other path is left. {{effect}} Use the value itself, or make what is behind it not trainable.{{path}}',
    helper: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} reads the values and wraps them again, which stops the gradient, and no other path is left. {{effect}} Use the value itself, or make what is behind it not trainable.{{path}}',
    recreated: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} makes a new variable that only starts with this value. {{effect}} Use the value itself.{{path}}',
  },
});
