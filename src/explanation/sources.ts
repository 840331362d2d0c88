/** The texts of the files that findings speak of, and places in them. */
import type { Site } from '../program/index.ts';

/** Both from 1, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

interface Text {
  readonly text: string;
  /** Offset of each line. */
  readonly starts: readonly number[];
}

export class Sources {
  readonly #texts = new Map<string, Text>();

  /** `read` gives the text of a file as the compiler has it; a file that is gone has none. */
  constructor(readonly read: (file: string) => string) {}

  /** A line without its end; `''` past the last. */
  line(file: string, line: number): string {
    const { text, starts } = this.#at(file);
    const start = starts[line - 1];
    return start === undefined ? '' : text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/u, '');
  }

  text(site: Site): string {
    return this.#at(site.file).text.slice(site.start, site.end);
  }

  range(site: Site): Range {
    return { start: this.position(site.file, site.start), end: this.position(site.file, site.end) };
  }

  position(file: string, offset: number): Position {
    const { starts } = this.#at(file);
    const after = starts.findIndex((start) => start > offset);
    const line = after === -1 ? starts.length : after;
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  }

  /** The other way round. */
  offset(file: string, { line, column }: Position): number {
    return (this.#at(file).starts[line - 1] ?? 0) + column - 1;
  }

  #at(file: string): Text {
    let known = this.#texts.get(file);
    if (known === undefined) {
      const text = this.read(file);
      known = { text, starts: [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map((end) => end.index + end[0].length)] };
      this.#texts.set(file, known);
    }
    return known;
  }
}
