/** Types of elements that are given by name. */
import { isAbsent } from '../numbers/argument.ts';
import { type Contract, demanded, failure, fits, unknown } from './verdict.ts';

const names = ['float32', 'int32', 'bool', 'complex64', 'string'];

/** `error`: before the name. */
const named = (at: number, error: string): Contract => (call) => {
  const type = call.argument(at);
  if (isAbsent(type)) return fits;
  if (type.kind !== 'constant' || typeof type.value !== 'string') return unknown;
  const { value } = type;
  return demanded(names.includes(value), () => failure('element-type', {
    error: `${error} ${value}`, given: [{ text: `'${value}'`, argument: at }], why: 'there is no type of that name', advice: 'The types are float32, int32, bool, complex64 and string; `float32` stands for all floats, `int32` for all integers.',
  }));
};

/** Where the type stands among the arguments of what makes tensors. */
const places: Readonly<Record<string, number>> = {
  tensor: 2, tensor1d: 1, tensor2d: 2, tensor3d: 2, tensor4d: 2, tensor5d: 2, tensor6d: 2, scalar: 1, zeros: 1, ones: 1, fill: 2, eye: 3, range: 3,
  rand: 2, randomNormal: 3, randomUniform: 3, randomStandardNormal: 1, truncatedNormal: 3,
};

export const namedTypes: Readonly<Record<string, Contract>> = {
  ...Object.fromEntries(Object.entries(places).map(([operation, at]) => [operation, named(at, 'Unknown data type')])),
  randomGamma: named(3, 'Unsupported data type'), cast: named(1, 'Failed to cast to unknown dtype'), asType: named(1, 'Failed to cast to unknown dtype'), oneHot: named(4, 'Unknown dtype'),
};
