import type { Site } from './ir.ts';

/** Whether a place is a part of another one. */
export function isWithin(site: Site, around: Site): boolean {
  return site.file === around.file && around.start <= site.start && site.end <= around.end;
}
