/** Long markers, on lines that a page can show. */

const width = 110;

/** The marker's first line has the rule and a word of the message, however long they are: without them it is no marker. */
const opening = /^(?<head>\s*\/\/\s*(?:~+|@\d+-\d+)>? \[[\w/-]+\] \S+)(?: (?<rest>.*))?$/u;

/** A marker that is longer than a line goes on in lines of its own; other lines stay as they are. */
export function wrapped(line: string): readonly string[] {
  const { head, rest } = opening.exec(line)?.groups ?? {};
  if (head === undefined || rest === undefined || line.length <= width) return [line];
  const margin = `${head.replace(/(?:~|@\d).*$/u, '')}…`;
  const lines = [head];
  for (const word of rest.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== margin && last.length + 1 + word.length > width) lines.push(`${margin} ${word}`);
    else lines.splice(-1, 1, `${last} ${word}`);
  }
  return lines;
}
