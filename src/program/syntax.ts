/** What stands at a place of a program. */
import { type Written, expressionsOf } from './expressions.ts';
import type { Expression, Site } from './ir.ts';
import type { Program } from './program.ts';

export class Syntax {
  readonly #files = new Map<string, ReadonlyMap<string, Expression>>();
  readonly #written = new Map<string, readonly Written[]>();

  constructor(readonly program: Program) {}

  /** The expression that is written there; undefined where something else is. */
  at(site: Site): Expression | undefined {
    let file = this.#files.get(site.file);
    if (file === undefined) this.#files.set(site.file, (file = byPlace(this.written(site.file))));
    return file.get(placeOf(site));
  }

  /** The expressions of a file; none where it is not known. */
  written(file: string): readonly Written[] {
    let written = this.#written.get(file);
    if (written === undefined) {
      const module = this.program.module(file);
      this.#written.set(file, (written = module === undefined ? [] : [...expressionsOf(module)]));
    }
    return written;
  }
}

/** Where sugar is lowered to several expressions, the call among them. */
function byPlace(written: readonly Written[]): ReadonlyMap<string, Expression> {
  const known = new Map<string, Expression>();
  for (const { expression } of written) {
    const place = placeOf(expression.site);
    if (expression.op === 'call' || !known.has(place)) known.set(place, expression);
  }
  return known;
}

function placeOf({ start, end }: Site): string {
  return `${String(start)}:${String(end)}`;
}
