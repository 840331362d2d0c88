import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-invalid-loss',
  cause: 'invalid-target',
  description: 'require a gradient scope to return a tensor that can be differentiated',
  recommended: 'recommended',
  suggests: true,
  messages: {
    nothing: 'The function given to {{scope}} returns nothing. {{effect}} Return the loss.',
    number: 'The function given to {{scope}} returns a number, of which no tape knows. {{effect}} Return the tensor.',
    constant: 'The loss of {{scope}} uses no variable: all that the function returns is made of data. {{effect}} Compute it from the variables.',
    scalar: '{{code}}{{where}} is no scalar, and {{scope}} takes the gradient of a single number. {{effect}} Reduce it to one, with `mean` or `sum`.',
  },
});
