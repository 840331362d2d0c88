/** What is known of the numbers in values, and which operands of an operation get no gradient because of them. */
import type { Cause } from '../calculus/cause.ts';
import { type Interval, anyNumber, exactly, flatOperands, hull, rangeOf, valueOf } from '../calculus/interval.ts';
import type { Machine } from './machine.ts';
import { type TensorFacts, type TensorValue, type Value, noFacts } from './value.ts';

/** Arrays of more numbers than this are not read. */
const longest = 256;

export function rangeOfValue(m: Machine, value: Value, left = { numbers: longest }): Interval {
  switch (value.kind) {
    case 'tensor': return value.facts.range;
    case 'literal': return typeof value.value === 'number' || typeof value.value === 'boolean' ? exactly(Number(value.value)) : anyNumber;
    case 'object': return value.heap.form === 'array' ? rangeOfList(m, value, left) : anyNumber;
    default: return anyNumber;
  }
}

function rangeOfList(m: Machine, array: Extract<Value, { kind: 'object' }>, left: { numbers: number }): Interval {
  const { items, others } = m.list(array.heap);
  if (others.kind !== 'never' || items.length === 0 || (left.numbers -= items.length) < 0) return anyNumber;
  return hull(items.map((item) => rangeOfValue(m, item, left)));
}

/** The value that every element has, where it is certain. */
export function uniformOf(value: Value): number | undefined {
  if (value.kind === 'tensor') return valueOf(value.facts.range);
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}

export function resultFacts(m: Machine, operation: string, values: readonly Value[]): TensorFacts {
  const range = rangeOf(operation, values.map((value) => rangeOfValue(m, value)));
  return range === anyNumber ? noFacts : { range };
}

/** Operands that get no gradient for certain, by position: the numbers decide it, or the two are one value. */
export function flatCauses(m: Machine, operation: string, values: readonly Value[]): ReadonlyMap<number, Cause> {
  const causes = new Map<number, Cause>();
  for (const { operand, cause } of flatOperands(operation, values.map((value) => rangeOfValue(m, value)))) causes.set(operand, cause);
  const [first, second] = values;
  if (first === undefined || second === undefined) return causes;
  if (operation === 'mul') {
    if (uniformOf(second) === 0) causes.set(0, 'zero-derivative');
    if (uniformOf(first) === 0) causes.set(1, 'zero-derivative');
  }
  if (operation === 'sub' && isTensor(first) && isTensor(second) && sameTensor(m, first, second)) {
    causes.set(0, 'zero-derivative');
    causes.set(1, 'zero-derivative');
  }
  return causes;
}

function isTensor(value: Value): value is TensorValue {
  return value.kind === 'tensor';
}

/** One node may stand for several tensors: in a loop for those of its rounds, for the parts of a split, for what is not known. */
function sameTensor(m: Machine, a: TensorValue, b: TensorValue): boolean {
  const { node } = a;
  return node === b.node && !node.several && !m.iterating && (node.kind === 'operation' || node.kind === 'source' || node.kind === 'constant');
}
