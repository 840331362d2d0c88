/** Programs of a size or depth that nobody writes by hand: the analysis ends, says nothing, and does not fail. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import tensor from '../src/index.ts';
import { createFixtureLinter } from './harness/lint.ts';

const head = "import * as tf from '@tensorflow/tfjs';\nconst w = tf.variable(tf.scalar(1));\n";
const train = (loss: string): string => `tf.train.sgd(0.1).minimize(() => ${loss});\n`;
const times = (count: number, line: (index: number) => string, separator = '\n'): string => Array.from({ length: count }, (_, index) => line(index)).join(separator);
const nested = (count: number, open: string, inner: string, close: string): string => open.repeat(count) + inner + close.repeat(count);

const programs: Readonly<Record<string, string>> = {
  'chained calls': train(`w${'.add(1)'.repeat(200)}`),
  'calls within calls': train(nested(300, 'tf.square(', 'w', ')')),
  'callbacks within callbacks': train(nested(100, 'tf.tidy(() => ', 'w', ')')),
  'scopes within scopes': `${nested(12, 'tf.grad((x) => ', 'x', '.add(x))(w)')};\n`,
  'functions within functions': `const f = ${nested(200, '(x) => ', 'w', '')};\n${train(`f${'(w)'.repeat(200)}`)}`,
  'branches within branches': `let h = w;\n${nested(150, 'if (globalThis.flag) {', ' h = h.add(w); ', '} else { h = h.mul(w); }')}\n${train('w.add(1)')}`,
  'loops within loops': `function loss(n) {\n  let h = w;\n${nested(12, 'for (let i = 0; i < n; i++) {', ' h = h.add(w); ', ' h = h.mul(2); }')}\n  return h;\n}\n${train('loss(3)')}`,
  'conditionals within conditionals': train(nested(150, '(globalThis.flag ? w : ', 'w', ')')),
  'arrays within arrays': `const deep = ${nested(200, '[', 'w', ']')};\n${train('deep.flat(Infinity)[0]')}`,
  'objects within objects': `const deep = ${nested(200, '{ a: ', 'w', ' }')};\n${train(`deep${'.a'.repeat(200)}`)}`,
  'a long sum': train(`w.mul(${times(500, String, ' + ')})`),
  'a huge array': `const data = [${times(30_000, String, ', ')}];\n${train('w.mul(tf.tensor1d(data)).sum()')}`,
  'a huge matrix': `const data = [${times(200, () => `[${times(200, String, ', ')}]`, ',\n')}];\n${train('w.mul(tf.tensor2d(data)).sum()')}`,
  'a huge object': `const data = { ${times(5000, (i) => `key${i}: ${i}`, ', ')} };\n${train('w.mul(Object.values(data).length)')}`,
  'a huge text': `const text = '${'x'.repeat(500_000)}';\n${train('w.mul(text.length)')}`,
  'a long chain of functions': `${times(300, (i) => `function f${i}(x) { return f${i + 1}(x).add(w); }`)}\nfunction f300(x) { return x; }\n${train('f0(w)')}`,
  'a tree of calls': `${times(30, (i) => `function f${i}(x) { return f${i + 1}(x).add(f${i + 1}(x.mul(2))); }`)}\nfunction f30(x) { return x; }\n${train('f0(w)')}`,
  'a long chain of classes': `class C0 { f(x) { return x; } }\n${times(200, (i) => `class C${i + 1} extends C${i} { f(x) { return super.f(x).add(w); } }`)}\n${train('new C200().f(w)')}`,
  'many variables': `${times(1500, (i) => `const v${i} = ${i === 0 ? 'w' : `v${i - 1}`}.add(${i});`)}\n${train('w.square()')}`,
  'many weights': `${times(400, (i) => `const w${i} = tf.variable(tf.scalar(${i}));`)}\n${train(`tf.addN([${times(400, (i) => `w${i}`, ', ')}])`)}`,
  'many scopes': times(200, () => train('w.square()')),
  'many cases': `function pick(n) {\n  switch (n) {\n${times(500, (i) => `    case ${i}: return w.mul(${i});`)}\n  }\n  return w;\n}\n${train('pick(globalThis.n)')}`,
};

describe('programs out of proportion', () => {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'robust-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(path.join(import.meta.dirname, '../node_modules'), path.join(root, 'node_modules'));
  writeFileSync(path.join(root, 'package.json'), '{ "name": "robust", "type": "module" }');
  writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'es2022', module: 'preserve', allowJs: true, noEmit: true, skipLibCheck: true, types: [] }, include: ['*.js'] }));
  const files = Object.entries(programs).map(([name, text]) => [name, path.join(root, `${name.replaceAll(' ', '-')}.js`), text] as const);
  for (const [, file, text] of files) writeFileSync(file, head + text);
  const linter = createFixtureLinter(root, [tensor.configs.recommended]);

  it.each(files)('%s', async (_, file) => {
    expect((await linter.lint(file)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});
