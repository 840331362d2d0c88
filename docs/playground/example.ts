/** A program of one or more files, and which of them is open. */
export interface Code {
  readonly files: readonly TextFile[];
  readonly open: string;
}

export interface TextFile {
  /** From the root of the program, as in `lib/loss.ts`. */
  readonly name: string;
  readonly text: string;
}

/** What is reported: what is proven, or what is suspicious as well. */
export type Level = 'recommended' | 'strict';

export interface Example {
  /** In addresses, so never to be changed. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly level: Level;
  readonly mistake: Code;
  readonly correct: Code | undefined;
}
