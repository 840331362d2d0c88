/** Logic on boolean tensors. Nothing here has a derivative other than zero. */
import { toTensor } from '../convert.ts';
import { binary, unary, type Binary, type Unary } from './elementwise.ts';

/** @throws TensorError 'dtype' (when called) for operands that are not boolean */
const logical = (name: string, f: (a: number, b: number) => number): Binary => {
  const apply = binary(name, f, { a: 'zero-derivative', b: 'zero-derivative' }, { dtype: 'bool' });
  return (a, b) => apply(toTensor(a, 'a', name, 'bool'), toTensor(b, 'b', name, 'bool'));
};

export const logicalAnd: Binary = logical('logicalAnd', (a, b) => a & b);
export const logicalOr: Binary = logical('logicalOr', (a, b) => a | b);
export const logicalXor: Binary = logical('logicalXor', (a, b) => a ^ b);

const not = unary('logicalNot', (x) => 1 - x, 'zero-derivative', { dtype: 'bool' });
export const logicalNot: Unary = (x) => not(toTensor(x, 'x', 'logicalNot', 'bool'));
