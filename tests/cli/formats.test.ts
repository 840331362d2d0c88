import { pathToFileURL } from 'node:url';

import { describe, expect, it, vi } from 'vitest';

import { exitCode } from '../../src/cli/lint-command.ts';
import { markOf } from '../../src/explanation/mark.ts';
import { progressOn } from '../../src/cli/progress.ts';
import { wrapped } from '../../src/explanation/prose.ts';
import { sourcesOnDisk } from '../../src/cli/texts.ts';
import { createProject, mistake, tsconfig } from './project.ts';
import { run } from './terminal.ts';

interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }; readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number } };
  readonly message?: { readonly text: string };
}

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly { readonly id: string; readonly helpUri: string; readonly shortDescription: { readonly text: string }; readonly fullDescription: { readonly text: string }; readonly help: { readonly text: string; readonly markdown: string } }[] } };
    readonly columnKind: string;
    readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
    readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { readonly text: string } }[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Place[];
      readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly executionOrder: number; readonly importance: string; readonly location: Place }[] }[] }[];
    }[];
  }[];
}

/** What the schema of SARIF 2.1.0 demands of the parts that are written, checked by hand: the schema itself is 100 kB. */
function expectSarif(log: Log): void {
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/u);
  for (const { tool: { driver }, results, originalUriBaseIds, columnKind } of log.runs) {
    expect(driver.name).not.toBe('');
    expect(columnKind).toBe('utf16CodeUnits');
    expect(new Set(driver.rules.map(({ id }) => id)).size).toBe(driver.rules.length);
    // GitHub's validator wants all of them.
    for (const { helpUri, shortDescription, fullDescription, help } of driver.rules) {
      expect(fullDescription.text).toMatch(/^[A-Z].*\.$/u);
      expect(help.text).toContain(helpUri);
      expect(help.markdown).toContain(`](${helpUri})`);
      expect(new URL(helpUri).protocol).toBe('https:');
      expect(shortDescription.text).toMatch(/^[A-Z].*\.$/u);
    }
    // The standard wants the slash: what is relative is resolved against it.
    for (const { uri } of Object.values(originalUriBaseIds)) expect(uri).toMatch(/^file:.*\/$/u);
    for (const result of results) {
      expect(driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      expect(result.locations).toHaveLength(1);
      const flows = (result.codeFlows ?? []).flatMap(({ threadFlows }) => threadFlows.flatMap(({ locations }) => locations));
      for (const { importance } of flows) expect(['important', 'essential', 'unimportant']).toContain(importance);
      expect(flows.map(({ executionOrder }) => executionOrder)).toEqual(flows.map((_, index) => index + 1));
      for (const { physicalLocation: { artifactLocation, region } } of [...result.locations, ...flows.map(({ location }) => location)]) {
        expect(Object.keys(originalUriBaseIds)).toContain(artifactLocation.uriBaseId);
        expect(artifactLocation.uri).not.toMatch(/^\/|\\|\s/u);
        expect(region.startLine).toBeGreaterThanOrEqual(1);
        expect(region.startColumn).toBeGreaterThanOrEqual(1);
        expect(region.endLine > region.startLine || region.endColumn > region.startColumn).toBe(true);
      }
    }
  }
}

describe('--format sarif', () => {
  it('has a result with the path as its code flow', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'my scripts/train.ts': mistake });
    const { code, stdout } = await run(project.root, '--format', 'sarif');
    const log = JSON.parse(stdout) as Log;
    expectSarif(log);
    const [{ results, originalUriBaseIds, invocations }] = log.runs as [Log['runs'][number]];
    expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `${pathToFileURL(project.root).href}/` } });
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    const [result] = results;
    expect(result).toMatchObject({ ruleId: 'tensor/no-host-read-in-tape', level: 'error' });
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'my%20scripts/train.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 11, startColumn: 26, endLine: 11, endColumn: 41 },
    });
    const steps = result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location, importance }) => [location.physicalLocation.region.startLine, importance, location.message?.text]);
    expect(steps).toEqual([
      [5, 'essential', 'w: gets no gradient'],
      [10, 'important', 'matMul'],
      [11, 'essential', 'the values were read to the host, and no tape follows plain numbers'],
      [11, 'unimportant', 'tensor'],
      [11, 'unimportant', 'add'],
      [11, 'unimportant', 'sub'],
      [12, 'unimportant', 'square'],
      [12, 'essential', 'mean: what minimize differentiates'],
    ]);
    expect(code).toBe(1);
  });

  it('says of a file that cannot be parsed that the run saw it, and of clean files nothing', async () => {
    using project = createProject({ 'broken.js': `${mistake}let = = 3;`, 'fine.js': '' });
    const log = JSON.parse((await run(project.root, '--format', 'sarif')).stdout) as Log;
    expectSarif(log);
    expect(log.runs[0]?.results).toEqual([]);
    expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications).toMatchObject([{ level: 'error', message: { text: 'Parsing error: Expression expected.' } }]);
  });
});

