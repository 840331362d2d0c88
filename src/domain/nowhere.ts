import type { Site } from '../program/ir.ts';

/** What nobody has written. */
export const nowhere: Site = { file: '', start: 0, end: 0, line: 1 };
