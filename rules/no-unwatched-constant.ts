import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-unwatched-constant',
  cause: 'unwatched-constant',
  description: 'disallow asking for the gradient of a constant that no tape watches',
  recommended: 'recommended',
  suggests: true,
  messages: {
    listed: '{{sources}} {{be}} {{tensors}}, and {{scope}} trains variables only. {{effect}} Make {{them}} {{variables}}.',
    nothing: '{{scope}} has nothing to train: {{sources}} {{be}} {{tensors}}, and no variable is used in the loss. {{effect}} Make the weights variables.',
    several: '{{scope}} has nothing to train: {{sources}} are plain tensors, and no variable is used in the loss. {{effect}} Make the weights variables.',
    inside: '{{sources}} {{be}} made anew in every run of {{scope}}, so no step ever trains what the one before has used. {{effect}} Make {{them}} once, before the scope.{{path}}',
    unwatched: '{{sources}} {{be}} {{tensors}}, and {{scope}} does not watch {{them}}. {{effect}} Let {{scope}} watch {{them}} before the gradient is asked for, or make {{them}} {{variables}}.',
    'unwatched-variable': '{{sources}} {{be}} {{variables}}, and {{scope}} was made to watch no variables of its own accord. {{effect}} Let {{scope}} watch {{them}} before the gradient is asked for.',
    ignored: 'The function does not use its argument, so nothing connects its result with {{sources}}: a tensor from outside is a constant there. {{effect}} Compute the result from the argument.',
  },
});
