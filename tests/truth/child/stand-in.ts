/** Module hooks, in a thread of their own: who imports TF.js gets what `globalThis` holds for it instead. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';

export interface StandIn {
  readonly specifiers: readonly string[];
  /** The property of `globalThis` that holds the exports. */
  readonly key: string;
  readonly names: readonly string[];
}

let standIn: StandIn | undefined;

export const initialize: InitializeHook<StandIn> = (data) => { standIn = data; };

export const resolve: ResolveHook = (specifier, context, next) =>
  standIn?.specifiers.includes(specifier) === true ? { url: `stand-in:${specifier}`, shortCircuit: true } : next(specifier, context);

export const load: LoadHook = (url, context, next) => {
  if (standIn === undefined || !url.startsWith('stand-in:')) return next(url, context);
  const { key, names } = standIn;
  const source = `const { ${names.join(', ')} } = globalThis[${JSON.stringify(key)}];\nexport { ${names.join(', ')} };\nexport default globalThis[${JSON.stringify(key)}];\n`;
  return { format: 'module', source, shortCircuit: true };
};
