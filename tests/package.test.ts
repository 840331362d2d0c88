import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import manifest from '../package.json' with { type: 'json' };
import { rules } from '../rules/index.ts';
import tensor from '../src/index.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const entries = Object.entries(rules);

describe('the plugin', () => {
  it('says which package it is', () => {
    expect(tensor.meta).toEqual({ name: 'eslint-plugin-tensor', version: manifest.version, namespace: 'tensor' });
  });

  it('registers every file in rules/, and nothing else', () => {
    const files = readdirSync(path.join(root, 'rules'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => path.basename(file, '.ts'));
    expect(Object.keys(tensor.rules).sort()).toEqual(files.filter((name) => name !== 'index').sort());
  });

  it('has exported files where the manifest says', () => {
    const modules = Object.values(manifest.exports).filter((target) => target.endsWith('.js'));
    const sources = modules.map((target) => target.replace('./dist/', '').replace(/\.js$/u, '.ts'));
    expect(sources.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

describe.each(Object.entries(tensor.configs))('the config %s', (name, config) => {
  const levels = {
    recommended: { recommended: 'error', strict: undefined },
    strict: { recommended: 'error', strict: 'warn' },
    disableTypeChecked: { recommended: 'off', strict: 'off' },
  }[name]!;

  it('carries its name and the plugin', () => {
    expect(config.name).toBe(`tensor/${name}`);
    // ESLint refuses two plugins under one name.
    expect(config.plugins.tensor).toBe(tensor);
  });

  it('has the rules whose meta says so', () => {
    const expected = entries.map(([rule, { meta }]) => [`tensor/${rule}`, levels[meta.docs!.recommended]]);
    expect(config.rules).toEqual(Object.fromEntries(expected.filter(([, severity]) => severity !== undefined)));
  });
});

describe.each(entries)('%s', (name, { meta, name: ownName }) => {
  it('knows its name', () => {
    expect(ownName).toBe(name);
  });

  it('says in each of its messages what to do', () => {
    const { failed: _failed, suggested: _suggested, ...messages }: Readonly<Record<string, string>> = meta.messages;
    expect(Object.values(messages).filter((message) => /\{\{effect\}\}(?:\{\{path\}\})?$/u.test(message))).toEqual([]);
  });

  it('describes itself', () => {
    expect(['problem', 'suggestion']).toContain(meta.type);
    expect(meta.docs).toEqual({
      description: expect.stringMatching(/^[a-z].*[^.]$/u) as string,
      recommended: expect.stringMatching(/^(?:recommended|strict)$/u) as string,
      requiresTypeChecking: true,
      url: `https://github.com/eslint-plugin-tensor/eslint-plugin-tensor/blob/v${manifest.version}/docs/rules/${name}.md`,
    });
  });

  it('has a schema, and a default for each option', () => {
    const schema: unknown = meta.schema;
    expect(schema).toBeInstanceOf(Array);
    expect(meta.defaultOptions ?? []).toHaveLength((schema as unknown[]).length);
  });

  it('ends each message like a sentence', () => {
    for (const message of Object.values<string>(meta.messages)) {
      // What the analysis fills in at the end is tested by fixtures.
      expect(message).toMatch(/(?:[.?]|\}\})$/u);
    }
  });

  it('has a page with the generated header', () => {
    const page = read(`docs/rules/${name}.md`);
    expect(page.split('\n')[0]).toBe(`# tensor/${name}`);
    expect(page).toContain('<!-- end auto-generated rule header -->');
    expect(page.split('<!-- end auto-generated rule header -->')[1]!.trim()).not.toBe('');
  });
});

describe('the README', () => {
  it('names the commands that CI runs', () => {
    expect(read('README.md')).toContain('npm ci && npm run examples');
    expect(read('README.md')).toContain('npm ci && npm test');
    expect(read('.ci/run')).toContain('npm ci && npm test');
  });
});
