/** A rule's sentence with the user's names filled in, without the path: for those who draw the path. */
import type { Finding } from '../judgements/finding.ts';
import { messageData } from './wording.ts';

export function sentence(template: string, finding: Finding): string {
  const data: Readonly<Record<string, string>> = { ...messageData(finding), path: '' };
  return template.replace(/\{\{\s*(\w+)\s*\}\}/gu, (whole, name: string) => data[name] ?? whole);
}
