/** Random calls, and tensors of which the shape is known whole, in part, or not at all. */
import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import { rangeFacts } from '../../../src/calculus/numbers/facts.ts';
import { anyNumber } from '../../../src/calculus/numbers/interval.ts';
import { generator } from '../../../src/autodiff/random.ts';
import type { Draw } from './calls.ts';

/** Random choices, the same ones for the same seed. */
export function drawFrom(seed: number): Draw {
  const random = generator(seed);
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return { int, pick: (list) => list[int(0, list.length - 1)]! };
}

export type Tensor = Argument & { readonly kind: 'tensor' };

const tensor = (open: boolean, lengths: readonly (number | undefined)[]): Tensor => ({ kind: 'tensor', facts: rangeFacts(anyNumber, { open, lengths }, undefined) });
export const whole = (lengths: readonly number[]): Tensor => tensor(false, lengths);

/** Some lengths are not known, or the first axes are not. */
export const hidden = (draw: Draw) => (lengths: readonly number[]): Tensor => {
  const known = lengths.map((length) => (draw.int(0, 3) === 0 ? undefined : length));
  return draw.int(0, 3) === 0 ? tensor(true, known.slice(draw.int(0, lengths.length))) : tensor(false, known);
};
