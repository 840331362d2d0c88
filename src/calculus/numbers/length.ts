/**
 * Lengths of axes: numbers, or what is known of them without a number. An axis of which nobody says how long it is has a
 * length of its own, which is equal to itself; sums and products of such are polynomials in them.
 */

/** The length of an axis; undefined where nothing is known of it. */
export type Length = number | Symbolic | undefined;

/** A polynomial in lengths that are not known. There is one object for each, so that equal lengths are identical. */
export interface Symbolic {
  /** As the user reads it: `x.shape[0]`. */
  readonly text: string;
  readonly terms: readonly Term[];
}

/** A number of times a product of axes, divided by another number. */
interface Term {
  readonly times: number;
  readonly over: number;
  readonly of: readonly Axis[];
}

/** How a number is made whole. */
export type Rounding = 'floor' | 'ceil' | 'round' | 'trunc';

/** Something that has a length of its own. */
class Axis {
  static #made = 0;
  readonly order = Axis.#made++;
  /** Polynomials of which this is the first axis, by what they are. */
  readonly polynomials = new Map<string, Symbolic>();

  /** `least`: the smallest number that it can be, where that is known. */
  constructor(readonly text: string, readonly least: 0 | 1 | undefined) {}
}

/** A length that is equal to nothing but itself, for all that is known. */
export function newLength(text: string): Symbolic {
  return own(new Axis(text, 1));
}

function own(axis: Axis): Symbolic {
  return polynomial([{ times: 1, over: 1, of: [axis] }]) as Symbolic;
}

export function isSymbolic(length: Length | null): length is Symbolic {
  return typeof length === 'object' && length !== null;
}

export function plus(a: Length, b: Length): Length {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return a === undefined || b === undefined ? undefined : polynomial([...termsOf(a), ...termsOf(b)]);
}

export function times(a: Length, b: Length): Length {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === undefined || b === undefined) return undefined;
  return polynomial(termsOf(a).flatMap((one) => termsOf(b).map((other) => ({ times: one.times * other.times, over: one.over * other.over, of: [...one.of, ...other.of] }))));
}

/** Undefined where it is no polynomial. What is left over is a fraction. */
export function dividedBy(a: Length, b: Length): Length {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const [divisor, ...more] = b === undefined || b === 0 ? [] : termsOf(b);
  if (a === undefined || divisor === undefined || more.length > 0) return undefined;
  const quotients = termsOf(a).map((term) => quotient(term, divisor));
  return quotients.every((term) => term !== undefined) ? polynomial(quotients) : undefined;
}

function quotient(term: Term, by: Term): Term | undefined {
  const of = [...term.of];
  for (const axis of by.of) {
    const at = of.indexOf(axis);
    if (at === -1) return undefined;
    of.splice(at, 1);
  }
  return { times: term.times * by.over, over: term.over * by.times, of };
}

const rounded = new WeakMap<Symbolic, Map<Rounding, Symbolic>>();

/** What is whole already stays what it is; else it is equal to what is rounded alike of the same. */
export function roundedTo(rounding: Rounding, length: Length): Length {
  if (typeof length === 'number') return Math[rounding](length);
  if (length === undefined || length.terms.every(isWhole)) return length;
  const known = rounded.get(length) ?? new Map<Rounding, Symbolic>();
  rounded.set(length, known);
  const isPositive = length.terms.every((term) => term.times > 0 && term.of.every(({ least }) => least !== undefined));
  const made = known.get(rounding) ?? own(new Axis(`${rounding}(${length.text})`, isPositive ? 0 : undefined));
  known.set(rounding, made);
  return made;
}

function isWhole({ times: count, over }: Term): boolean {
  return over === 1 && Number.isInteger(count);
}

/** Whatever the lengths are, each of them at least 1: of their difference all terms have one sign, and one of them is never 0. */
export function differ(a: Length, b: Length): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a !== b;
  if (a === b) return false;
  // There may be none, where code says so itself.
  if (a === 0 || b === 0) return false;
  const difference = plus(a, times(-1, b));
  if (difference === undefined || typeof difference === 'number') return difference !== undefined && difference !== 0;
  const { terms } = difference;
  // Fractions that are none of whole numbers are rounded at each step.
  if (!terms.every((term) => Number.isInteger(term.times) && term.of.every(({ least }) => least !== undefined))) return false;
  return new Set(terms.map((term) => Math.sign(term.times))).size === 1 && terms.some(({ of }) => of.every(({ least }) => least === 1));
}

function termsOf(length: number | Symbolic): readonly Term[] {
  return typeof length === 'number' ? [{ times: length, over: 1, of: [] }] : length.terms;
}

function polynomial(terms: readonly Term[]): number | Symbolic {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const of = term.of.toSorted((a, b) => a.order - b.order);
    const key = of.map(({ order }) => order).join('*');
    const { times: count, over } = sums.get(key) ?? { times: 0, over: 1 };
    sums.set(key, { ...reduced(count * term.over + term.times * over, over * term.over), of });
  }
  const left = [...sums].filter(([, term]) => term.times !== 0).sort(([a], [b]) => (a < b ? 1 : -1));
  const [first] = left.flatMap(([, { of }]) => of);
  const [only] = left;
  if (first === undefined) return only === undefined ? 0 : only[1].times / only[1].over;
  const key = left.map(([of, term]) => `${String(term.times)}/${String(term.over)}*${of}`).join('+');
  const known = first.polynomials.get(key);
  if (known !== undefined) return known;
  const made: Symbolic = { text: textOf(left.map(([, term]) => term)), terms: left.map(([, term]) => term) };
  first.polynomials.set(key, made);
  return made;
}

/** A fraction of whole numbers in its lowest terms; any other one as a number. */
function reduced(above: number, below: number): Omit<Term, 'of'> {
  if (!Number.isSafeInteger(above) || !Number.isSafeInteger(below)) return { times: above / below, over: 1 };
  const divisor = Math.sign(below) * commonDivisor(Math.abs(above), Math.abs(below));
  return { times: above / divisor, over: below / divisor };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function textOf(terms: readonly Term[]): string {
  return terms.map(({ times: count, over, of }, index) => {
    const product = [...Math.abs(count) === 1 && of.length > 0 ? [] : [String(Math.abs(count))], ...of.map(({ text }) => text)].join(' * ');
    const factors = over === 1 ? product : `${product} / ${String(over)}`;
    return index === 0 ? `${count < 0 ? '-' : ''}${factors}` : `${count < 0 ? '- ' : '+ '}${factors}`;
  }).join(' ');
}
