/** A rule that reports the findings of one cause. Everything else about it is data. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type Reason, subjectOf } from '../domain/reasons.ts';
import type { Finding } from '../judgements/finding.ts';
import { type Offer, offerFor } from './edits/index.ts';
import { fileResult, knownLibraries, tellOnce } from './file-findings.ts';
import { type Linted, linted } from './linted.ts';
import { type Context, type RuleDocs, createRule } from './rule.ts';
import { remember } from './told.ts';
import { messageData } from './wording.ts';

const failed = 'eslint-plugin-tensor could not analyse this file; nothing is reported for it. Please report this with the file: {{error}}.';
const suggested = '{{title}}';

export interface CauseRule<Variant extends string> {
  readonly name: string;
  readonly cause: Reason;
  readonly description: string;
  readonly recommended: RuleDocs['recommended'];
  /** Some of its findings come with an edit. */
  readonly suggests?: true;
  /** The sentence for each variant of the finding. */
  readonly messages: Readonly<Record<Variant, string>>;
}

export function createCauseRule<Variant extends string>(rule: CauseRule<Variant>) {
  return createRule<readonly [], string>({
    name: rule.name,
    meta: {
      type: 'problem',
      docs: { description: rule.description, recommended: rule.recommended, requiresTypeChecking: true },
      messages: rule.suggests === true ? { ...rule.messages, failed, suggested } : { ...rule.messages, failed },
      hasSuggestions: rule.suggests === true,
      schema: [],
      defaultOptions: [],
    },
    create(context) {
      const libraries = knownLibraries(context);
      return {
        'Program:exit'() {
          const result = fileResult(context, libraries, subjectOf(rule.cause));
          if (result.kind === 'findings') {
            for (const finding of result.findings) if (finding.cause === rule.cause) report(context, rule, finding);
          } else if (tellOnce(result)) {
            context.report({ loc: { line: 1, column: 0 }, messageId: 'failed', data: { error: result.error.message } });
          }
        },
      };
    },
  });
}

/** What stands in a text that the parser has made, and nowhere in the linted one, is not told. */
function report(context: Context, rule: CauseRule<string>, finding: Finding): void {
  const { sourceCode } = context;
  const text = linted(context);
  const { rangeOf, lineOf } = text;
  const range = rangeOf(finding.site);
  if (range === undefined) return;
  const [start, end] = range;
  remember(context, finding, start);
  context.report({
    loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
    messageId: finding.variant,
    data: { ...messageData(finding, lineOf) },
    suggest: rule.suggests === true ? suggestionsOf(finding, range, sourceCode, text) : [],
  });
}

function suggestionsOf({ suggestion, mend }: Finding, range: TSESTree.Range, source: Context['sourceCode'], text: Linted): TSESLint.SuggestionReportDescriptor<string>[] {
  const offers = [suggestion && replaced(suggestion, text), mend && offerFor(source, text, range, mend)];
  return offers.flatMap((offer) => (offer === undefined ? [] : {
    messageId: 'suggested',
    data: { title: offer.title },
    fix: (fixer) => offer.edits.map((edit) => fixer.replaceTextRange(edit.range, edit.text)),
  }));
}

function replaced({ title, replacements }: NonNullable<Finding['suggestion']>, { rangeOf }: Linted): Offer | undefined {
  const edits = replacements.flatMap(({ site, text }) => {
    const range = rangeOf(site);
    return range === undefined ? [] : [{ range, text }];
  });
  return edits.length < replacements.length ? undefined : { title, edits };
}
