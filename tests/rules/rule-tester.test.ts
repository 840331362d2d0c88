import path from 'node:path';

import { RuleTester } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';

import { rules } from '../../rules/index.ts';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const fixtures = path.join(import.meta.dirname, '../fixtures');
const tester = new RuleTester({
  languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.ts'] }, tsconfigRootDir: fixtures } },
});

const program = (loss: string): string => `
import * as tf from '@tensorflow/tfjs';
const w = tf.variable(tf.scalar(2));
tf.train.sgd(0.1).minimize(() => ${loss});
`;

// The tester brings its own copy of the types that rules are written in.
const rule = rules['no-host-read-in-tape'] as unknown as Parameters<typeof tester.run>[1];

tester.run('no-host-read-in-tape', rule, {
  valid: [program('w.square().asScalar()')],
  invalid: [{
    code: program('tf.tensor(w.dataSync(), w.shape).square().asScalar()'),
    errors: [{
      messageId: 'severed',
      line: 4,
      column: 44,
      endColumn: 56,
      suggestions: [{ messageId: 'suggested', data: { title: 'Use `w` itself.' }, output: program('w.square().asScalar()') }],
    }],
  }],
});
