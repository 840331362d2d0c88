/** What would mend a finding and needs the syntax of the linted file to be written. */
import type { Site } from '../program/ir.ts';

export type Mend =
  /** The result of the scope, at the place of the finding, is reduced to one number by this method. */
  | { readonly kind: 'reduce'; readonly method: string }
  /** These calls make variables that are not to be trained. */
  | { readonly kind: 'train'; readonly made: readonly Site[] }
  /** What stands at the place of the finding, and is read at once by one of these methods, is computed in a region of the library with these packages. */
  | { readonly kind: 'hold'; readonly region: string; readonly reads: readonly string[]; readonly packages: ReadonlySet<string> }
  /** The assignment at the place of the finding changes the variable itself. */
  | { readonly kind: 'assign' }
  /** The function is run once, where it stands, and computes these values itself; of each: where it is made, and the calls that lead there. */
  | { readonly kind: 'move-inside'; readonly callback: Site; readonly values: readonly (readonly Site[])[] }
  /** What is named at the place of the finding is there before it is used; the calls that lead there, the first one last. */
  | { readonly kind: 'define-before'; readonly calls: readonly Site[] };
