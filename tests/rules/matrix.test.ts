/**
 * Every rule in every structure: what is wrong is reported once, by its rule, where it stands; its twin is not reported.
 * All programs are linted as one TypeScript program, each as TypeScript and as plain JavaScript.
 */
import path from 'node:path';

import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

import tensor from '../../src/index.ts';
import { blankTypes } from '../fuzz/blank.ts';
import { Linter as ProgramBuilder, folder } from '../fuzz/lint.ts';
import { rules } from '../../rules/index.ts';
import { type BrokenCall, type BrokenExpression, type RuleName, brokenCalls, brokenExpressions, callPrelude } from './breaks.ts';
import { type Files, mark, places, structures } from './structures.ts';

interface Case {
  readonly title: string;
  readonly rule: RuleName;
  readonly broken: Files;
  readonly twin: Files;
}

function inStructures(about: BrokenExpression): readonly Case[] {
  return Object.entries(structures).flatMap(([name, { files, loop }]) => {
    if (about.not?.in === 'loops' ? loop === true : about.not?.in.includes(name) === true) return [];
    const program = (expression: string): Files => files(about.prelude ?? '', expression);
    return [{ title: `${name} › ${about.broken}`, rule: about.rule, broken: program(about.broken), twin: program(about.twin) }];
  });
}

function inPlaces(about: BrokenCall): readonly Case[] {
  return Object.entries(places).flatMap(([name, files]) => {
    if (about.not?.in.includes(name) === true) return [];
    const program = (call: string): Files => files(callPrelude + (about.prelude ?? ''), call);
    return { title: `${name} › ${about.broken}`, rule: about.rule, broken: program(about.broken), twin: program(about.twin) };
  });
}

function asJavaScript(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => {
    const source = ts.createSourceFile(name, text.replace(/^interface .*$/gmu, '').replaceAll("./lib.ts'", "./lib.js'"), ts.ScriptTarget.Latest, true);
    return [name.replace(/\.ts$/u, '.js'), blankTypes(source)];
  }));
}

const languages: Readonly<Record<string, (files: Files) => Files>> = { TypeScript: (files) => files, JavaScript: asJavaScript };

const cases = [...brokenExpressions.flatMap(inStructures), ...brokenCalls.flatMap(inPlaces)].flatMap((about, index) => Object.entries(languages).map(([language, translated]) => ({
  title: `${language} › ${about.title}`,
  rule: about.rule,
  broken: located(translated(about.broken), `${index}-broken-${language}`),
  twin: located(translated(about.twin), `${index}-twin-${language}`),
})));

/** Gives the files of a program a folder of their own. */
function located(files: Files, name: string): Files {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [path.join(folder, name, file), text]));
}

const byRule = new Map<RuleName, (typeof cases)[number][]>();
for (const one of cases) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);

describe('every rule in every structure', () => {
  const linter = new Linter({ configType: 'flat' });
  let program: ts.Program;

  beforeAll(() => {
    program = new ProgramBuilder().program(new Map(cases.flatMap(({ broken, twin }) => [...Object.entries(broken), ...Object.entries(twin)])));
  }, 120_000);

  /** `file:line rule`, for all files of a program, with the config that first has the rule. */
  const reports = (files: Files, rule: RuleName): readonly string[] => Object.entries(files).flatMap(([file, text]) => {
    const level = rules[rule].meta.docs?.recommended ?? 'recommended';
    const config = [{ files: ['**/*.ts', '**/*.js'], languageOptions: { parser, parserOptions: { programs: [program] } } }, tensor.configs[level]] as Linter.Config[];
    return linter.verify(text, config, { filename: file }).map(({ line, ruleId, message }) => `${path.basename(file)}:${String(line)} ${ruleId ?? message}`);
  });

  describe.each([...byRule])('%s', (rule, about) => {
    it.each(about)('$title', ({ broken, twin }) => {
      const [[file, text] = ['', '']] = Object.entries(broken);
      const line = text.split('\n').findIndex((one) => one.includes(mark)) + 1;
      expect({ broken: reports(broken, rule), twin: reports(twin, rule) }).toEqual({ broken: [`${path.basename(file)}:${String(line)} tensor/${rule}`], twin: [] });
    });
  });
});
