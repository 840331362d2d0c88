/** SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0. The path of a finding is its code flow. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import plugin from '../../index.ts';
import { namespace } from '../../package.ts';
import type { Rule } from '../../plugin.ts';
import { relativePath } from '../../paths.ts';
import { type Problem, isCrash, isError } from '../report.ts';
import { type Role, type Stage, stagesOf } from '../../explanation/story.ts';
import type { Format, Rendering } from './format.ts';

/** What code that has lost its way is called; SARIF lets a location say of which kind it is. */
const importance: Readonly<Record<Role, 'important' | 'essential' | 'unimportant'>> = {
  source: 'essential', step: 'important', call: 'important', break: 'essential', beyond: 'unimportant', target: 'essential', declaration: 'essential',
};

/** `%SRCROOT%` is the name by which services know the checkout. */
const root = '%SRCROOT%';

export const sarif: Format = (rendering) => {
  const { report, cwd } = rendering;
  const rules = Object.entries(plugin.rules).sort(([a], [b]) => (a < b ? -1 : 1));
  const indices = new Map(rules.map(([name], index) => [`${namespace}/${name}`, index]));
  const problems = report.files.flatMap(({ file, problems: own }) => own.map((problem) => ({ file, problem })));
  const [told, notifications] = [problems.filter(({ problem }) => !isNotification(problem)), problems.filter(({ problem }) => isNotification(problem))];
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: plugin.meta.name,
          version: plugin.meta.version,
          semanticVersion: plugin.meta.version,
          informationUri: 'https://github.com/eslint-plugin-tensor/eslint-plugin-tensor',
          rules: rules.map(([name, rule]) => descriptor(name, rule)),
        },
      },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [root]: { uri: `${pathToFileURL(cwd).href.replace(/\/$/u, '')}/` } },
      invocations: [{
        executionSuccessful: !problems.some(({ problem }) => isCrash(problem)),
        toolExecutionNotifications: notifications.map(({ file, problem }) => ({
          level: 'error',
          message: { text: problem.message.message },
          locations: [{ physicalLocation: physicalLocation(rendering, file, regionOf(problem)) }],
        })),
      }],
      results: told.map(({ file, problem }) => result(rendering, file, problem, indices)),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

/** What is said of the run rather than of the code. */
function isNotification(problem: Problem): boolean {
  return problem.message.ruleId === null || isCrash(problem);
}

function descriptor(name: string, { meta }: Rule): object {
  const { docs } = meta;
  return {
    id: `${namespace}/${name}`,
    name,
    ...(docs && { shortDescription: { text: sentenceOf(docs.description) } }),
    ...(docs && { fullDescription: { text: `${sentenceOf(docs.description)} ${explanation(meta)}` } }),
    help: helpOf(name, meta),
    ...(docs?.url !== undefined && { helpUri: docs.url }),
    defaultConfiguration: { level: docs?.recommended === 'strict' ? 'warning' : 'error' },
    properties: { tags: ['machine-learning', 'correctness'], precision: 'very-high', 'problem.severity': docs?.recommended === 'strict' ? 'warning' : 'error' },
  };
}

function sentenceOf(description: string): string {
  return `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
}

/** Holds for rules of every subject. */
function explanation({ docs, messages }: Rule['meta']): string {
  const isProven = docs?.recommended !== 'strict';
  const hasPath = Object.values(messages).some((message) => message.includes('{{path}}'));
  return [
    isProven ? 'What is reported is proven.' : 'What is reported is certainly there, and hardly meant.',
    `The message names the code, and says what happens when it runs and what to do${hasPath ? '; the path of the gradient is shown step by step' : ''}.`,
  ].join(' ');
}

/** Code scanning shows it beside each alert. */
function helpOf(name: string, meta: Rule['meta']): object {
  const { docs } = meta;
  const said = `${sentenceOf(docs?.description ?? name)} ${explanation(meta)}`;
  const silence = 'Where it is meant so, say why in the code:';
  const comment = `// eslint-disable-next-line ${namespace}/${name} -- why`;
  return {
    text: [said, ...(docs?.url === undefined ? [] : [`Examples, and how to mend it: ${docs.url}`]), `${silence} ${comment}`].join('\n\n'),
    markdown: [said, ...(docs?.url === undefined ? [] : [`[Examples, and how to mend it](${docs.url})`]), `${silence}\n\n\`\`\`js\n${comment}\n\`\`\``].join('\n\n'),
  };
}

function result(rendering: Rendering, file: string, problem: Problem, indices: ReadonlyMap<string, number>): object {
  const { message, finding } = problem;
  const stages = finding === undefined ? [] : stagesOf(finding);
  const ruleId = message.ruleId ?? '';
  const ruleIndex = indices.get(ruleId);
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: isError(problem) ? 'error' : 'warning',
    message: { text: message.message },
    locations: [{ physicalLocation: physicalLocation(rendering, file, regionOf(problem)) }],
    ...(finding?.elsewhere !== undefined && { relatedLocations: [{ id: 1, ...location(rendering, { role: 'break', site: finding.elsewhere, label: '', note: 'The break' }) }] }),
    // A path of one place is none.
    ...(stages.length > 1 && { codeFlows: [{ threadFlows: [{ locations: stages.map((stage, index) => threadLocation(rendering, stage, index)) }] }] }),
  };
}

function threadLocation(rendering: Rendering, stage: Stage, index: number): object {
  return { executionOrder: index + 1, importance: importance[stage.role], location: location(rendering, stage) };
}

function location(rendering: Rendering, { site, note }: Stage): object {
  const { start, end } = rendering.sources.range(site);
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { physicalLocation: physicalLocation(rendering, site.file, region), message: { text: note } };
}

function regionOf({ message }: Problem): object {
  // A file that cannot be parsed may have no place.
  const { line = 1, column = 1, endLine, endColumn } = message as Partial<Problem['message']>;
  return { startLine: Math.max(1, line), startColumn: Math.max(1, column), ...(endLine !== undefined && { endLine }), ...(endColumn !== undefined && { endColumn }) };
}

function physicalLocation({ cwd }: Rendering, file: string, region: object): object {
  const relative = relativePath(cwd, file);
  const artifactLocation = path.isAbsolute(relative) ? { uri: pathToFileURL(file).href } : { uri: relative.split('/').map(encodeURIComponent).join('/'), uriBaseId: root };
  return { artifactLocation, region };
}
