/** Edits that write an unstable form in a stable way, where both parts of it stand in one expression. */
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { TensorValue } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import type { Program } from '../../program/program.ts';
import type { Finding } from '../finding.ts';
import type { Formed } from './activations.ts';

/** What is unstable about an operation. */
export type Unstable =
  | { readonly kind: 'logarithm' | 'rest'; readonly formed: Formed }
  | { readonly kind: 'root'; readonly operand: TensorValue }
  | { readonly kind: 'variance' };

/** A call as it is written: of a namespace's function, or of a method. */
interface Written {
  readonly callee: string;
  readonly name: string;
  readonly arguments: string;
}

export function stableForm(program: Program, operation: Operation, unstable: Unstable): Finding['suggestion'] {
  const text = program.text(operation.site);
  const stable = textOf(program, operation, text, unstable);
  return stable === undefined ? undefined : { title: `Write \`${shown(stable)}\`.`, replacements: [{ site: operation.site, text: stable }] };
}

function shown(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

function textOf(program: Program, operation: Operation, text: string, unstable: Unstable): string | undefined {
  switch (unstable.kind) {
    case 'logarithm': return logarithmInOne(program, operation, text, unstable.formed.by);
    case 'root': return rootOfMore(operation, text);
    case 'variance': return varianceOfDifferences(text);
    case 'rest': return undefined;
  }
}

/** `tf.softmax(x).log()`: `tf.logSoftmax(x)`; of a sigmoid by its opposite, `x.neg().softplus().neg()`. */
function logarithmInOne(program: Program, { site, library: { usage } }: Operation, text: string, by: Node): string | undefined {
  const call = written(text);
  const inner = call && within(program, by.site, site) ? program.text(by.site) : undefined;
  const activation = inner === undefined ? undefined : written(inner);
  if (call === undefined || inner === undefined || activation === undefined || (call.callee !== inner && call.arguments !== inner)) return undefined;
  const form = by.path === undefined || !Object.hasOwn(usage.activations, by.path) ? undefined : usage.activations[by.path];
  const inOne = form === undefined ? undefined : usage.forms.inOne[form];
  return inOne === undefined || activation.name !== form ? undefined : `${activation.callee}.${inOne}(${activation.arguments})`;
}

/** `x.sqrt()`: `x.add(1e-12).sqrt()`. */
function rootOfMore({ library: { usage: { forms: { epsilon } } } }: Operation, text: string): string | undefined {
  const call = written(text);
  if (call === undefined) return undefined;
  const { callee, name, arguments: given } = call;
  return given === '' ? `${callee}.${epsilon.add}(${epsilon.text}).${name}()` : `${callee}.${name}(${callee}.${epsilon.add}(${given}, ${epsilon.text}))`;
}

/** `x.square().mean().sub(x.mean().square())`: `x.sub(x.mean()).square().mean()`. */
function varianceOfDifferences(text: string): string | undefined {
  const [, value, axis = ''] = /^([\w$]+)\.square\(\)\.mean\(([\w$-]*)\)\.sub\(\1\.mean\(\2\)\.square\(\)\)$/u.exec(text.replace(/\s+/gu, '')) ?? [];
  return value === undefined ? undefined : `${value}.sub(${value}.mean(${axis === '' ? '' : `${axis}, true`})).square().mean(${axis})`;
}

function within(program: Program, inner: Site, outer: Site): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end && program.text(inner) !== program.text(outer);
}

/** The outermost call of a text: what stands before its last dot, its name, and what stands between its brackets. */
function written(text: string): Written | undefined {
  if (!text.endsWith(')')) return undefined;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (/["'`/]/u.test(text[at] ?? '')) return undefined;
    if (')]}'.includes(text[at] ?? '')) depth++;
    if ('([{'.includes(text[at] ?? '')) depth--;
    if (depth > 0) continue;
    const [, callee, name] = /^([^]*)\.\s*([\w$]+)$/u.exec(text.slice(0, at)) ?? [];
    return callee === undefined || name === undefined ? undefined : { callee: callee.trimEnd(), name, arguments: text.slice(at + 1, -1).trim() };
  }
  return undefined;
}
