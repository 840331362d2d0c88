/** One line on the terminal that says how far a long run is. */
import { isInteractive } from './terminal.ts';

/** A run that is over sooner needs no progress. */
const patience = 700;
const clear = '\r\u001B[2K';

export interface Progress {
  say(text: string): void;
  /** Clears the line, for what is written next. */
  done(): void;
}

export function progressOn(stream: NodeJS.WritableStream, width: number, now: () => number = Date.now): Progress {
  if (!isInteractive(stream)) return { say: () => undefined, done: () => undefined };
  const start = now();
  let shown = false;
  return {
    say(text) {
      if (now() - start < patience) return;
      shown = true;
      stream.write(`${clear}${text.length < width ? text : `${text.slice(0, width - 2)}…`}`);
    },
    done() {
      if (shown) stream.write(clear);
      shown = false;
    },
  };
}
