/** `npm run docs:print -- PAGE...` writes the reports of the examples into pages of rules, as markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { annotate } from '../harness/draw.ts';
import { lintExamples } from './lint.ts';
import { type Example, examplesOf, rewritten, root } from './examples.ts';

const width = 110;

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

/** A long marker goes on in lines of its own. */
function wrapped(line: string): readonly string[] {
  const { head, text } = /^(?<head>\s*\/\/\s*~+>? )(?<text>\[.*)$/u.exec(line)?.groups ?? {};
  if (head === undefined || text === undefined || line.length <= width) return [line];
  const margin = `${head.replace(/~.*$/u, '')}… `;
  const lines: string[] = [];
  let current = head;
  for (const word of text.split(' ')) {
    if (current.length + word.length > width && current.trimEnd() !== margin.trimEnd()) {
      lines.push(current.trimEnd());
      current = margin;
    }
    current += `${word} `;
  }
  return [...lines, current.trimEnd()];
}
