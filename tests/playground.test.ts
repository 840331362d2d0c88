/** What the playground says of each program that one can choose there: the worker's part, which needs no browser. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { allDeclarations } from '../docs/playground/build/declarations.ts';
import { allExamples } from '../docs/playground/build/examples.ts';
import type { Code, Example } from '../docs/playground/example.ts';
import type { Problem, Report } from '../docs/playground/protocol.ts';
import { Reporter } from '../docs/playground/worker/report.ts';
import { shapeAt } from '../docs/playground/worker/shapes.ts';
import { Workspace, nameOf } from '../docs/playground/worker/workspace.ts';

interface Script {
  readonly folder: string;
  readonly mistake: { readonly rule: string; readonly line: number };
}

const scripts = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'docs', 'examples', 'index.json'), 'utf8')) as readonly Script[];
const examples = allExamples();

let workspace: Workspace;
let reporter: Reporter;

beforeAll(() => {
  workspace = new Workspace(allDeclarations());
  reporter = new Reporter(workspace);
});

function reportOn({ files, open }: Code, { level }: Example): Promise<Report> {
  return reporter.report(workspace.update(files), open, level, 0);
}

/** What the editor underlines. */
function underlined({ files, open }: Code, { place }: Problem): string | undefined {
  return place.file === open ? files.find(({ name }) => name === open)?.text.slice(place.from, place.to) : undefined;
}

describe.each(examples.map((example) => [example.id, example] as const))('%s', (id, example) => {
  it('is reported where the mistake is, with something to underline', async () => {
    const { problems } = await reportOn(example.mistake, example);
    const script = scripts.find(({ folder }) => folder === id);
    const told = problems.map(({ rule, place }) => ({ rule: rule?.name, line: place.line }));
    if (script !== undefined) expect(told).toEqual([{ rule: `tensor/${script.mistake.rule}`, line: script.mistake.line }]);
    else if (example.group === 'Rules') expect(told.map(({ rule }) => rule)).toContain(`tensor/${id}`);
    else expect(told).not.toEqual([]);
    expect(problems.filter((problem) => (underlined(example.mistake, problem) ?? '').trim() === '')).toEqual([]);
    expect(problems.filter(({ sentence, rule }) => /\{\{|undefined/u.test(sentence) || rule?.url === '')).toEqual([]);
  });

  it.skipIf(example.correct === undefined)('is silent once it is mended', async () => {
    expect((await reportOn(example.correct!, example)).problems).toEqual([]);
  });
});

it('the shapes of tensors are known where no gradient scope is', async () => {
  const text = "import * as tf from '@tensorflow/tfjs';\n\nconst batch = tf.ones([4, 3]).expandDims(0);\nexport const flat = batch.reshape([-1]) as tf.Tensor1D;\n";
  const program = workspace.update([{ name: 'shapes.ts', text }]);
  await reporter.report(program, 'shapes.ts', 'recommended', 0);
  const at = (word: string): string | undefined => shapeAt(program, nameOf('shapes.ts'), text.indexOf(word) + 1, reporter.shapes(program, 'shapes.ts'));
  expect(['ones', 'expandDims', 'batch', 'reshape', 'flat', '[4'].map(at)).toEqual(['[4, 3]', '[1, 4, 3]', '[1, 4, 3]', '[12]', '[12]', undefined]);
});
