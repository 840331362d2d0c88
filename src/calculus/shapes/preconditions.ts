/** What an operation asks of each of its operands alone: how many axes it has, and which type its elements. Numbers and arrays are made into tensors of the wanted type. */
import { isAbsent } from '../numbers/argument.ts';
import type { NamedType } from '../numbers/facts.ts';
import { isNamed, isSameType } from '../numbers/types.ts';
import { type Contract, type Failure, type Verdict, all, failure, fits, given, rankOf, shapeText, unknown } from './verdict.ts';

export interface Precondition {
  /** The operand's name, and the position of the parameter. */
  readonly name: string;
  readonly at: number;
  readonly ranks?: Taken<number>;
  readonly types?: Taken<NamedType>;
}

/** What is taken; of anything else it throws the error, with `{rank}` or `{type}` for what it is given. */
export interface Taken<T> {
  readonly taken: readonly T[];
  readonly error: string;
}

/** By operation. */
export type PreconditionTable = Readonly<Record<string, readonly Precondition[]>>;

/** First what is converted, operand by operand; in which order the rest is looked at is not known. */
export const preconditionContract = (operands: readonly Precondition[]): Contract => {
  const [converted, others] = [true, false].map((is) => operands.filter(({ types }) => types !== undefined && isConversion(types) === is));
  return (call) => all([
    ...(converted ?? []).map((operand) => typeVerdict(operand)(call)),
    inAnyOrder([...(others ?? []).map((operand) => typeVerdict(operand)(call)), ...operands.map((operand) => axesVerdict(operand)(call))]),
  ]);
};

function isConversion({ error }: Taken<NamedType>): boolean {
  return error.startsWith('Argument ');
}

/** With which error it fails is known where the others hold. */
function inAnyOrder(verdicts: readonly Verdict[]): Verdict {
  const failed = verdicts.find((verdict) => verdict.kind === 'fails');
  if (failed === undefined) return all(verdicts);
  return verdicts.every((verdict) => verdict === failed || verdict.kind === 'fits') ? failed : { ...failed, error: '' };
}

const conversion: Readonly<Record<NamedType, string>> = { float32: 'Convert it with `toFloat()`.', complex64: 'Make it with `complex`.', int32: 'Make it with the type \'int32\', or convert it with `toInt()`.', bool: 'Compare it (`greater`, `notEqual`), or convert it with `toBool()`.' };

const typeVerdict = ({ name, at, types }: Precondition): Contract => (call) => {
  const argument = call.argument(at);
  if (types === undefined) return fits;
  if (argument.kind !== 'tensor') return argument.kind === 'unknown' ? unknown : fits;
  const found = argument.facts.type;
  if (found === undefined) return unknown;
  const [wanted] = types.taken;
  const verdicts = types.taken.map((type) => isSameType(type, found));
  if (verdicts.includes(true)) return fits;
  return verdicts.includes(undefined) ? unknown : failure('element-type', {
    error: isNamed(found) ? types.error.replace('{type}', found) : '', given: [{ text: `${found} ${shapeText(argument.facts.dimensions)}`, argument: at }],
    why: `its \`${name}\` must be ${types.taken.join(' or ')}`, advice: wanted === undefined ? '' : conversion[wanted],
  });
};

const axesVerdict = ({ name, at, ranks }: Precondition): Contract => (call): Verdict => {
  if (ranks === undefined || isAbsent(call.argument(at))) return fits;
  const rank = rankOf(call.tensor(at).dimensions);
  if (rank === undefined) return unknown;
  return ranks.taken.includes(rank) ? fits : failure('shape-mismatch', {
    error: ranks.error.replace('{rank}', String(rank)), given: [given(call, at)], ...imageWords(name, ranks.taken) ?? { why: `its \`${name}\` must have ${axesText(ranks.taken)}`, advice: adviceOn(rank, ranks.taken) },
  });
};

/** Of images everybody knows what the axes are. */
function imageWords(name: string, ranks: readonly number[]): Pick<Failure, 'why' | 'advice'> | undefined {
  if (name !== 'image' && name !== 'images') return undefined;
  switch (ranks.join()) {
    case '4': return { why: 'it takes a stack of images, [images, height, width, channels]', advice: 'Make one image a stack of one (`expandDims(0)`).' };
    case '3': return { why: 'it takes one image, [height, width, channels]', advice: 'Give it an axis for its channels (`expandDims(-1)`), or take one image out of the stack.' };
    case '3,4': return { why: 'an image has three axes, a stack of images four', advice: 'Give it an axis for its channels (`expandDims(-1)`), and for a stack one for the images.' };
    default: return undefined;
  }
}

/** `3 or 4 axes`, `at least 2 axes`. */
function axesText(ranks: readonly number[]): string {
  const [least, most] = [Math.min(...ranks), Math.max(...ranks)];
  if (ranks.length > 2) return most === mostAxes ? `at least ${counted(least)}` : `at most ${counted(most)}`;
  return ranks.length === 1 ? (least === 0 ? 'no axis: it is a number' : counted(least)) : `${String(least)} or ${counted(most)}`;
}

const mostAxes = 6;

function counted(axes: number): string {
  return axes === 1 ? '1 axis' : `${String(axes)} axes`;
}

function adviceOn(rank: number, taken: readonly number[]): string {
  return rank < Math.min(...taken) ? 'Give it the axes that are missing (`expandDims`, `reshape`).' : 'Take out axes (`squeeze`, `reshape`), or call it for one item at a time.';
}
