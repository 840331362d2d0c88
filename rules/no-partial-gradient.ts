import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-partial-gradient',
  cause: 'partial-gradient',
  description: 'disallow reads and stops that cut one of several paths of a gradient',
  recommended: 'strict',
  messages: {
    term: '{{sources}} {{get}} only a part of the gradient: {{code}}{{where}} cuts this path, so that what it gives is added to the loss as a plain number and changes no gradient. {{effect}} If that is not meant, use the tensor itself.{{path}}',
    part: '{{sources}} {{get}} only a part of the gradient: {{code}}{{where}} cuts this path, so that the gradient takes its value for a constant. {{effect}} If that is not meant, use the tensor itself.{{path}}',
  },
});
