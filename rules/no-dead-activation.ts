import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-dead-activation',
  cause: 'dead-activation',
  description: 'disallow activations that are flat for every value they get',
  recommended: 'recommended',
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} is flat for every value it can get here, so its derivative is zero. {{effect}} Change what goes in, or take an activation that is not flat there.{{path}}',
    oneElement: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} normalises over an axis of one element, so its result is the same whatever goes in. {{effect}} Use a sigmoid for one output, or one output for each class.{{path}}',
  },
});
