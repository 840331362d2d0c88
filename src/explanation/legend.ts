/** What the lines and boxes of a picture mean: those that are in it, for a legend of everything would be larger than most graphs. */
import type { Current, FlowGraph, FlowNode } from './graph.ts';
import type { Point, Size } from './layout.ts';
import { currents } from './style.ts';

type Item =
  | { readonly kind: 'line'; readonly current: Current; readonly text: string }
  | { readonly kind: 'box'; readonly classes: string; readonly text: string };

type Placed = Item & Point;

export interface Legend extends Size {
  /** The top left corner is 0, 0. */
  readonly items: readonly Placed[];
}

const currentWords: Readonly<Record<Current, string>> = {
  live: 'the gradient comes back', cut: 'the gradient is cut here', severed: 'nothing comes back: cut elsewhere', data: 'data: no gradient is asked',
};

const boxes: readonly { readonly classes: string; readonly text: string; readonly is: (node: FlowNode) => boolean }[] = [
  { classes: 'target', text: 'what is differentiated', is: ({ part }) => part === 'target' },
  { classes: 'source', text: 'source: asked for its gradient', is: (node) => node.part === 'source' && !isLostSource(node) },
  { classes: 'source severed-source', text: 'source that gets none', is: isLostSource },
  { classes: 'read', text: 'plain numbers', is: ({ part }) => part === 'read' },
  { classes: 'operation before', text: 'computed before the scope', is: ({ before }) => before },
  { classes: 'unknown', text: 'cannot be followed', is: ({ part }) => part === 'unknown' },
];

export const sample = 30;
const letter = 6.3;
const gap = 22;
const line = 22;

export function isLostSource({ part, fate }: FlowNode): boolean {
  return part === 'source' && (fate === 'severed' || fate === 'unused');
}

/** In rows of a width, or wider where an item needs it. */
export function legendOf(graph: FlowGraph, width: number): Legend {
  const items: readonly Item[] = [
    ...currents.filter((wanted) => graph.edges.some(({ current }) => current === wanted)).map((current): Item => ({ kind: 'line', current, text: currentWords[current] })),
    ...boxes.filter(({ is }) => graph.nodes.some(is)).map(({ classes, text }): Item => ({ kind: 'box', classes, text })),
  ];
  const placed: Placed[] = [];
  let [x, y, widest] = [0, 0, 0];
  for (const item of items) {
    const own = sample + 8 + item.text.length * letter;
    if (x > 0 && x + own > width) [x, y] = [0, y + line];
    placed.push({ ...item, x, y });
    widest = Math.max(widest, x + own);
    x += own + gap;
  }
  return { items: placed, width: widest, height: items.length === 0 ? 0 : y + line };
}
