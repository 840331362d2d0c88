import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-constant-initialisation',
  cause: 'constant-initialisation',
  description: 'disallow kernels of consecutive layers that begin with one number everywhere',
  recommended: 'strict',
  messages: {
    layers: 'The kernels of consecutive layers begin with one number everywhere{{where}}: {{made}}. So all units of a layer give the same and get the same gradient. {{effect}} Leave out the initialiser, or take a random one.',
    variables: '{{sources}} {{be}} the kernels of consecutive layers and begin with one number everywhere{{where}}. So all units between them give the same and get the same gradient. {{effect}} Begin with random numbers.',
  },
});
