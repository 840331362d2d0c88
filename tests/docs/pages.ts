/** Begins the page of each rule that has none; eslint-doc-generator writes their headers, and that of all others. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { rules } from '../../rules/index.ts';
import { root } from './examples.ts';

for (const rule of Object.keys(rules)) {
  const file = path.join(root, 'docs', 'rules', `${rule}.md`);
  if (!existsSync(file)) writeFileSync(file, '');
}
