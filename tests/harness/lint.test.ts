import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ESLintUtils } from '@typescript-eslint/utils';
import type { Linter, Rule } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectFixture } from './expect-fixture.ts';
import { createFixtureLinter, type FixtureLinter } from './lint.ts';

/** A rule that needs types, and offers a suggestion. */
const noWide = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    messages: { wide: '`{{name}}` is a string.\nIt could be anything.', narrow: 'Cut `{{name}}`.' },
    schema: [],
    hasSuggestions: true,
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    return {
      'CallExpression > Identifier.arguments'(node) {
        if (services.program.getTypeChecker().typeToString(services.getTypeAtLocation(node)) !== 'string') return;
        const data = { name: context.sourceCode.getText(node) };
        context.report({
          node,
          messageId: 'wide',
          data,
          suggest: [{ messageId: 'narrow', data, fix: (fixer) => fixer.insertTextAfter(node, '.slice(0, 1)') }],
        });
      },
    };
  },
});

const files = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "moduleDetection": "force", "module": "preserve", "types": [] } }',
  'valid/number.ts': 'declare function show(x: unknown): void;\nconst n: number = 1;\nshow(n);\n',
  'valid/marked.ts': 'const n = 1;\n// ~~ [wide] Never.\nn;\n',
  'right.ts': `
import { name } from './names';

function f(show: (x: string) => void): void {
  show(name);
  //   ~~~~ [wide] \`name\` is …
  //   … It could be anything.
  //   suggest (Cut \`name\`.): show(name.slice(0, 1));
}
`,
  'names.ts': "export const name: string = 'a';\n",
  'wrong.ts': `
function f(show: (x: string) => void, name: string): void {
  show(name);
  //  ~~~~ [wide] \`name\` is a string.
}
`,
  'syntax.ts': 'const = 1;\n//   ~ [eslint] Parsing error: Variable declaration expected.\n',
};

describe('linting fixtures', () => {
  let root: string;
  let linter: FixtureLinter;

  beforeAll(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'fixture-linter-')));
    await mkdir(path.join(root, 'valid'));
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(root, name), text)));
    linter = createFixtureLinter(root, [
      { plugins: { local: { rules: { wide: noWide as unknown as Rule.RuleModule } } }, rules: { 'local/wide': 'error' } } satisfies Linter.Config,
    ]);
  });

  afterAll(() => rm(root, { recursive: true }));

  it.each(['right.ts', 'names.ts', 'valid/number.ts', 'syntax.ts'])('accepts %s', async (name) => {
    await expectFixture(linter, path.join(root, name));
  });

  it('draws what it found where a fixture is wrong', async () => {
    await expect(expectFixture(linter, path.join(root, 'wrong.ts'))).rejects.toThrow(
      [
        '1 markers without their report, 1 reports without a marker.',
        '  line 3, expected:',
        '  //  ~~~~ [wide] `name` is a string.',
        '  line 3, column 8, reported: [wide] `name` is a string.',
        'It could be anything.',
        '',
        'The file with the reports it has:',
        '',
        '',
        'function f(show: (x: string) => void, name: string): void {',
        '  show(name);',
        '  //   ~~~~ [wide] `name` is a string.',
        '  //   … It could be anything.',
        '  //   suggest (Cut `name`.): show(name.slice(0, 1));',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('wants no markers in a folder `valid`', async () => {
    await expect(expectFixture(linter, path.join(root, 'valid/marked.ts'))).rejects.toThrow('has no markers');
  });
});
