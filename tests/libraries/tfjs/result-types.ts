/** Of which type results are where the first operand is of floats, and the types of the others, tried one by one, change nothing. What comes of whole numbers is not the same on all backends. */
import type { NamedType } from '../../../src/calculus/numbers/facts.ts';
import { type OperandSample, type Sample, leavesOf, remade, replaceOperands } from '../measure/sample.ts';
import { measure } from './measure.ts';

const types: readonly NamedType[] = ['float32', 'int32', 'bool'];
/** They are told the type they give, or the function that makes it. */
const told = new Set(['oneHot', 'cast']);

export function measureResultTypes(samples: Readonly<Record<string, Sample>>): Readonly<Record<string, NamedType>> {
  const rows = Object.entries(samples).map(([path, sample]) => [path, told.has(path) ? undefined : resultType(path, sample)] as const);
  return Object.fromEntries(rows.flatMap(([path, type]) => (type === undefined ? [] : [[path, type] as const])));
}

function resultType(path: string, sample: Sample): NamedType | undefined {
  const [first, ...others] = sample.flatMap(leavesOf).filter(({ dtype }) => dtype !== 'string' && dtype !== 'complex64');
  if (first === undefined) return undefined;
  const found = new Set(waysOf(others).flatMap((way) => typeOf(path, sample, new Map([...way, [first, remade(first, 'float32')]])) ?? []));
  const [only] = found;
  return found.size > 1 ? undefined : only;
}

/** All as they are, and each of them as another type. */
function waysOf(others: readonly OperandSample[]): readonly ReadonlyMap<OperandSample, OperandSample>[] {
  return [new Map(), ...others.flatMap((other) => types.map((type) => new Map([[other, remade(other, type)]])))];
}

/** Undefined where it throws, or gives no tensor of numbers. */
function typeOf(path: string, sample: Sample, replaced: ReadonlyMap<OperandSample, OperandSample>): NamedType | undefined {
  try {
    return measure.subject.tidy(() => {
      const result = measure.exported(path)(...measure.build(sample.map((argument) => replaceOperands(argument, replaced))));
      return measure.subject.isTensor(result) ? types.find((type) => type === result.dtype) : undefined;
    });
  } catch {
    return undefined;
  }
}
