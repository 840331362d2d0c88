/** Functions of the language that make plain values of plain values, and nothing else: of known ones, what they make is known, and what they throw. */
import type { Invocation, NativeValue, Value } from '../../domain/value.ts';
import { literal, never } from '../../domain/values.ts';
import type { Literal, Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { ownArray } from '../values/lists.ts';
import { callUnknown } from '../unknown-calls.ts';
import { unknownFrom } from '../values/unknown.ts';
import { unboxed } from './conversion.ts';
import { fails, isErrorName } from './errors.ts';
import { isKnown, Left, NotKnown, Visit } from './stand-ins.ts';

type Pure = (...values: never[]) => unknown;

/** Functions of the language, by the path under which they are kept. */
const functions: Readonly<Record<string, Pure>> = {
  Number, String, Boolean, BigInt, parseInt, parseFloat, isNaN, isFinite, decodeURI, decodeURIComponent, encodeURI, encodeURIComponent,
  ...ofObject('Number', Number, ['isInteger', 'isFinite', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt']),
  ...ofObject('Math', Math, Object.getOwnPropertyNames(Math).filter((name) => name !== 'random')),
  ...ofObject('Object', Object, ['is']),
  ...ofObject('String', String, ['fromCharCode', 'fromCodePoint']),
  ...ofObject('BigInt', BigInt, ['asIntN', 'asUintN']),
  ...ofObject('Date', Date, ['UTC']),
  ...ofObject('Number.prototype', Number.prototype, ['toString', 'valueOf', 'toFixed', 'toExponential', 'toPrecision']),
  ...ofObject('Boolean.prototype', Boolean.prototype, ['toString', 'valueOf']),
  ...ofObject('BigInt.prototype', BigInt.prototype, ['toString', 'valueOf']),
  // What asks a regular expression gives objects, and what asks a place differs from one to another.
  ...ofObject('String.prototype', String.prototype, Object.getOwnPropertyNames(String.prototype).filter((name) => !/^constructor$|^length$|locale|normalize|^match/i.test(name))),
};

function ofObject(path: string, object: object, names: readonly string[]): Readonly<Record<string, Pure>> {
  return Object.fromEntries(names.flatMap((name) => {
    const value: unknown = Reflect.get(object, name);
    return typeof value === 'function' ? [[`${path}.${name}`, value as Pure]] : [];
  }));
}

/** Those of `Math` whose last digit is the same in every engine. */
const exact: ReadonlySet<string> = new Set(['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'max', 'min', 'sqrt', 'fround', 'clz32', 'imul'].map((name) => `Math.${name}`));

/** Numbers of which the language says itself what functions make of them, where that is special again. */
const special: ReadonlySet<unknown> = new Set([0, -0, 1, -1, NaN, Infinity, -Infinity]);

/** A longer text is not made. */
const longest = 10_000;

/** What a call of a function of the language gives, or throws, where all that it is given is known; undefined elsewhere. */
export function computedCall(m: Machine, { path }: NativeValue, call: Invocation): Value | undefined {
  const { receiver, arguments: { values, others }, label } = call;
  const pure = path !== undefined && others === undefined && label !== 'new' && Object.hasOwn(functions, path) ? functions[path] : undefined;
  if (pure === undefined || path === undefined) return undefined;
  const isMethod = path.includes('.prototype.');
  const given = isMethod ? [receiver, ...values] : values;
  if (!given.every((value) => isKnown(m, value))) return undefined;
  const visit = new Visit(m, call.site);
  // Whether two objects are one, what stands for them does not say.
  if (path === 'Object.is' && !given.every(({ kind }) => kind === 'literal')) return undefined;
  // What a symbol is called is not kept.
  if (path === 'String' && given.some(({ kind }) => kind === 'symbol')) return undefined;
  const [self, ...rest] = given.map((value, index) => visit.standIn(isMethod && index === 0 ? unboxed(m, value, 'default') : value));
  const known = isMethod ? rest : [self, ...rest].slice(0, given.length);
  return isTooLong(path, known) ? undefined : computed(m, pure, { path, self: isMethod ? self : undefined, known, visit }, call);
}

/** What `String`, `Number` and their like make of a value. */
export function convertedBy(name: 'Number' | 'String' | 'Boolean', value: Literal): Literal {
  return { Number, String, Boolean }[name](value);
}

function isTooLong(path: string, [count]: readonly unknown[]): boolean {
  return /\.(?:repeat|pad\w+)$/.test(path) && (typeof count === 'object' || !(Number(typeof count === 'bigint' || typeof count === 'symbol' ? 0 : count) <= longest));
}

interface Given {
  readonly path: string;
  readonly self: unknown;
  readonly known: readonly unknown[];
  readonly visit: Visit;
}

function computed(m: Machine, pure: Pure, { path, self, known, visit }: Given, call: Invocation): Value | undefined {
  const { site } = call;
  try {
    const result: unknown = Reflect.apply(pure, self, known);
    return isSameEverywhere(path, known, result) ? valueOf(m, result, site) : undefined;
  } catch (error) {
    if (error instanceof Left) return never;
    if (error instanceof NotKnown) return visit.hasRun ? notFollowed(m, call) : undefined;
    const name = error instanceof Error ? error.name : '';
    // What is too much for one engine is not for another.
    if (!isErrorName(name) || (name === 'RangeError' && /\.(?:repeat|pad\w+)$/.test(path) && !(Number(known[0]) < 0))) return undefined;
    return m.trial === undefined ? undefined : fails(m, name, site);
  }
}

/** Some of what the program says of its objects has been asked, and the rest is done by code that is not followed. */
function notFollowed(m: Machine, { receiver, arguments: args, site, label }: Invocation): Value {
  return callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label);
}

function isSameEverywhere(path: string, known: readonly unknown[], result: unknown): boolean {
  return !path.startsWith('Math.') || exact.has(path) || (special.has(result) && known.every((value) => special.has(value)));
}

function valueOf(m: Machine, result: unknown, site: Site): Value | undefined {
  if (isLiteral(result)) return literal(result);
  return Array.isArray(result) && result.every(isLiteral) ? ownArray(m, { items: result.map((item) => literal(item)), others: never }, site) : undefined;
}

function isLiteral(value: unknown): value is Literal {
  return value === undefined || value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
