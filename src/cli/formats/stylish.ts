/** ESLint's own. */
import { resultOf } from '../report.ts';
import type { Format } from './format.ts';

export const stylish: Format = async ({ report, cwd, eslint: Implementation }) => {
  const formatter = await new Implementation({ cwd, overrideConfigFile: true }).loadFormatter('stylish');
  const text = await formatter.format(report.files.map(resultOf));
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
};
