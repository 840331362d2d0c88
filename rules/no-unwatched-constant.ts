import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-unwatched-constant',
  cause: 'unwatched-constant',
  description: 'disallow asking for the gradient of a constant that no tape watches',
  recommended: 'recommended',
  suggests: true,
  messages: {
    listed: '{{sources}} is a plain tensor, and {{scope}} trains variables only. {{effect}} Make it a variable.',
    nothing: '{{scope}} has nothing to train: {{sources}} is a plain tensor, and no variable is used in the loss. {{effect}} Make the weights variables.',
    several: '{{scope}} has nothing to train: {{sources}} are plain tensors, and no variable is used in the loss. {{effect}} Make the weights variables.',
    inside: '{{sources}} is made anew in every run of {{scope}}, so no step ever trains the variable it used before.{{path}} {{effect}} Make it once, before the scope.',
    unwatched: '{{sources}} is a constant that {{scope}} does not watch. {{effect}} Let {{scope}} watch {{them}} before the gradient is asked for, or make {{them}} a variable.',
    'unwatched-variable': '{{sources}} is a variable, and {{scope}} was made to watch no variables of its own accord. {{effect}} Let {{scope}} watch {{them}} before the gradient is asked for.',
    ignored: 'The function does not use its argument, so nothing connects its result with {{sources}}: a tensor from outside is a constant there. {{effect}} Compute the result from the argument.',
  },
});
