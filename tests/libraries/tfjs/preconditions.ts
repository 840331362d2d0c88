/** Which ranks and types each operand is taken with, and with which error it is refused: by trying all of them, one operand at a time. */
import type { NamedType } from '../../../src/calculus/numbers/facts.ts';
import type { Precondition, PreconditionTable, Taken } from '../../../src/calculus/shapes/preconditions.ts';
import { OperandSample, type Sample, leavesOf, remade, replaceOperands } from '../measure/sample.ts';
import { measure } from './measure.ts';

const ranks = [0, 1, 2, 3, 4, 5, 6] as const;
const types: readonly NamedType[] = ['float32', 'int32', 'bool', 'complex64'];

/** What looks at its operands together, or at numbers, before it looks at them one by one. */
const together = /^image\.nonMaxSuppression|^bitwiseAnd$/u;

export function measurePreconditions(samples: Readonly<Record<string, Sample>>): PreconditionTable {
  const rows = Object.entries(samples).map(([path, sample]) => [path, sample.flatMap((argument, at) => (argument instanceof OperandSample ? preconditionsOf(path, sample, argument, at) : []))] as const);
  return Object.fromEntries(rows.filter(([, operands]) => operands.length > 0));
}

function preconditionsOf(path: string, sample: Sample, operand: OperandSample, at: number): readonly Precondition[] {
  if (operand.dtype === 'string') return [];
  const of = (replaced: ReadonlyMap<OperandSample, OperandSample>): string | undefined => errorOf(path, sample, replaced);
  const names = { path, operand: operand.name };
  const ranksTaken = together.test(path) ? undefined : takenOf(ranks, (rank) => {
    const errors = shapesOf(operand.shape, rank).map((shape) => of(new Map([[operand, remade(operand, operand.dtype, shape)]])));
    return refusalOf(errors, { ...names, value: String(rank), slot: '{rank}', about: aboutRanks });
  });
  const typesTaken = takenOf(types, (type) => {
    const converted = remade(operand, type);
    const refusal = refusalOf([of(new Map([[operand, converted]]))], { ...names, value: type, slot: '{type}', about: aboutTypes });
    // A type that must agree with that of another operand is taken with it.
    return refusal !== undefined && conversions(sample, operand).every((others) => aboutTypes.test(of(new Map([...others, [operand, converted]])) ?? '')) ? refusal : undefined;
  });
  if (ranksTaken === undefined && typesTaken === undefined) return [];
  return [{ name: operand.name, at, ...ranksTaken === undefined ? {} : { ranks: ranksTaken }, ...typesTaken === undefined ? {} : { types: typesTaken } }];
}

/** All ways in which the other operands have types. */
function conversions(sample: Sample, operand: OperandSample): readonly ReadonlyMap<OperandSample, OperandSample>[] {
  let ways: readonly ReadonlyMap<OperandSample, OperandSample>[] = [new Map()];
  for (const other of sample.flatMap(leavesOf)) {
    if (other !== operand && other.dtype !== 'string') ways = ways.flatMap((way) => types.map((type) => new Map([...way, [other, remade(other, type)]])));
  }
  return ways;
}

function errorOf(path: string, sample: Sample, replaced: ReadonlyMap<OperandSample, OperandSample>): string | undefined {
  try {
    measure.subject.tidy(() => { measure.exported(path)(...measure.build(sample.map((argument) => replaceOperands(argument, replaced)))); });
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** Shapes of a rank: one of them is taken by what takes the rank at all. */
function shapesOf(shape: readonly number[], rank: number): readonly (readonly number[])[] {
  const missing = new Array<number>(Math.max(0, rank - shape.length)).fill(1);
  return [new Array<number>(rank).fill(1), new Array<number>(rank).fill(2), [...missing, ...shape.slice(Math.max(0, shape.length - rank))], [...shape.slice(0, rank), ...missing]];
}

/** How a text speaks of ranks and types that are wanted of one operand, and not of those that must agree with others. */
const aboutRanks = /\bbe (?:at (?:least|most) (?:rank )?\d|a (?:vector|\dD)|(?:of )?rank)|rank of \w+ (?:must|to) be|have a rank|expects a rank/iu;
const aboutTypes = /must be \w+ tensor|dtype must|The dtype for|dtype's? must|must have .* as dtype|floating point/iu;

interface Asked {
  readonly path: string;
  readonly operand: string;
  /** What was given, and what stands for it in the error. */
  readonly value: string;
  readonly slot: string;
  readonly about: RegExp;
}

/** The error, if every call gives the same one, and it speaks of this operand alone. */
function refusalOf(errors: readonly (string | undefined)[], { path, operand, value, slot, about }: Asked): string | undefined {
  const [error] = errors;
  if (error === undefined || new Set(errors).size > 1 || !about.test(error) || /\branks\b|must match|blockShape/u.test(error) || !isOwn(error, path, operand)) return undefined;
  const at = error.lastIndexOf(value);
  return at === -1 ? error : `${error.slice(0, at)}${slot}${error.slice(at + value.length)}`;
}

/** An error of another function hangs on the argument that led there. */
function isOwn(error: string, path: string, operand: string): boolean {
  const own = path.split('.').at(-1)?.toLowerCase();
  const passed = /Argument '(\w+)' passed to '(\w+)'/u.exec(error);
  if (passed !== null) return passed[1] === operand && passed[2]?.toLowerCase() === own;
  const [, named] = /(?:^Error in |^(?:tf\.)?(?=\w+\(\)))(\w+)/u.exec(error) ?? [];
  return named === undefined || named.toLowerCase() === own || error.includes(`the ${operand} `);
}

/** Undefined where all are taken, or the errors are not of one form. */
function takenOf<T>(all: readonly T[], refusal: (value: T) => string | undefined): Taken<T> | undefined {
  const refused = new Map(all.flatMap((value) => { const error = refusal(value); return error === undefined ? [] : [[value, error] as const]; }));
  const [error] = new Set(refused.values());
  if (error === undefined || new Set(refused.values()).size > 1) return undefined;
  // Complex numbers alone are taken, and of numbers of a type that is not known it is not known whether they are any.
  if (refused.size === all.length) return undefined;
  return { taken: all.filter((value) => !refused.has(value)), error };
}
