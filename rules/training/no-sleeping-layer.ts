import { createCauseRule } from '../../src/eslint/cause-rule.ts';

const mend = '{{effect}} Run it with `apply(x, { training: true })`.';

export default createCauseRule({
  name: 'no-sleeping-layer',
  cause: 'sleeping-layer',
  description: 'require steps of one\'s own to run dropout and batch normalisation as in training',
  recommended: 'strict',
  messages: {
    noise: `{{scope}} runs {{layers}} in a step that trains{{where}}, and nothing says so: dropout and noise leave everything as it is. ${mend}`,
    statistics: `{{scope}} runs {{layers}} in a step that trains{{where}}, and nothing says so: it normalises by the averages that it began with, and no step moves them. ${mend}`,
    both: `{{scope}} runs {{layers}} in a step that trains{{where}}, and nothing says so: dropout leaves everything as it is, and batch normalisation takes the averages that it began with, which no step moves. ${mend}`,
  },
});
