/** How long the tensors of a library live, where it leaves that to the program: most of it is measured. */

export interface LifetimeTable {
  /** Operations, and methods behind a dot, whose calls do not make their results and nothing else. */
  readonly unusual: readonly string[];
  /** What a method throws whose receiver has been disposed. */
  readonly method: string;
  /** What is thrown for an operand that has been disposed. */
  readonly operand: string;
  /** What is thrown for a variable whose name another one has: `{name}`. */
  readonly named: string;
  /** Optimizers that keep something of each variable they move: tensors that are there at once, or from the first step on. */
  readonly moments: Readonly<Record<string, 'at once' | 'later'>>;
  /** By operation and operand: where something else is thrown, or null, where nothing is. */
  readonly otherwise: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

export interface LifetimeFacts extends LifetimeTable {
  /** What the library says where a region gives a promise. */
  readonly promise: string;
  /** Words by which a program handles the library's regions itself: of the lifetimes in it nothing is known then. */
  readonly byHand: RegExp;
}
