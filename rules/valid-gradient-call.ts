import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'valid-gradient-call',
  cause: 'misuse',
  description: 'require gradient functions to be called as they are meant',
  recommended: 'recommended',
  suggests: true,
  messages: {
    tensor: '{{scope}} takes a function that computes the loss, not the loss itself: nothing that was computed before it is recorded. {{effect}} Give it a function: `() => …`.',
    layerVariables: 'The list given to {{scope}} holds the variables of layers, which are wrappers. {{effect}} Take the variables out: `.map((w) => w.read())`.',
    listAsCost: 'The second argument of {{scope}} says whether to return the cost; the list of variables is the third. As it stands, every variable is trained. {{effect}} Give the list as the third.',
    gradientFunction: '{{code}}{{where}} stands for gradients, and it is the function that {{scope}} gives to compute them. {{effect}} Call it with the values at which to differentiate.',
    arithmetic: "A tensor stands in JavaScript arithmetic ({{code}}{{where}}): the operators of the language know no tensors, and the result is NaN or text. {{effect}} Use the library's operations.{{path}}",
    assignment: '{{code}}{{where}} puts {{made}} in the place of the variable: the operators of the language know no tensors. Whatever uses the name from then on has {{made}}. Change the variable itself, with `assign`.',
    data: '{{code}}{{where}} takes tensors for its numbers, and a tensor is none: the result is NaN. {{effect}} Put tensors together with an operation such as `stack`.{{path}}',
    unknownApi: 'There is no {{code}}: other libraries have something of that name, this one does not. {{effect}} Use what this one has in its place.',
  },
});
