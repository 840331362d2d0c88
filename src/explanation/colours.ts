import type { Current, FlowNode } from './graph.ts';

/** Legible on white and on black; no two differ in hue alone, for lines are dashed and cuts are marked as well. */
export const colours: Readonly<Record<Current, string>> = { live: '#2e9e5b', cut: '#d6453d', severed: '#c98a1b', data: '#8a8f98' };

/** Of what stands out among the operations. */
export function strokeOf({ part, fate }: FlowNode): string | undefined {
  switch (part) {
    case 'source': return fate === 'severed' || fate === 'unused' ? colours.cut : '#3b7dd8';
    case 'target': return '#8a54d1';
    case 'read': return colours.severed;
    default: return undefined;
  }
}
