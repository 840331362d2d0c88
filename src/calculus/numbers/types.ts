/** Which type of number an operation gives, and what that makes of its range. */
import type { ElementType } from './facts.ts';
import { type Interval, anyNumber, hull } from './interval.ts';

const booleans: ReadonlySet<string> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'logicalAnd', 'logicalOr', 'logicalNot', 'logicalXor']);
const floats: ReadonlySet<string> = new Set(['exp', 'log', 'log1p', 'sqrt', 'sigmoid', 'tanh', 'softmax', 'logSoftmax', 'mean', 'elu', 'floor', 'ceil', 'round', 'sin', 'cos', 'erf', 'cosh', 'logSigmoid', 'toFloat']);
/** Where whole numbers are divided, the rest is dropped. */
const divisions: ReadonlySet<string> = new Set(['div', 'reciprocal']);
const whole = 2 ** 31;

/** By the operation's name, and the types of its operands where it depends on them. */
export function resultType(operation: string, types: readonly (ElementType | undefined)[]): ElementType | undefined {
  if (booleans.has(operation)) return 'bool';
  if (floats.has(operation)) return 'float32';
  if (operation === 'clipByValue') return types[0];
  return promoted(operation === 'where' ? types.slice(1) : types);
}

/** One float makes a float of all; whole numbers stay whole. */
export function promoted(types: readonly (ElementType | undefined)[]): ElementType | undefined {
  if (types.includes('float32')) return 'float32';
  if (types.includes(undefined)) return undefined;
  return types.includes('int32') ? 'int32' : types[0];
}

/** The range of a result once it is kept as a type. */
export function keptAs(type: ElementType | undefined, operation: string, range: Interval): Interval {
  switch (type) {
    case 'float32': return range;
    case undefined: return divisions.has(operation) ? hull([range, { low: Math.floor(range.low), high: Math.floor(range.high) }]) : range;
    case 'int32': return range.low > -whole && range.high < whole ? { low: Math.floor(range.low), high: Math.ceil(range.high) } : anyNumber;
    // Bytes: what is below 0 comes round again.
    case 'bool': return range.low >= 0 && range.high <= 1 ? { low: Math.floor(range.low), high: Math.ceil(range.high) } : anyNumber;
  }
}

/** What a conversion makes of a number. */
export function converted(type: ElementType | undefined, range: Interval): Interval {
  const truncated = { low: Math.trunc(range.low), high: Math.trunc(range.high) };
  const truth = range.low > 0 || range.high < 0 ? { low: 1, high: 1 } : range.low === 0 && range.high === 0 ? range : { low: 0, high: 1 };
  switch (type) {
    case 'float32': return range;
    case 'int32': return keptAs(type, 'cast', truncated);
    case 'bool': return truth;
    case undefined: return hull([range, truncated, truth]);
  }
}
