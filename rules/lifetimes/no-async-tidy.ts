import { createCauseRule } from '../../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-async-tidy',
  cause: 'async-region',
  description: 'disallow `tidy` around asynchronous code',
  recommended: 'recommended',
  messages: {
    async: '{{scope}} is given an `async` function{{where}}: it ends at the first `await` of it, disposes what it has made up to there, and never disposes what it makes later. {{library}} logs {{said}}. Await first, and give {{scope}} a synchronous function.',
    training: '{{scope}} goes on when {{region}} has ended, which disposes what it is given{{where}}. {{effect}} Make the data outside of `tidy`, await {{scope}}, and dispose them then.',
    promise: '{{scope}} gives a promise{{where}}: it ends before the promise settles, disposes what was made up to there, and never disposes what is made later. {{library}} logs {{said}}. Await outside of {{scope}}.',
  },
});
