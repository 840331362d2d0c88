/** ESLint's JSON, and with each message what it says as data. */
import type { Finding } from '../../judgements/finding.ts';
import { type FileReport, resultOf } from '../report.ts';
import type { Sources } from '../../explanation/sources.ts';
import { stagesOf } from '../../explanation/story.ts';
import type { Format } from './format.ts';

export const json: Format = ({ report, sources }) => `${JSON.stringify(report.files.map((file) => withFindings(file, sources)))}\n`;

function withFindings(file: FileReport, sources: Sources): object {
  const result = resultOf(file);
  return {
    ...result,
    messages: file.problems.map(({ message, finding }) => (finding === undefined ? message : { ...message, finding: dataOf(finding, sources) })),
  };
}

function dataOf(finding: Finding, sources: Sources): object {
  const { cause, sources: names, scope, effect } = finding;
  return {
    cause,
    sources: names,
    scope,
    effect,
    path: stagesOf(finding).map(({ role, label, note, site }) => ({ role, label, note, file: site.file, ...sources.range(site) })),
  };
}
