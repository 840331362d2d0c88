/** Operations at numbers at which they give none: what comes out is NaN. */
import type { Argument } from './argument.ts';
import { mapped } from './elements.ts';
import { elementsOf, type Facts } from './facts.ts';
import { anyNumber, exactly, type Interval } from './interval.ts';
import type { Range } from './pointwise.ts';
import type { Precision } from './precision.ts';
import { Call } from './results/call.ts';

/** Where an operation gives no number. */
interface Undefined {
  readonly operands: number;
  /** Whether it gives none for certain. Operands that are NaN themselves lie in any interval: then the result is NaN as well. */
  readonly at: (...operands: readonly Interval[]) => boolean;
  /** What it does there, as people say it. */
  readonly as: string;
}

const isZero = ({ low, high }: Interval): boolean => low === 0 && high === 0;

function below(bound: number, as: string): Undefined {
  return { operands: 1, at: (x = anyNumber) => x.high < bound, as };
}

function outsideUnit(as: string): Undefined {
  return { operands: 1, at: (x = anyNumber) => x.high < -1 || x.low > 1, as };
}

/** Measured on floats: tests/libraries/tfjs/not-a-number.test.ts. Of integers some libraries make 0. */
export const undefinedAt: Readonly<Record<string, Undefined>> = {
  div: { operands: 2, at: (a = anyNumber, b = anyNumber) => isZero(a) && isZero(b), as: '0 is divided by 0' },
  log: below(0, 'the logarithm of a negative number is taken'), log1p: below(-1, 'the logarithm of a negative number is taken'),
  sqrt: below(0, 'the root of a negative number is taken'), rsqrt: below(0, 'the root of a negative number is taken'),
  acosh: below(1, 'there is no `acosh` of numbers below 1'),
  acos: outsideUnit('there is no `acos` of numbers beyond 1 and -1'), asin: outsideUnit('there is no `asin` of numbers beyond 1 and -1'), atanh: outsideUnit('there is no `atanh` of numbers beyond 1 and -1'),
};

export function mayGiveNoNumber(operation: string): boolean {
  return Object.hasOwn(undefinedAt, operation);
}

/** What makes an element of the result NaN for certain; undefined where nothing does. */
export function whyNotANumber(precision: Precision, operation: string, args: readonly Argument[]): string | undefined {
  const none = mayGiveNoNumber(operation) ? undefinedAt[operation] : undefined;
  if (none === undefined) return undefined;
  const call = new Call(operation, args, precision);
  const operands = Array.from({ length: none.operands }, (_, index) => call.tensor(index));
  return operands.some(({ type }) => type === 'float32') && hasElement(precision, none, operands) ? none.as : undefined;
}

/** Of tensors whose shape is not known there may be no elements. */
function hasElement(precision: Precision, { at }: Undefined, operands: readonly Facts[]): boolean {
  const known = operands.map(elementsOf);
  const mark: Range = (_, ...each) => exactly(at(...each) ? 1 : 0);
  const marked = known.every((each) => each !== undefined) ? mapped(precision, mark, known) : undefined;
  return marked?.elements.some(({ low }) => low === 1) === true;
}
