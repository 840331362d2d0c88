import type { Config, Plugin, Severity } from './plugin.ts';
import type { RuleDocs } from './eslint/rule.ts';

type Level = RuleDocs['recommended'];

/** What is proven is an error, what is only suspicious a warning. */
export function createConfigs(plugin: Plugin): Record<Level | 'disableTypeChecked', Config> {
  const { namespace } = plugin.meta;
  const config = (name: string, severities: Partial<Record<Level, Severity>>): Config => ({
    name: `${namespace}/${name}`,
    plugins: { [namespace]: plugin },
    rules: Object.fromEntries(
      Object.entries(plugin.rules).flatMap(([rule, { meta }]) => {
        const severity = meta.docs && severities[meta.docs.recommended];
        return severity ? [[`${namespace}/${rule}`, severity]] : [];
      }),
    ),
  });
  return {
    recommended: config('recommended', { recommended: 'error' }),
    strict: config('strict', { recommended: 'error', strict: 'warn' }),
    // For files without type information, under the name that typescript-eslint has for it.
    disableTypeChecked: config('disableTypeChecked', { recommended: 'off', strict: 'off' }),
  };
}
