import { createCauseRule } from '../../src/eslint/cause-rule.ts';

const left = '{{code}}{{where}} leaves {{count}} in memory {{times}}, unless whoever calls it does so in `tidy`: nothing refers to {{refer}} any more when that is over, and nobody disposes {{them}}. Put the code into `tf.tidy`.';

export default createCauseRule({
  name: 'prefer-tidy',
  cause: 'untidied-memory',
  description: 'require a function to hold the tensors that it makes and does not give back',
  recommended: 'strict',
  suggests: true,
  messages: {
    call: left,
    replaced: '{{code}}{{where}} makes {{count}} {{times}}, and the next time puts {{another}} in {{its}} place: nothing refers to {{old}} any more then, and nobody disposes {{them}}. Dispose {{old}} before.',
    counted: '{{code}}{{where}} leaves {{count}} in memory {{times}}: nothing refers to {{refer}} any more when that is over, and nobody disposes {{them}}. Put the code into `tf.tidy`, or call `dispose()`.',
  },
});
