import { createCauseRule } from '../src/eslint/cause-rule.ts';

export default createCauseRule({
  name: 'no-compute-outside-tape',
  cause: 'computed-outside',
  description: 'disallow handing a gradient scope a value that was computed before it',
  recommended: 'recommended',
  suggests: true,
  messages: {
    severed: '{{sources}} {{get}} no gradient here: {{code}}{{where}} was computed before {{scope}} began to record, so the tape knows only its value. {{effect}} Compute it inside the function.{{path}}',
    unrecorded: '{{sources}} {{get}} no gradient here: {{code}}{{where}} was computed where {{scope}} did not record, so the tape knows only its value. {{effect}} Compute it inside the function that {{scope}} records.{{path}}',
    replaced: '{{sources}} {{be}} no variable any more when {{scope}} runs: {{code}}{{where}} has put a plain value in its place. {{effect}} Change the variable itself: `{{name}}.assign(…)`.',
    nothing: 'Nothing in this scope can be trained: {{code}}{{where}} was computed before {{scope}} began to record, and no variable is used inside. {{effect}} Compute it inside the function, from variables.{{path}}',
  },
});
