/** The docs say what is true: their examples are linted and executed, and what they quote is there. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { allExamples } from '../docs/playground/build/examples.ts';
import manifest from '../package.json' with { type: 'json' };
import { rules } from '../rules/index.ts';
import { type Linted, lintExamples } from './docs/lint.ts';
import { type PlacedExample, examplesOf, pagesIn, place, root } from './docs/examples.ts';
import { gradientErrors } from './docs/gradient-errors.ts';
import { contradictions } from './docs/observed.ts';
import { checkedIn, draw } from './docs/picture.ts';
import { examplesLinked, linked, playground } from './docs/playground.ts';
import { annotate } from './harness/draw.ts';
import { type Outcome, execute } from './truth/execute.ts';
import type { Program } from './truth/programs.ts';

const pages = pagesIn('docs/rules');
const ruleExamples = pages.flatMap((page) => examplesOf(page));
const guideExamples = ['README.md', ...pagesIn('docs/guide')].flatMap((page) => examplesOf(page));
const title = ({ page, line }: { readonly page: string; readonly line: number }): string => `${page}:${line}`;
const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

describe('examples of rules, linted', () => {
  let linted: ReadonlyMap<string, Linted>;

  beforeAll(async () => {
    linted = new Map((await lintExamples(ruleExamples)).map((result) => [title(result.example), result]));
  }, 120_000);

  it.each(ruleExamples.map(title))('%s', (name) => {
    const { example, comparison } = linted.get(name)!;
    const { matched, missing, unexpected } = comparison;
    if (missing.length + unexpected.length > 0) expect(example.code).toBe(annotate(example.code, comparison));
    for (const [report, marker] of matched) expect(plain(marker.message)).toBe(plain(report.message));
    const rule = /(?<rule>[\w-]+)\.md$/u.exec(example.page)?.groups?.rule;
    const reported = [...matched.keys()].map((report) => report.rule);
    if (example.kind === 'incorrect') expect(reported).toContain(rule);
    else expect({ kind: example.kind, reported }).toEqual({ kind: 'correct', reported: [] });
  });
});

describe('examples, run on TF.js', () => {
  const examples = [...ruleExamples, ...guideExamples];
  let folder: string;
  let placed: readonly PlacedExample[];
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    ({ folder, placed } = place(examples));
    const programs = placed.map(({ file }): Program => ({ name: file, collection: 'pages', main: file, files: [file], rules: [], notExecuted: undefined, departures: [] }));
    outcomes = new Map([...(await execute(programs, 'tfjs'))].map(([{ main }, outcome]) => [main, outcome]));
  }, 300_000);

  afterAll(() => { rmSync(folder, { recursive: true }); });

  it.each(examples.map(title))('%s', (name) => {
    const { file, observed } = placed.find((example) => title(example) === name)!;
    const outcome = outcomes.get(file)!;
    if ('died' in outcome) throw new Error(outcome.died);
    expect(contradictions(observed, outcome)).toEqual([]);
  });

  it('type-check, so that no compiler finds the mistakes', () => {
    const { config } = ts.readConfigFile(`${folder}/tsconfig.json`, (file) => ts.sys.readFile(file)) as { readonly config: unknown };
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const problems = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
    expect(problems.map(({ file, start, messageText }) => `${file?.fileName ?? ''}:${file === undefined || start === undefined ? '' : file.getLineAndCharacterOfPosition(start).line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([]);
  });
});

describe('pages of rules', () => {
  it.each(pages)('%s has examples of both kinds', (page) => {
    expect(new Set(examplesOf(page).map(({ kind }) => kind))).toEqual(new Set(['incorrect', 'correct']));
  });
});

describe('the playground', () => {
  const known = allExamples().map(({ id }) => id);

  it.each(pages)('%s leads to its example (`npm run docs:generate` writes the link)', (page) => {
    const text = readFileSync(path.join(root, page), 'utf8');
    expect(text).toBe(linked(text, path.basename(page, '.md')));
  });

  it('has every example that the docs lead to', () => {
    const leading = ['README.md', ...pages, ...pagesIn('docs'), ...pagesIn('docs/guide'), 'docs/examples/README.md'].flatMap((page) => examplesLinked(readFileSync(path.join(root, page), 'utf8')));
    expect(leading).toContain('readme');
    expect(leading.filter((id) => !known.includes(id))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it('is published where the README says', () => {
    expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain(`(${playground}`);
    const workflow = readFileSync(path.join(root, '.github/workflows/playground.yml'), 'utf8');
    const commands = [...workflow.matchAll(/- run: (?<command>.*)/gu)].map(({ groups }) => groups?.command ?? '');
    const { repository, scripts } = manifest;
    const [, owner = '', name = ''] = /github\.com\/([\w-]+)\/([\w-]+)\.git$/u.exec(repository.url) ?? [];
    expect(playground).toBe(`https://${owner}.github.io/${name}/playground/`);
    expect(Object.keys(scripts)).toContain('playground:build');
    expect(commands).toEqual(['npm ci', 'npm run playground:build', 'mkdir site && mv docs/playground/dist site/playground']);
    expect(workflow).toContain('with: { path: site }');
  });
});

describe('docs/guide/why-is-my-gradient-zero.md', () => {
  const text = readFileSync(path.join(root, 'docs/guide/why-is-my-gradient-zero.md'), 'utf8');

  it('leads from every error text of the gradient code of TF.js to a section', () => {
    const listed = [...text.matchAll(/^\| ``(?<error>.+?)`` \| .*\(#/gmu)].map(({ groups }) => groups?.error);
    expect(listed.sort()).toEqual(gradientErrors());
  });

  it('leads to every rule, and names none that does not exist', () => {
    const named = new Set([...text.matchAll(/^.*\bRule: \[?`?(?<rule>[\w-]+)/gmu)].map(({ groups }) => groups?.rule));
    expect([...named].sort()).toEqual(Object.keys(rules).sort());
  });

  it('links to every page of a rule', () => {
    const linked = new Set([...text.matchAll(/\.\.\/rules\/(?<rule>[\w-]+)\.md/gu)].map(({ groups }) => groups?.rule));
    expect([...linked].sort()).toEqual(pages.map((page) => path.basename(page, '.md')));
  });
});

it('the picture in README.md is what the command line prints of the program above it', async () => {
  expect(checkedIn()).toBe(await draw());
});

describe('links within the docs', () => {
  const linking = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs'), ...pagesIn('docs/guide'), ...pages];
  const anchorsOf = (page: string): ReadonlySet<string> => new Set([...readFileSync(page, 'utf8').matchAll(/^#+ (?<heading>.+)$/gmu)].map(({ groups }) => anchorOf(groups?.heading ?? '')));

  it.each(linking)('%s', (page) => {
    const text = readFileSync(path.join(root, page), 'utf8').replace(/^```.*?^```$/gmsu, '');
    const dead = [...text.matchAll(/(?:\]\(|\b(?:src|srcset|href)=")(?<link>[^()\s"]+)[)"]/gu)].map(({ groups }) => groups?.link ?? '').filter((link) => !/^https?:/u.test(link)).filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path.join(root, page) : path.join(root, path.dirname(page), file);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
    });
    expect(dead).toEqual([]);
  });
});

/** As GitHub makes it from a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/gu, '-');
}
