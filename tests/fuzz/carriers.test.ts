/** Each carrier holds what its row says, executed; and is well typed. */
import path from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { type Carrier, type Load, fill } from './carriers/carrier.ts';
import { carrierKinds, parameters } from './carriers/index.ts';
import { Host } from './host.ts';
import { Linter, folder } from './lint.ts';
import { carriedText } from './print-carried.ts';
import { Scope, javascript } from './run.ts';
import type { Expr, Hold } from './syntax.ts';

const named: readonly (readonly [string, Carrier])[] = [...carrierKinds, parameters].flatMap((kind) => Object.entries(kind));

const value = (at: 1 | 2): Expr => ({ k: 'number', value: at });
const hold = (way: string, load: Load): Hold => ({ k: 'hold', name: 'mode', way, load, first: value(1), second: value(2), stands: 'here' });

const texts: Readonly<Record<Load, (e: Expr) => string>> = {
  boolean: (e) => String(e.k === 'number' && e.value === 1),
  number: (e) => String(e.k === 'number' && e.value),
  function: (e) => (e.k === 'number' && e.value === 1 ? '(t: tf.Tensor) => t.neg()' : 'function (t: tf.Tensor) {\n  return t;\n}'),
  tensor: (e) => `tf.scalar(${e.k === 'number' ? e.value : ''})`,
};

function program(way: string, carrier: Carrier, load: Load): string {
  const { lines, parameter } = carriedText(hold(way, load), texts[load]);
  const read = fill(carrier.read, { name: 'mode', type: '', first: '', second: '' });
  const body = parameter === undefined ? [...lines, `export const readMode = () => ${read};`] : [`export function readMode(${parameter}) {`, ...lines, `return ${read};`, '}'];
  return ["import * as tf from '@tensorflow/tfjs';", 'console.log(tf);', ...body, 'export const early = readMode();', ''].join('\n');
}

/** What is read when the module has run, and when all has happened that happens afterwards. */
async function read(way: string, carrier: Carrier): Promise<readonly unknown[]> {
  const { outside, argument } = carriedText(hold(way, 'number'), texts.number);
  const host = new Host(async (body) => { await body(); });
  const scope = new Scope(host);
  const file = path.join(folder, 'carried.ts');
  const evaluate = (code: string): Promise<unknown> => scope.evaluate({ file, code });
  await evaluate(javascript(file, program(way, carrier, 'number')));
  for (const statement of outside) await evaluate(statement);
  await host.settle();
  await evaluate(`export const late = readMode(${argument ?? ''});`);
  return [scope.exported.early, scope.exported.late];
}

describe('carriers', () => {
  it.each(named)('%s', async (way, carrier) => {
    const expected = { first: [1, 1], second: [2, 2], either: [1, 2] }[carrier.holds];
    expect(await read(way, carrier)).toEqual(expected);
  });

  it('are well typed', () => {
    const sources = new Map(named.flatMap(([way, carrier], index) => (carrier.loads ?? ['boolean', 'number', 'function', 'tensor'] as const).map((load) => [path.join(folder, `${load}${index}.ts`), program(way, carrier, load)] as const)));
    const checked = new Linter().program(sources);
    const told = [...sources.keys()].flatMap((file) => checked.getSemanticDiagnostics(checked.getSourceFile(file))).map(({ file, start = 0, messageText }) => {
      const line = file?.text.slice(0, start).split('\n').length ?? 0;
      return `${path.basename(file?.fileName ?? '')}: ${file?.text.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(told).toEqual([]);
  }, 120_000);
});
