import { readFileSync } from 'node:fs';

import { rules } from '../../rules/index.ts';

/** What a program says of its rounds: `// each round: await program.train(1)`. `program` is its module, `timers` holds the callbacks that are due. */
export function driveOf({ main }: { readonly main: string }): string | undefined {
  return /^\/\/ each round: (.+)$/mu.exec(readFileSync(main, 'utf8'))?.[1];
}

const strict: ReadonlySet<string> = new Set(['strict', ...Object.entries(rules).flatMap(([name, { meta }]) => (meta.docs?.recommended === 'strict' ? name : []))]);

/** It is there for what the strict config reports: a fixture of its folder, or an example on the page of one of its rules. */
export function isStrict(main: string): boolean {
  return main.split(/[\\/]/u).some((part) => strict.has(part));
}
