/** What docs/settings.md shows is so: its examples are linted with its settings and executed, its errors are those that come. */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import tensor from '../../src/index.ts';
import { librariesFor } from '../../src/settings/libraries.ts';
import { type PlacedExample, examplesOf, place, root } from '../docs/examples.ts';
import { contradictions } from '../docs/observed.ts';
import { compare } from '../harness/compare.ts';
import { annotate } from '../harness/draw.ts';
import { createFixtureLinter } from '../harness/lint.ts';
import { parseMarkers } from '../harness/markers.ts';
import { settingsBelow } from '../harness/settings.ts';
import { type Outcome, execute } from '../truth/execute.ts';
import { configurations, inHouse } from './documented.ts';

const page = 'docs/settings.md';
const text = readFileSync(path.join(root, page), 'utf8');
const described = configurations[0]?.find(({ settings }) => settings !== undefined);
const fixtures = new Map(settingsBelow(path.join(root, 'tests', 'fixtures')).map(({ folder, tensor: settings }) => [folder, settings]));

describe('examples', () => {
  const { folder, placed } = place(examplesOf(page));
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'settings', 'node_modules', '@acme'), { recursive: true });
    symlinkSync(path.join(root, 'tests', 'fixtures', 'packages', 'acme-ml'), path.join(folder, 'settings', 'node_modules', '@acme', 'ml'), 'dir');
    const ran = await execute(placed.map(({ file }) => ({ name: file, collection: 'pages', main: file, files: [file], rules: [], notExecuted: undefined, departures: [] })), 'tfjs');
    outcomes = new Map([...ran].map(([{ main }, outcome]) => [main, outcome]));
  }, 120_000);

  afterAll(() => { rmSync(folder, { recursive: true }); });

  const named = (line: number): PlacedExample => placed.find((example) => example.line === line)!;

  it.each(placed.map(({ line, kind }) => ({ line, kind })))('$kind, line $line, is linted', async ({ kind, line }) => {
    const linter = createFixtureLinter(folder, [tensor.configs.recommended, { settings: described!.settings! }]);
    const { file, code } = named(line);
    const comparison = compare(parseMarkers(code), await linter.lint(file));
    const { matched, missing, unexpected } = comparison;
    if (missing.length + unexpected.length > 0) expect(code).toBe(annotate(code, comparison));
    expect(matched.size > 0).toBe(kind === 'incorrect');
  });

  it.each(placed.map(({ line }) => line))('line %i is executed', (line) => {
    const { file, observed } = named(line);
    const outcome = outcomes.get(file)!;
    if ('died' in outcome) throw new Error(outcome.died);
    expect(contradictions(observed, outcome)).toEqual([]);
  });

  it('type-check', () => {
    const { config } = ts.readConfigFile(`${folder}/tsconfig.json`, (file) => ts.sys.readFile(file)) as { readonly config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const problems = ts.getPreEmitDiagnostics(ts.createProgram(placed.map(({ file }) => file), options));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  });
});

it('the description of the wrapper is that of the fixtures', () => {
  expect(described?.settings?.tensor).toEqual(fixtures.get('invalid/settings/packages'));
  expect(fixtures.get('valid/settings/packages')).toEqual(fixtures.get('invalid/settings/packages'));
});

it('so is that of the library with tensors of its own', () => {
  const written = JSON.stringify(fixtures.get('invalid/settings/in-house'));
  expect(JSON.parse(written.replace('packages/vectors/*.d.ts', 'src/vectors.d.ts'))).toEqual(inHouse);
  expect(fixtures.get('valid/settings/in-house')).toEqual(fixtures.get('invalid/settings/in-house'));
});

it('the errors are those that come', () => {
  const shown = /^```text\n(?<errors>.*?)^```$/msu.exec(text)?.groups?.errors ?? '';
  const wrong = (description: object) => (): unknown => librariesFor({ libraries: [{ name: 'acme', packages: ['@acme/ml'], ...description }] }, root);
  const [first = '', ...lines] = shown.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(wrong({ members: { detach: { stop: 0 } } })).toThrow(`${first}\n${lines[0] ?? ''}`);
  expect(wrong({ extends: '@tensorflow/tf' })).toThrow(`${first}\n${lines[1] ?? ''}`);
});

it('every form has a row, and the link in errors leads here', () => {
  const forms = ['opens', 'reads', 'stops', 'makes', 'gives', 'runs', 'updates', 'operation', 'like'];
  expect(forms.filter((form) => !new RegExp(`^\\| \`\\{ ${form}: `, 'mu').test(text))).toEqual([]);
  expect(() => librariesFor(1, root)).toThrow('/docs/settings.md');
  expect(existsSync(path.join(root, page))).toBe(true);
});
