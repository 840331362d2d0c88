/** The server of VS Code's ESLint extension, which Neovim and Zed run, too, and what it shows a person who types. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import manifest from '../../package.json' with { type: 'json' };
import { Editor, applied, textAt } from './language-server.ts';
import { correct, correctLoss, createProject, mistake, mistakenLoss, trainStep, write } from './project.ts';

const files = { 'train.ts': mistake, 'step.ts': trainStep, 'loss.ts': mistakenLoss };
let project: string;
let editor: Editor;

beforeAll(async () => {
  project = await createProject('editor', files);
  editor = await Editor.start(project);
});

afterAll(() => editor.close());

describe('a training step that is open', () => {
  it('has a squiggle, with the rule and its page', async () => {
    editor.open('train.ts', mistake);
    const diagnostics = await editor.diagnostics('train.ts');
    expect(diagnostics).toEqual([{
      source: 'eslint',
      severity: 1,
      code: 'tensor/no-host-read-in-tape',
      codeDescription: { href: `https://github.com/eslint-plugin-tensor/eslint-plugin-tensor/blob/v${manifest.version}/docs/rules/no-host-read-in-tape.md` },
      range: { start: { line: 10, character: 25 }, end: { line: 10, character: 40 } },
      message: expect.stringContaining('`w` gets no gradient from this loss: `pred.dataSync()` takes the values off the tape, and the loss is rebuilt from numbers. At run time TF.js throws "Cannot find a connection between any variable and the result of the loss function". Compute with tensors instead. Path: w → matMul (10) ✂ dataSync (11)') as string,
    }]);
    expect(textAt(mistake, diagnostics[0]!.range)).toBe('pred.dataSync()');
    // The link leads to a page.
    await readFile(path.join(import.meta.dirname, '..', '..', diagnostics[0]!.codeDescription.href.replace(/^.*\/(?=docs\/)/u, '')));
  });

  it('is mended by the quick fix, and the squiggle goes at once', async () => {
    const [diagnostic] = await editor.diagnostics('train.ts');
    const actions = await editor.actions('train.ts', diagnostic!);
    expect(actions.map(({ title }) => title)).toEqual([
      'Use `pred` itself. (tensor/no-host-read-in-tape)',
      'Disable tensor/no-host-read-in-tape for this line',
      'Disable tensor/no-host-read-in-tape for the entire file',
      'Show documentation for tensor/no-host-read-in-tape',
    ]);
    const mended = applied(mistake, await editor.take(actions[0]!));
    expect(mended).toBe(correct);

    // Not saved.
    editor.edit('train.ts', mended);
    expect(await editor.diagnostics('train.ts')).toEqual([]);
  });

  it('has the squiggle again when the mistake is typed again, and none after the edit and the save that mend it', async () => {
    editor.edit('train.ts', mistake);
    expect(await editor.diagnostics('train.ts')).toHaveLength(1);
    editor.edit('train.ts', correct);
    await write(project, { 'train.ts': correct });
    editor.save('train.ts');
    expect(await editor.diagnostics('train.ts')).toEqual([]);
  });
});

describe('a training step with the break in a helper', () => {
  it('has a squiggle that says where', async () => {
    editor.open('step.ts', trainStep);
    const diagnostics = await editor.diagnostics('step.ts');
    expect(diagnostics.map(({ code }) => code)).toEqual(['tensor/no-host-read-in-tape']);
    expect(diagnostics[0]!.message).toContain('loss.ts');
  });

  it('is clear when it is checked after the helper was mended in the editor, before it is saved', async () => {
    editor.open('loss.ts', mistakenLoss);
    expect(await editor.diagnostics('loss.ts')).toEqual([]);
    editor.edit('loss.ts', correctLoss);
    expect(await editor.diagnostics('loss.ts')).toEqual([]);
    expect(await editor.diagnostics('step.ts')).toEqual([]);
  });
});
