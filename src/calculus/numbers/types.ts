/** Which type of number an operation gives, and what that makes of its range. */
import type { ElementType } from './facts.ts';
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
  return type === 'bool' && comparing.has(operation) ? 'int32' : type;
}

/** One float makes a float of all; whole numbers stay whole. */
export function promoted(types: readonly (ElementType | undefined)[]): ElementType | undefined {
  if (types.includes('float32')) return 'float32';
  if (types.includes(undefined)) return undefined;
  return types.includes('int32') ? 'int32' : types[0];
}

/** What comes of whole numbers is not the same on all backends; floats stay floats. */
export function floatsOf(type: ElementType | undefined): ElementType | undefined {
  return type === 'float32' ? type : undefined;
}

/** The range of a result once it is kept as a type. */
export function keptAs(type: ElementType | undefined, range: Interval): Interval {
  switch (type) {
    case 'float32': return range;
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
    case 'float32': return range;
    case 'int32': return keptAs(type, truncated);
    case 'bool': return truth;
    case undefined: return hull([range, truncated, truth]);
  }
}
