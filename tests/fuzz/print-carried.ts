/** Prints states that carry a value to its use, here or as modules of their own. */
import { type Filling, fill, namesIn } from './carriers/carrier.ts';
import { carrierNamed } from './carriers/index.ts';
import type { Expr, Hold } from './syntax.ts';

/** The texts of modules, by name. */
export type Modules = ReadonlyMap<string, string>;

export interface CarriedText {
  readonly lines: readonly string[];
  /** What somebody else does. */
  readonly outside: readonly string[];
  readonly parameter: string | undefined;
  readonly argument: string | undefined;
}

const types = { boolean: 'boolean', number: 'number', function: '((t: tf.Tensor) => tf.Tensor)', tensor: 'tf.Tensor' } as const;

export function carriedText(s: Hold, print: (e: Expr) => string): CarriedText {
  const carrier = carrierNamed(s.way);
  const inline: Filling = { name: s.name, type: types[s.load], first: print(s.first), second: print(s.second) };
  const [first, second] = [`${s.name}First`, `${s.name}Second`];
  const named = [`const ${first}: ${inline.type} = ${inline.first};`, `const ${second}: ${inline.type} = ${inline.second};`];
  const filling = carrier.lazy === true ? { ...inline, first, second } : inline;
  return {
    lines: [...(carrier.lazy === true ? named : []), ...carrier.lines.map((line) => fill(line, filling))],
    outside: (carrier.outside ?? []).map((line) => fill(line, { ...inline, second: print(s.second) })),
    parameter: carrier.parameter && fill(carrier.parameter.text, inline),
    argument: carrier.parameter && fill(carrier.parameter.argument, { ...inline, second: print(s.second) }),
  };
}

/** A state in a module of its own, and how it is imported. */
export function moduleOf({ name, way, stands }: Hold, { lines }: CarriedText): { readonly modules: Modules; readonly from: string } {
  const used = namesIn(carrierNamed(way).read, name);
  const kept = used.filter((each) => !lines.some((line) => new RegExp(`^export (?:const|let|class) ${each}\\b`, 'u').test(line)));
  const uses = lines.some((line) => line.includes('tf.')) ? ["import * as tf from '@tensorflow/tfjs';", ''] : [];
  const modules = new Map([[`./${name}`, [...uses, ...lines, ...(kept.length > 0 ? [`export { ${kept.join(', ')} };`] : []), ''].join('\n')]]);
  if (stands === 'apart') return { modules, from: `import { ${used.join(', ')} } from './${name}';` };
  modules.set(`./${name}Barrel`, `export * from './${name}';\n`);
  return { modules, from: `import { ${used.join(', ')} } from './${name}Barrel';` };
}
