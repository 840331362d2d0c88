/**
 * The plugin's public types. ESLint and typescript-eslint describe rules and configs in types of their own that do
 * not fit each other; these say only what both agree on, so that the plugin fits into a checked config of either.
 */
import type { RuleDocs } from './eslint/rule.ts';

export interface Plugin<Name extends string = string> {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<Name, Rule>;
}

export interface Rule {
  readonly meta: {
    readonly type: 'problem' | 'suggestion' | 'layout';
    readonly docs?: RuleDocs & { readonly url?: string };
    readonly messages: Record<string, string>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- neither accepts the other's context and listeners
  create(context: any): any;
}

export interface Config {
  name: string;
  plugins: Record<string, Pick<Plugin, 'meta'>>;
  rules: Record<string, Severity>;
}

export type Severity = 'error' | 'warn' | 'off';
