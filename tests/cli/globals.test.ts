import { describe, expect, it } from 'vitest';

import { correct, createProject, mistake } from './project.ts';
import { run } from './terminal.ts';

const global = (script: string): string => script.replace(/^import .*\n/u, '');
const page = (tag: string): string => `<!doctype html>\n<html><head>${tag}</head><body><script src="train.js"></script></body></html>\n`;
const cdn = '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>';

const found = '✗ train.js:10:26  tensor/no-host-read-in-tape';

async function linted(files: Readonly<Record<string, string>>): Promise<{ readonly stdout: string; readonly stderr: string }> {
  using project = createProject({ 'package.json': '{}', ...files }, { packages: false });
  return await run(project.root);
}

describe('a library that a page loads', () => {
  it.each([
    ['by its package', cdn],
    ['by its package alone', '<script defer src=https://unpkg.com/@tensorflow/tfjs ></script>'],
    ['from another store', `<script type="text/javascript" src='https://cdnjs.cloudflare.com/ajax/libs/tensorflow/4.22.0/tf.js'></script>`],
    ['as a copy', '<script src="lib/tf.es2017.min.js"></script>'],
    ['out of the packages', '<script src="../node_modules/@tensorflow/tfjs/dist/tf.js"></script>'],
  ])('is known %s', async (_, tag) => {
    const { stdout, stderr } = await linted({ 'train.js': global(mistake), 'index.html': page(tag) });
    expect(stdout).toContain(found);
    expect(stderr).toBe('');
  });

  it('is known where the page stands above the script, or among the public files', async () => {
    expect((await linted({ 'js/train.js': global(mistake), 'index.html': page(cdn) })).stdout).toContain('✗ js/train.js:10:26');
    expect((await linted({ 'js/train.js': global(mistake), 'public/index.html': page(cdn) })).stdout).toContain('✗ js/train.js:10:26');
  });

  it('is known to a worker that loads it, and to code that makes the tag', async () => {
    const worker = `importScripts('https://cdn.jsdelivr.net/npm/@tensorflow/tfjs');${global(mistake)}`;
    expect((await linted({ 'train.js': worker })).stdout).toContain(found);
    const made = `const tag = document.createElement('script'); tag.src = 'https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4/dist/tf.min.js'; document.head.append(tag);`;
    expect((await linted({ 'load.js': made, 'train.js': global(mistake) })).stdout).toContain(found);
  });

  it('is no other script, and none that is commented out', async () => {
    for (const tag of ['<script src="tf.js"></script>', '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs-vis"></script>', `<!-- ${cdn} -->`]) {
      const { stdout, stderr } = await linted({ 'train.js': global(mistake), 'index.html': page(tag) });
      expect(stdout, tag).not.toContain('✗');
      expect(stderr, tag).toContain('train.js: `tf` is global here, and nothing says what it is');
    }
  });

  it('is not what a script of the page defines itself', async () => {
    const { stdout, stderr } = await linted({ 'tf.js': 'var tf = makeEverything();\n', 'train.js': global(mistake), 'index.html': page(cdn) });
    expect(stdout).not.toContain('✗');
    expect(stderr).toBe('');
  });

  it('leaves what is correct alone, and needs no hint where it is imported', async () => {
    expect((await linted({ 'train.js': global(correct), 'index.html': page(cdn) })).stdout).not.toContain('✗');
    expect((await linted({ 'train.js': correct })).stderr).toBe('');
  });

  it('is known to explain', async () => {
    using project = createProject({ 'package.json': '{}', 'train.js': global(mistake), 'index.html': page(cdn) }, { packages: false });
    const { stdout } = await run(project.root, 'explain', 'train.js:9');
    expect(stdout).toContain('dataSync');
  });
});
