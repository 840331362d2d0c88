import { createCauseRule } from '../../src/eslint/cause-rule.ts';

const left = '{{code}}{{where}} leaves {{count}} in memory {{times}}: nothing refers to {{refer}} any more when that is over, no `tidy` holds {{them}}, and nobody disposes {{them}}. Memory grows until the program ends. Put the code into `tf.tidy`, or call `dispose()`.';

export default createCauseRule({
  name: 'no-growing-memory',
  cause: 'growing-memory',
  description: 'disallow leaving tensors in memory each time that code runs',
  recommended: 'recommended',
  suggests: true,
  messages: {
    loop: left,
    call: left,
    handler: left,
    replaced: '{{code}}{{where}} makes {{count}} {{times}}, and the next time puts {{another}} in {{its}} place: nothing refers to {{old}} any more then, no `tidy` holds {{them}}, and nobody disposes {{them}}. Memory grows until the program ends. Dispose {{old}} before.',
    kept: '{{code}}{{where}} keeps {{count}} {{times}}, and nothing refers to {{refer}} any more when that is over: no `tidy` disposes what is kept, and nobody else does. Memory grows until the program ends. Call `dispose()` where the value is replaced or used for the last time.',
  },
});
