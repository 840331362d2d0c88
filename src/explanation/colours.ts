import type { Current } from './graph.ts';

/** Legible on white and on black; no two differ in hue alone, for lines are dashed and cuts are marked as well. */
export const colours: Readonly<Record<Current, string>> = { live: '#2e9e5b', cut: '#d6453d', severed: '#c98a1b', data: '#8a8f98' };
