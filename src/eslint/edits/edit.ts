import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

export interface Edit {
  readonly range: TSESTree.Range;
  readonly text: string;
}

/** What an editor offers. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export type Source = Readonly<TSESLint.SourceCode>;