describe('the formats of others', () => {
  it('github: one workflow command for each finding, on one line', async () => {
    using project = createProject({ 'a,b.js': mistake });
    const { stdout } = await run(project.root, '-f', 'github');
    expect(stdout).toMatch(/^::error file=a%2Cb\.js,line=11,endLine=11,col=26,endColumn=41,title=tensor\/no-host-read-in-tape::`w` gets no gradient from this loss: [^\n]*\n$/u);
  });

  it('stylish: as ESLint prints it, and nothing where nothing is found', async () => {
    vi.stubEnv('NO_COLOR', '1');
    vi.stubEnv('FORCE_COLOR', undefined);
    using project = createProject({ 'train.js': mistake, 'fine.js': '' });
    const { stdout } = await run(project.root, '--format=stylish');
    expect(stdout).toMatch(/train\.js\n {2}11:26 {2}error {2}`w` gets no gradient[^\n]*tensor\/no-host-read-in-tape\n/u);
    expect(stdout).toContain('1 problem (1 error, 0 warnings)');
    expect(await run(project.root, '--format=stylish', 'fine.js')).toEqual({ code: 0, stdout: '', stderr: '' });
    vi.unstubAllEnvs();
  });

  it('json: as ESLint writes it, with each finding as data', async () => {
    using project = createProject({ 'train.js': mistake });
    const [result] = JSON.parse((await run(project.root, '-f', 'json')).stdout) as [{ filePath: string; errorCount: number; messages: { line: number; finding: { path: { role: string; label: string; start: { line: number } }[] } }[] }];
    expect(result).toMatchObject({
      errorCount: 1, warningCount: 0, fatalErrorCount: 0,
      messages: [{ ruleId: 'tensor/no-host-read-in-tape', severity: 2, line: 11, finding: { cause: 'host-read', sources: ['w'], scope: 'minimize', effect: { kind: 'skipped', library: 'TF.js' } } }],
    });
    expect(result.messages[0]?.finding.path.map(({ role, label, start }) => `${role} ${label} ${String(start.line)}`)).toEqual([
      'source w 5', 'step matMul 10', 'break dataSync 11', 'beyond tensor 11', 'beyond add 11', 'beyond sub 11', 'beyond square 12', 'target mean 12',
    ]);
  });
});

describe('the exit code', () => {
  const totals = { errors: 0, warnings: 3, crashes: 0 };

  it.each([
    [{ ...totals, errors: 1 }, undefined, 1],
    [totals, undefined, 0],
    [totals, 3, 0],
    [totals, 2, 1],
    [{ ...totals, errors: 1, crashes: 1 }, undefined, 2],
  ])('of %j with --max-warnings %s is %i', (counted, maxWarnings, code) => {
    expect(exitCode({ maxWarnings }, counted, () => {})).toBe(code);
  });

  it('of too many warnings comes with a sentence', () => {
    const warn = vi.fn();
    exitCode({ maxWarnings: 0 }, totals, warn);
    expect(warn).toHaveBeenCalledWith('3 warnings are more than the 0 that --max-warnings allows.');
  });
});

describe('a mark', () => {
  const mark = (code: string, of: string, label: string): string => {
    using project = createProject({ 'code.js': code }, { packages: false });
    const file = `${project.root}/code.js`;
    const start = code.indexOf(of);
    const { line, column, length } = markOf(sourcesOnDisk(), { file, start, end: start + of.length, line: 0 }, label);
    return `${String(line)}: ${' '.repeat(column - 1)}${code.split('\n')[line - 1]!.slice(column - 1, column - 1 + length)}`;
  };

  it('is on the operation of a chain, not on one of its arguments', () => {
    expect(mark('a.add(b.add(c));', 'a.add(b.add(c))', 'add')).toBe('1:   add');
    expect(mark('a.add(b).mul(c).add(d.add(e));', 'a.add(b).mul(c).add(d.add(e))', 'add')).toBe('1:                 add');
    expect(mark('a\n  .add(b)\n  .mean();', 'a\n  .add(b)\n  .mean()', 'mean')).toBe('3:    mean');
  });

  it('is on the name of a value where it is declared', () => {
    expect(mark('const w = tf.zeros();', 'tf.zeros()', 'w')).toBe('1:       w');
    expect(mark('const w: tf.Variable = tf.zeros();', 'tf.zeros()', 'w')).toBe('1:       w');
    expect(mark('this.w = tf.zeros();', 'tf.zeros()', 'model.w')).toBe('1:      w');
    expect(mark('const make = () => tf.zeros();', 'tf.zeros()', 'w')).toBe('1:                    tf.zeros()');
  });
});

it('prose is broken between words', () => {
  expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four']);
});

describe('progress', () => {
  const record = (isTTY: boolean): string[] => {
    const written: string[] = [];
    let time = 0;
    const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WritableStream;
    const progress = progressOn(stream, 80, () => time);
    progress.say('early');
    time = 5000;
    progress.say('late');
    progress.done();
    return written;
  };

  it('shows on a terminal, once a run is long', () => {
    expect(record(true)).toEqual(['\r\u001B[2Klate', '\r\u001B[2K']);
  });

  it('is silent everywhere else', () => {
    expect(record(false)).toEqual([]);
  });
});
