import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-recreated-state',
  cause: 'recreated-state',
  description: 'disallow making a model, an optimizer or a variable anew each time that code runs, without disposing it',
  recommended: 'recommended',
  messages: {
    model: '{{sources}} is made {{times}}{{where}}, and nothing refers to it any more when that is over: its weights stay in memory, for no `tidy` disposes them, and nobody else does. Make it once, or call `dispose()` on it.',
    optimizer: '{{sources}} is made {{times}}{{where}}, and nothing refers to it any more when that is over: what it remembers of its steps is lost to the next one and stays in memory, for no `tidy` disposes it, and nobody else does. Make it once, or call `dispose()` on it.',
    named: 'A variable is made by the name {{named}}{{where}}, and {{first}} has made one by that name, which is still there. {{effect}} Leave the name out, or dispose the first one before.',
    variable: '{{sources}} is made {{times}}{{where}}, and nothing refers to it any more when that is over: it stays in memory, for no `tidy` disposes a variable, and nobody else does. Make it once and `assign` to it, or call `dispose()` on it.',
  },
});
