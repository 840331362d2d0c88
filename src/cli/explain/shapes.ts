/** Shapes of tensors, line by line. */
import type { ShapedPlace } from '../../explanation/shapes.ts';
import type { Site } from '../../program/ir.ts';
import type { Paint } from '../terminal.ts';

interface Showing {
  /** The file as it is shown. */
  readonly shown: string;
  readonly textOf: (site: Site) => string;
  readonly paint: Paint;
}

export function shapesText(places: readonly ShapedPlace[], { shown, textOf, paint }: Showing): string {
  const rows = places.map(({ site, shape }) => ({ place: `${shown}:${String(site.line)}`, code: abridged(textOf(site)), shape }));
  const widest = (of: 'place' | 'code'): number => Math.max(...rows.map((row) => row[of].length));
  const [left, middle] = [widest('place'), widest('code')];
  return `${rows.map(({ place, code, shape }) => `${paint('dim', place.padEnd(left))}  ${code.padEnd(middle)}  ${paint('bold', shape)}`).join('\n')}\n`;
}

/** Of a chain of calls its end says which one it is. */
function abridged(code: string): string {
  const line = code.replaceAll(/\s+/gu, ' ');
  return line.length <= longest ? line : `…${line.slice(1 - longest)}`;
}

const longest = 50;
