/** Where the command line writes, and how. */
import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Puts a text in colour, where the stream shows colour. */
export type Paint = (style: Style, text: string) => string;

export interface Terminal {
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Node decides: a terminal that has colours, NO_COLOR and FORCE_COLOR. */
export function painter(stream: NodeJS.WritableStream): Paint {
  // Asked once, with one style: Node 20 does not ask the stream when it is given several.
  const coloured = styleText('bold', '.', { stream }) !== '.';
  return coloured ? (style, text) => styleText(style, text, { validateStream: false }) : unpainted;
}

export const unpainted: Paint = (_style, text) => text;

export function isInteractive(stream: NodeJS.WritableStream): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Columns to write in; a file or pipe has no width, and code in it need not be cut. */
export function widthOf(stream: NodeJS.WritableStream): number {
  const columns = 'columns' in stream && typeof stream.columns === 'number' && stream.columns > 0 ? stream.columns : 160;
  return Math.max(40, columns);
}
