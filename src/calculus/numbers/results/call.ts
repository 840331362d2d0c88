/** An operation that is called: its arguments, as far as they are known. */
import { type Argument, absent, factsOf } from '../argument.ts';
import { type Dimensions, shapeOf } from '../dimensions.ts';
import type { Elements } from '../elements.ts';
import { type ElementType, type Facts, elementFacts, rangeFacts } from '../facts.ts';
import { type Interval, anyNumber } from '../interval.ts';
import type { Precision } from '../precision.ts';

export class Call {
  constructor(readonly operation: string, readonly args: readonly Argument[], readonly precision: Precision) {}

  argument(index: number): Argument {
    return this.args[index] ?? absent;
  }

  /** The tensor that an argument is, or is turned into. */
  tensor(index: number): Facts {
    return factsOf(this.precision, this.argument(index));
  }

  with(args: readonly Argument[]): Call {
    return new Call(this.operation, args, this.precision);
  }
}

/** What is known of the result. */
export type Result = (call: Call) => Facts;

/** Nothing is known of the numbers. */
export const shaped = (dimensions: (call: Call) => Dimensions, type?: ElementType): Result => (call) => rangeFacts(anyNumber, dimensions(call), type);

/** Operations that give the same. */
export const named = (names: readonly string[], result: Result): Readonly<Record<string, Result>> => Object.fromEntries(names.map((name) => [name, result]));

/** Element by element where that is known, by the range otherwise. */
export function resultFacts(elements: Elements | undefined, otherwise: () => Interval, dimensions: Dimensions, type: ElementType | undefined): Facts {
  return elements === undefined || shapeOf(dimensions) === undefined ? rangeFacts(otherwise(), dimensions, type) : elementFacts(elements.elements, elements.shape, type);
}
