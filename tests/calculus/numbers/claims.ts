/** What is claimed of a tensor, held against the tensor. */
import type * as tf from '@tensorflow/tfjs';

import type { Facts, NamedType } from '../../../src/calculus/numbers/facts.ts';
import { isSameType } from '../../../src/calculus/numbers/types.ts';
import { type Interval, anyNumber } from '../../../src/calculus/numbers/interval.ts';
import { lengthText } from '../../../src/calculus/shapes/verdict.ts';

const contains = ({ low, high }: Interval, value: number): boolean => Number.isNaN(value) || (value >= low && value <= high);

/** What is wrong with what is claimed of a tensor. */
export function lies(facts: Facts, tensor: tf.Tensor): readonly string[] {
  const { open, lengths } = facts.dimensions;
  const start = tensor.shape.length - lengths.length;
  const values = Array.from(tensor.dataSync());
  return [
    ...((open ? start < 0 : start !== 0) ? [`rank ${tensor.rank}`] : []),
    ...lengths.flatMap((length, axis) => (length === undefined || length === tensor.shape[start + axis] ? [] : [`axis ${axis} of ${tensor.shape.join()}`])),
    ...(isSameType(facts.type, tensor.dtype as NamedType) === false ? [`type ${tensor.dtype}`] : []),
    ...values.flatMap((value) => (contains(facts.range, value) ? [] : [`${value} is out of range`])),
    ...(facts.elements === undefined || facts.elements.length === values.length ? [] : ['count of elements']),
    ...values.flatMap((value, index) => (facts.elements === undefined || contains(facts.elements[index] ?? anyNumber, value) ? [] : [`${value} is not element ${index}`])),
  ];
}

export function describeFacts({ dimensions: { open, lengths }, type, range, elements }: Facts): string {
  const shape = [...(open ? ['…'] : []), ...lengths.map(lengthText)].join(',');
  return `${type ?? '?'}[${shape}] ${[range, ...(elements ?? [])].map(({ low, high }) => `${low}..${high}`).join(' ')}`;
}
