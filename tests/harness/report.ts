/** One report on a fixture, in the terms a marker can express. Lines and columns count from 1, as in ESLint. */
export interface Report {
  readonly line: number;
  readonly column: number;
  /** After the last marked character of `line`. */
  readonly endColumn: number;
  /** The range goes on in a later line. */
  readonly continues: boolean;
  /** Without the plugin's prefix. */
  readonly rule: string;
  readonly message: string;
  readonly suggestions: readonly Suggestion[];
}

export interface Suggestion {
  /** What the editor offers. A marker may leave it out. */
  readonly description: string | undefined;
  /** The lines as they read after the suggestion was taken. */
  readonly result: string;
}
