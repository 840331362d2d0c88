/** The links into the playground: each page of a rule has one, to its own example. Run as a script, it writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { rules } from '../../rules/index.ts';
import { root } from './examples.ts';

/** Where the built page is published. */
export const playground = 'https://eslint-plugin-tensor.github.io/eslint-plugin-tensor/playground/';

const header = '<!-- end auto-generated rule header -->\n';
const link = /^\[See it in the playground\]\(.*\): .*\n\n/u;

/** The page with its link, right below what eslint-doc-generator writes. */
export function linked(page: string, rule: string): string {
  const [top = '', rest = ''] = page.split(header);
  return `${top}${header}\n[See it in the playground](${playground}#example=${rule}): the report, the path and the graph, while you type.\n\n${rest.trimStart().replace(link, '')}`;
}

/** The examples that a text leads to. */
export function examplesLinked(text: string): readonly string[] {
  return [...text.matchAll(/\/playground\/#example=(?<id>[\w-]+)/gu)].map(({ groups }) => groups?.id ?? '');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const rule of Object.keys(rules)) {
    const file = path.join(root, 'docs', 'rules', `${rule}.md`);
    writeFileSync(file, linked(readFileSync(file, 'utf8'), rule));
  }
}
