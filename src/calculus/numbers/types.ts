/** Which type of number an operation gives, and what that makes of its range. */
import type { ElementType, NamedType } from './facts.ts';
import { type Interval, anyNumber, hull } from './interval.ts';

const booleans: ReadonlySet<string> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'logicalAnd', 'logicalOr', 'logicalNot', 'logicalXor']);
const floats: ReadonlySet<string> = new Set(['exp', 'log', 'sqrt', 'sigmoid', 'tanh', 'softmax', 'logSoftmax', 'mean', 'elu', 'floor', 'ceil', 'sin', 'cos', 'erf', 'cosh', 'toFloat']);
/** They make whole numbers of truth values. */
const comparing: ReadonlySet<string> = new Set(['maximum', 'minimum']);
const largest = 2 ** 31;

/** By the operation's name, and the types of its operands where it depends on them. */
export function resultType(operation: string, types: readonly (ElementType | undefined)[]): ElementType | undefined {
  if (booleans.has(operation)) return 'bool';
  if (floats.has(operation)) return 'float32';
  if (operation === 'clipByValue') return types[0];
  const type = promoted(operation === 'where' ? types.slice(1) : types);
  // Of a complex number it is the length.
  if (operation === 'abs' && type !== undefined && isFloating(type)) return 'float32';
  return type === 'bool' && comparing.has(operation) ? 'int32' : type;
}

/** One float makes a float of all, and a complex number complex ones; whole numbers stay whole. */
export function promoted(types: readonly (ElementType | undefined)[]): ElementType | undefined {
  if (types.includes('complex64')) return 'complex64';
  if (types.includes('float32 or complex64')) return 'float32 or complex64';
  if (types.includes('float32')) return types.includes(undefined) ? 'float32 or complex64' : 'float32';
  if (types.includes(undefined)) return undefined;
  return types.includes('int32') ? 'int32' : types[0];
}

/** Whether two values have elements of one type. */
export function isSameType(a: ElementType | undefined, b: ElementType | undefined): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  return isFloating(a) && isFloating(b) && !(isNamed(a) && isNamed(b)) ? undefined : a === b;
}

/** Whether it is one type alone. */
export function isNamed(type: ElementType | undefined): type is NamedType {
  return type !== undefined && type !== 'float32 or complex64';
}

function isFloating(type: ElementType): boolean {
  return type !== 'int32' && type !== 'bool';
}

/** What comes of whole numbers is not the same on all backends; floats stay floats. */
export function floatsOf(type: ElementType | undefined): ElementType | undefined {
  return type === 'float32' ? type : undefined;
}

/** The range of a result once it is kept as a type. */
export function keptAs(type: ElementType | undefined, range: Interval): Interval {
  switch (type) {
    case 'float32': case 'complex64': case 'float32 or complex64': return range;
    // Where the type is not known, nobody computes with truth values.
    case undefined: return wholeRange(range);
    case 'int32': return range.low > -largest && range.high < largest ? wholeRange(range) : anyNumber;
    // Bytes: what is below 0 comes round again.
    case 'bool': return range.low >= 0 && range.high <= 1 ? wholeRange(range) : anyNumber;
  }
}

function wholeRange({ low, high }: Interval): Interval {
  return { low: Math.floor(low), high: Math.ceil(high) };
}

/** What a conversion makes of a number. */
export function converted(type: ElementType | undefined, range: Interval): Interval {
  const truncated = { low: Math.trunc(range.low), high: Math.trunc(range.high) };
  const truth = range.low > 0 || range.high < 0 ? { low: 1, high: 1 } : range.low === 0 && range.high === 0 ? range : { low: 0, high: 1 };
  switch (type) {
    case 'float32': case 'complex64': case 'float32 or complex64': return range;
    case 'int32': return keptAs(type, truncated);
    case 'bool': return truth;
    case undefined: return hull([range, truncated, truth]);
  }
}
