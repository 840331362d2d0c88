/** A rule that reports the findings of one cause. Everything else about it is data. */
import type { Cause } from '../calculus/cause.ts';
import type { Finding } from '../judgements/finding.ts';
import { fileResult, knownLibraries, tellOnce } from './file-findings.ts';
import { pageAround } from './page.ts';
import { type Context, type RuleDocs, createRule } from './rule.ts';
import { remember } from './told.ts';
import { messageData } from './wording.ts';

const failed = 'eslint-plugin-tensor could not analyse this file; nothing is reported for it. Please report this with the file: {{error}}.';
const suggested = '{{title}}';

export interface CauseRule<Variant extends string> {
  readonly name: string;
  readonly cause: Cause;
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
          const result = fileResult(context, libraries);
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

function report(context: Context, rule: CauseRule<string>, finding: Finding): void {
  const { sourceCode } = context;
  const { site, suggestion } = finding;
  remember(context, finding);
  context.report({
    loc: { start: sourceCode.getLocFromIndex(site.start), end: sourceCode.getLocFromIndex(site.end) },
    messageId: finding.variant,
    data: { ...messageData(finding, pageAround(context)?.lineOf) },
    suggest: suggestion === undefined || rule.suggests !== true ? [] : [{
      messageId: 'suggested',
      data: { title: suggestion.title },
      fix: (fixer) => suggestion.replacements.map(({ site: at, text }) => fixer.replaceTextRange([at.start, at.end], text)),
    }],
  });
}
