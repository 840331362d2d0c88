import { readFileSync } from 'node:fs';

/** What a program says of its rounds: `// each round: await program.train(1)`. `program` is its module, `timers` holds the callbacks that are due. */
export function driveOf({ main }: { readonly main: string }): string | undefined {
  return /^\/\/ each round: (.+)$/mu.exec(readFileSync(main, 'utf8'))?.[1];
}

/** It is there for what the strict config reports. */
export function isStrict(main: string): boolean {
  return /[\\/]strict[\\/]/u.test(main);
}
