/** What is known of the numbers and shapes in values, and which operands of an operation get no gradient because of them. */
import type { Cause } from '../calculus/cause.ts';
import { type Argument, factsOf, typeOf, unknown } from '../calculus/numbers/argument.ts';
import { type Facts, noFacts, rangeFacts } from '../calculus/numbers/facts.ts';
import { difference, flatOperands } from '../calculus/numbers/flat.ts';
import { evaluate } from '../calculus/numbers/formula.ts';
import { anyNumber } from '../calculus/numbers/interval.ts';
import { factsOfLeaf } from '../calculus/numbers/leaf.ts';
import { factsOfResults, typedResult } from '../calculus/numbers/results/index.ts';
import { nothingOfSeveral, type SeveralFacts } from '../calculus/numbers/results/several.ts';
import type { TensorValue, Value } from '../domain/value.ts';
import { never, plainHost } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { numbersIn } from '../interpreter/values/lists.ts';
import { hasUnknownKeys } from '../interpreter/values/properties.ts';
import { ownerOf } from '../interpreter/values/prototypes.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { OperationRow } from '../libraries/operation.ts';
import { namedDimensions } from './named-lengths.ts';

/** What no array of integers holds. */
const half = 0.5;

/** Arrays of more items than this are not read. */
const longest = 256;

export function knownArgument(m: Machine, value: Value, left = { items: longest }): Argument {
  switch (value.kind) {
    case 'tensor': return { kind: 'tensor', facts: { ...value.facts, dimensions: namedDimensions(m, value) } };
    case 'literal': return typeof value.value === 'bigint' ? unknown : { kind: 'constant', value: value.value };
    case 'host': return value.is === undefined ? knownHost(value.lengths) : { kind: 'number', is: value.is };
    case 'object': return value.heap.isArray ? knownList(m, value, left) : knownRecord(m, value, left);
    default: return unknown;
  }
}

function knownHost(lengths: Extract<Value, { kind: 'host' }>['lengths']): Argument {
  if (lengths === undefined) return unknown;
  const [count] = lengths;
  return count === undefined ? { kind: 'number' } : { kind: 'list', items: [{ kind: 'number' }], complete: false, count, of: 'integers' };
}

function knownList(m: Machine, array: Extract<Value, { kind: 'object' }>, left: { items: number }): Argument {
  const { items, others, count } = m.memory.list(array.heap);
  const complete = others.kind === 'never';
  const all = complete ? items : [...items, others];
  if ((left.items -= all.length) < 0) return unknown;
  const numbers = numbersIn(array.heap);
  const itemOf = (item: Value): Argument => (numbers !== undefined && item.kind === 'host' && item.is === undefined ? { kind: 'number' } : knownArgument(m, item, left));
  // Where one array stands for several, those may be of different lengths.
  const length = count === undefined || array.heap.allocation.summary ? {} : { count };
  return { kind: 'list', items: all.map(itemOf), complete, ...length, ...numbers === undefined ? {} : { of: Number.isInteger(numbers(half)) ? 'integers' : 'floats' } };
}

/** An object in which nothing stands but what is known to. */
function knownRecord(m: Machine, { heap }: Extract<Value, { kind: 'object' }>, left: { items: number }): Argument {
  const isPlain = heap.form.kind === 'record' && heap.open === undefined && heap.accessors.size === 0 && ownerOf(m, heap) === undefined;
  if (!isPlain || hasUnknownKeys(m, heap)) return unknown;
  if ((left.items -= heap.properties.size) < 0) return unknown;
  return { kind: 'record', fields: Object.fromEntries([...heap.properties].map(([name, cell]) => [name, knownArgument(m, m.memory.read(cell) ?? plainHost, left)])) };
}

/** What an operation makes of the numbers in its operands. */
export interface Numbers {
  readonly facts: Facts;
  /** Of an operation that gives several tensors. */
  readonly several: SeveralFacts;
  /** Operands that get no gradient for certain, by position. */
  readonly flat: ReadonlyMap<number, Cause>;
}

export const noNumbers: Numbers = { facts: noFacts, several: nothingOfSeveral, flat: new Map() };

/** `args`: what is known of the values. */
export function numbersThrough(m: Machine, { precision, formulas, resultTypes }: Library, row: OperationRow, operation: string, values: readonly Value[], args: readonly Argument[]): Numbers {
  const formula = Object.hasOwn(formulas, operation) ? formulas[operation] : undefined;
  if (formula !== undefined) return { ...noNumbers, ...evaluate(precision, formula, args) };
  const facts = row.result === 'tensor' ? typedResult(resultTypes, precision, operation, args) : noFacts;
  const several = row.result === 'tensor' ? nothingOfSeveral : factsOfResults(precision, operation, args);
  const flat = flatOperands(precision, operation, args);
  return { facts, several, flat: operation === difference && cancels(m, values) ? new Map([[0, 'zero-derivative'], [1, 'zero-derivative']]) : flat };
}

/** The difference of a tensor and itself. */
function cancels(m: Machine, [a = never, b = never]: readonly Value[]): boolean {
  return a.kind === 'tensor' && b.kind === 'tensor' && sameTensor(m, a, b);
}

/** One node may stand for several tensors: in and behind a loop for those of its rounds, for the parts of a split, for what is not known. */
function sameTensor(m: Machine, a: TensorValue, b: TensorValue): boolean {
  const { node } = a;
  return node === b.node && !node.several && !node.repeated && !m.allocator.isRepeating && (node.kind === 'operation' || node.kind === 'source' || node.kind === 'constant');
}

/** The tensor that a library makes of host data. */
export function leafFacts({ precision }: Library, form: Extract<Meaning, { is: 'leaf' }>, args: readonly Argument[]): Facts {
  return factsOfLeaf(precision, form, args);
}

/** What a variable keeps of its first value, whatever it is assigned later. */
export function variableFacts(m: Machine, initial: Value, values: readonly Value[]): Facts {
  if (initial.kind !== 'tensor') return noFacts;
  const { dimensions, type } = initial.facts;
  const isConverted = values.some((value) => typeOf(knownArgument(m, value)) !== undefined);
  return rangeFacts(anyNumber, dimensions, isConverted ? undefined : type);
}

/** The tensor that numbers, or an array of them, are turned into. */
export function dataFactsOf(m: Machine, { precision }: Library, value: Value): Facts {
  return factsOf(precision, knownArgument(m, value));
}
