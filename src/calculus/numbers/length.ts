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

/** A number of times a product of axes. */
interface Term {
  readonly times: number;
  readonly of: readonly Axis[];
}

/** Something that has a length of its own. */
class Axis {
  static #made = 0;
  readonly order = Axis.#made++;
  /** Polynomials of which this is the first axis, by what they are. */
  readonly polynomials = new Map<string, Symbolic>();

  constructor(readonly text: string) {}
}

/** A length that is equal to nothing but itself, for all that is known. */
export function newLength(text: string): Symbolic {
  return polynomial([{ times: 1, of: [new Axis(text)] }]) as Symbolic;
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
  return polynomial(termsOf(a).flatMap((one) => termsOf(b).map((other) => ({ times: one.times * other.times, of: [...one.of, ...other.of] }))));
}

/** Undefined where it is not known that nothing is left over. */
export function dividedBy(a: Length, b: Length): Length {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const [divisor, ...more] = b === undefined ? [] : termsOf(b);
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
  return Number.isInteger(term.times / by.times) ? { times: term.times / by.times, of } : undefined;
}

/** Whatever the lengths are, each of them at least 1: of their difference all terms have one sign. */
export function differ(a: Length, b: Length): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a !== b;
  const difference = plus(a, times(-1, b));
  if (difference === undefined || typeof difference === 'number') return difference !== undefined && difference !== 0;
  return new Set(difference.terms.map((term) => Math.sign(term.times))).size === 1;
}

function termsOf(length: number | Symbolic): readonly Term[] {
  return typeof length === 'number' ? [{ times: length, of: [] }] : length.terms;
}

function polynomial(terms: readonly Term[]): number | Symbolic {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const of = term.of.toSorted((a, b) => a.order - b.order);
    const key = of.map(({ order }) => order).join('*');
    sums.set(key, { times: (sums.get(key)?.times ?? 0) + term.times, of });
  }
  const left = [...sums].filter(([, term]) => term.times !== 0).sort(([a], [b]) => (a < b ? 1 : -1));
  const [first] = left.flatMap(([, { of }]) => of);
  if (first === undefined) return left[0]?.[1].times ?? 0;
  const key = left.map(([of, term]) => `${String(term.times)}*${of}`).join('+');
  const known = first.polynomials.get(key);
  if (known !== undefined) return known;
  const made: Symbolic = { text: textOf(left.map(([, term]) => term)), terms: left.map(([, term]) => term) };
  first.polynomials.set(key, made);
  return made;
}

function textOf(terms: readonly Term[]): string {
  return terms.map(({ times: count, of }, index) => {
    const factors = [...Math.abs(count) === 1 && of.length > 0 ? [] : [String(Math.abs(count))], ...of.map(({ text }) => text)].join(' * ');
    return index === 0 ? `${count < 0 ? '-' : ''}${factors}` : `${count < 0 ? '- ' : '+ '}${factors}`;
  }).join(' ');
}
