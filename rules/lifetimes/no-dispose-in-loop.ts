import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-dispose-in-loop',
  cause: 'disposed-in-round',
  description: 'disallow disposing in a round of a loop what the next round uses',
  recommended: 'strict',
  messages: {
    round: '{{sources}} {{be}} used by {{scope}}{{where}} in each round, and {{disposal}} disposes {{them}} in one: where another round follows, it finds {{them}} disposed. {{effect}} Give each round one of its own, or dispose {{them}} behind the last.',
  },
});
