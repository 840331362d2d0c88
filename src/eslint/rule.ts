import type { TSESLint } from '@typescript-eslint/utils';
import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';

import { version } from '../package.ts';

/** What each rule says of itself in `meta.docs`; configs, docs pages and the README table are made from it. */
export interface RuleDocs {
  readonly description: string;
  /** The first config in which the rule is on. `strict` contains all of `recommended`. */
  readonly recommended: 'recommended' | 'strict';
  readonly requiresTypeChecking: true;
}

/** What ESLint tells a rule of the file at hand. */
export type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

export const createRule = RuleCreator<RuleDocs>(
  (rule) => `https://github.com/eslint-plugin-tensor/eslint-plugin-tensor/blob/v${version}/docs/rules/${rule}.md`,
);
