/** How a value reaches its use: by a state that holds a first value, and may hold a second one by then. */

/** What can be carried. */
export type Load = 'boolean' | 'number' | 'function' | 'tensor';

export interface Carrier {
  /** What the state holds where it is read; `either`: somebody else decides. */
  readonly holds: 'first' | 'second' | 'either';
  /**
   * In these lines and texts `$n` is a name of its own, or begins some; `$T` is the type of what is carried, `$1` the
   * first value, `$2` the second.
   */
  readonly lines: readonly string[];
  readonly read: string;
  /** What somebody else does to it who imports what the program exports: then it holds the second value. */
  readonly outside?: readonly string[];
  /** It is a parameter of an exported function, and what somebody else hands over for it. */
  readonly parameter?: { readonly text: string; readonly argument: string };
  /** Its values are evaluated when it is read, or later than it is declared. */
  readonly lazy?: true;
  /** It awaits: at the top of a module, or in an async function. */
  readonly awaits?: true;
  /** It stands at the top of a module alone. */
  readonly top?: true;
  /** What it can carry; everything, if nothing is said. */
  readonly loads?: readonly Load[];
  /** Nobody who gets hold of what is read can change it, whatever file it stands in. */
  readonly sealed?: true;
}

export type Carriers = Readonly<Record<string, Carrier>>;

type More = Omit<Carrier, 'holds' | 'lines' | 'read'>;
type Row = (lines: readonly string[], read?: string, more?: More) => Carrier;

const row = (holds: Carrier['holds']): Row => (lines, read = '$n', more = {}) => ({ holds, lines, read, ...more });

export const [first, second, either] = [row('first'), row('second'), row('either')];

/** What a carrier's texts are about. */
export interface Filling {
  readonly name: string;
  readonly type: string;
  readonly first: string;
  readonly second: string;
}

export function fill(text: string, { name, type, first: one, second: two }: Filling): string {
  const parts: Readonly<Record<string, string>> = { $n: name, $T: type, $1: one, $2: two };
  return text.replace(/\$[nT12]/gu, (part) => parts[part]!);
}

/** The carrier's own names that a text uses. */
export const namesIn = (text: string, name: string): readonly string[] => [...new Set(text.match(/\$n\w*/gu))].map((each) => each.replace('$n', name));
