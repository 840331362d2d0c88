/** Functions of the language that make a plain value of plain values, and nothing else: of known ones, what they make is known. */
import type { Literal } from '../../program/ir.ts';
import type { Value } from '../../domain/value.ts';
import { literal } from '../../domain/values.ts';

type Pure = (...values: never[]) => unknown;

const globals: Readonly<Record<string, Pure>> = { Number, String, Boolean, parseInt, parseFloat, isNaN, isFinite };

/** Those whose last digit is the same in every engine. */
const { abs, ceil, floor, round, trunc, sign, max, min, sqrt, fround, clz32, imul } = Math;

const statics: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Math: { abs, ceil, floor, round, trunc, sign, max, min, sqrt, fround, clz32, imul },
  Number: { isInteger: Number.isInteger, isFinite: Number.isFinite, isNaN: Number.isNaN, isSafeInteger: Number.isSafeInteger, parseFloat, parseInt },
  Object: { is: Object.is },
};

/** What differs from one engine or place to another, or makes a text as long as memory lasts. */
const notTried = /locale|normalize|^repeat$|^pad/i;

/** What a global function or a static member of one makes of some values; undefined where that is not known. */
export function computeGlobal(owner: string, name: string, values: readonly Value[]): Value | undefined {
  const members = Object.hasOwn(statics, owner) ? statics[owner] : undefined;
  const pure = owner === name ? (Object.hasOwn(globals, name) ? globals[name] : undefined) : members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof pure === 'function' ? computed(undefined, pure as Pure, values) : undefined;
}

/** What a method of a plain value makes of some values. */
export function computeMethod(receiver: Literal, name: string, values: readonly Value[]): Value | undefined {
  if (receiver === undefined || receiver === null || notTried.test(name)) return undefined;
  const method: unknown = (Object(receiver) as Readonly<Record<string, unknown>>)[name];
  return typeof method === 'function' ? computed(receiver, method as Pure, values) : undefined;
}

function computed(receiver: Literal, pure: Pure, values: readonly Value[]): Value | undefined {
  const known = values.flatMap((value) => (value.kind === 'literal' ? [value.value] : []));
  if (known.length < values.length) return undefined;
  try {
    const result = pure.apply(receiver, known as never[]);
    return isLiteral(result) ? literal(result) : undefined;
  } catch {
    // It is an error of the language.
    return undefined;
  }
}

function isLiteral(value: unknown): value is Literal {
  return value === undefined || ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
