/** `npm run docs:print -- PAGE...` writes the reports of the examples into pages of rules, as markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { annotate } from '../harness/draw.ts';
import { wrapped } from '../harness/wrap.ts';
import { lintExamples } from './lint.ts';
import { type Example, examplesOf, rewritten, root } from './examples.ts';

for (const page of process.argv.slice(2).map((name) => path.relative(root, path.resolve(name)))) {
  // A marker moves the lines that other messages name.
  for (let round = 0; round < 5 && await write(page); round++);
}

async function write(page: string): Promise<boolean> {
  const results = new Map((await lintExamples(examplesOf(page))).map((result) => [result.example.line, result]));
  const changed = rewritten(page, ({ line, code }: Example) => {
    const result = results.get(line);
    return result === undefined ? code : annotate(code, result.comparison).split('\n').flatMap(wrapped).join('\n');
  });
  if (changed === readFileSync(path.join(root, page), 'utf8')) return false;
  writeFileSync(path.join(root, page), changed);
  return true;
}
