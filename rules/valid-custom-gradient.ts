import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-custom-gradient',
  cause: 'custom-gradient',
  description: 'require custom gradients that are derivatives of their function',
  recommended: 'recommended',
  messages: {
    severed: '{{sources}} {{get}} no gradient from this loss: {{code}}{{where}} uses {{them}} without taking {{them}} as an argument, and a custom gradient gives derivatives for its arguments alone. {{effect}} Hand {{them}} over as {{arguments}}.{{path}}',
    count: '`gradFunc` returns another number of gradients than the function has inputs. {{effect}} Return one for each input.',
    scope: '`gradFunc` calls {{scope}}, which ends the tape that the gradient is still going back over. {{effect}} Write the derivative with operations, and multiply it by `dy`.',
    ignoresDy: '`gradFunc` does not use `dy`, so whatever comes after this function has no part in its gradient: every scale and sign behind it is lost. {{effect}} Multiply by `dy`.',
  },
});
