/** The shapes of tensors where the code computes them, whether or not a gradient scope is around. */
import { type Dimensions, joinDimensions } from '../calculus/numbers/dimensions.ts';
import { shapeText } from '../calculus/shapes/verdict.ts';
import type { Node } from '../domain/graph.ts';
import type { Site } from '../program/ir.ts';

/** A place in the code, and what is known of the tensors that it gives, whichever call leads there. */
export interface ShapedPlace {
  readonly site: Site;
  readonly shape: string;
}

/** In the order of the text; of two places that begin together the inner one first. */
export function shapesIn(file: string, shapes: ReadonlyMap<Node, Dimensions>): readonly ShapedPlace[] {
  const places = new Map<string, { readonly site: Site; dimensions: Dimensions }>();
  for (const [{ site, transparent }, dimensions] of shapes) {
    if (site.file !== file || transparent) continue;
    const key = `${String(site.start)}-${String(site.end)}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, { site, dimensions });
    else known.dimensions = joinDimensions(known.dimensions, dimensions);
  }
  return [...places.values()].sort((a, b) => a.site.start - b.site.start || a.site.end - b.site.end).map(({ site, dimensions }) => ({ site, shape: shapeText(dimensions) }));
}
