/** What the analysis reports: what is wrong and where; of a gradient that is lost, the sources it costs and the path. */
import type { Reason } from '../domain/reasons.ts';
import type { Site } from '../program/ir.ts';
import type { Mend } from './mend.ts';

export interface Step {
  readonly label: string;
  readonly site: Site;
}

/** A part of a sentence: as it is, or something that was made somewhere, which is told with its line. */
export type Fragment = string | Step;

export type Details = Readonly<Record<string, readonly Fragment[]>>;

export interface Replacement {
  readonly site: Site;
  readonly text: string;
}

/** What the user sees at run time. */
export type Effect =
  /** The library throws this. */
  /** `once`: it hangs on tests whether it comes to it, or nobody has counted the rounds. */
  | { readonly kind: 'throws'; readonly error: string; readonly library: string; readonly once?: 'it is reached' | 'another round follows' }
  /** The library skips the source without a word. */
  | { readonly kind: 'skipped'; readonly library: string }
  /** The library throws this, unless one of the others gets a gradient: then it skips the source. What they are is not known where there are none. */
  | { readonly kind: 'throws-unless'; readonly others: readonly string[]; readonly error: string; readonly library: string }
  /** The library says that there is a gradient, and it is zero; `from`: by another path than the one that is told of; `unless`: behind the zero stands an operation whose derivative may not be finite, and zero times infinity is NaN. */
  | { readonly kind: 'zeros'; readonly from: Step | undefined; readonly unless: Step | undefined; readonly library: string }
  /** Whatever else the library does where it trains the model, the source stays as it is. */
  | { readonly kind: 'left' }
  /** In a model, every trainable layer before this one is skipped. */
  | { readonly kind: 'frozen-before'; readonly library: string }
  /** The library gives a gradient that is not the derivative, or says that nothing is connected. */
  | { readonly kind: 'wrong'; readonly library: string }
  /** Something else is trained than is meant. */
  | { readonly kind: 'misdirected'; readonly library: string }
  /** The library gives null for the source. */
  | { readonly kind: 'null'; readonly library: string }
  /** Nobody has said what the library does then. */
  | { readonly kind: 'untold'; readonly library: string }
  /** The source gets a gradient by this path, and nothing of what is cut. */
  | { readonly kind: 'partial'; readonly alive: readonly Step[] }
  /** The program goes on, more slowly than it could. */
  | { readonly kind: 'slow' }
  /** The library builds a model of it all the same. */
  | { readonly kind: 'built'; readonly library: string }
  /** It trains, worse than it could. */
  | { readonly kind: 'hampered'; readonly library: string }
  /** The optimizer moves variables with the moments of others, or throws where their shapes differ. */
  | { readonly kind: 'mixed'; readonly library: string }
  /** The gradient of the sources is NaN or infinite; `when`: in which step, or as soon as the numbers are such. */
  | { readonly kind: 'not-finite'; readonly library: string; readonly when: 'always' | 'in the first step' | 'where the guard is needed' | 'where one rounds to zero' | 'where all are zero' }
  /** What is computed is NaN, and so is what is made of it. */
  | { readonly kind: 'spreads'; readonly library: string }
  /** What is computed does nothing. */
  | { readonly kind: 'useless' }
  /** The units of a layer have the same weights, whatever they are trained on. */
  | { readonly kind: 'alike' };

export interface Finding {
  readonly cause: Reason;
  /** Which sentence of the rule fits. */
  readonly variant: string;
  /** Where to report, in the linted file. */
  readonly site: Site;
  /** Where it happens, when that is another file. */
  readonly elsewhere: Site | undefined;
  /** The user's names for what gets no gradient. */
  readonly sources: readonly string[];
  /** The code that breaks the path. */
  readonly code: string;
  /** The scope as written: `minimize`. */
  readonly scope: string;
  /** Up to the break. */
  readonly before: readonly Step[];
  /** From the break on to the target. */
  readonly after: readonly Step[];
  readonly effect: Effect;
  /** What stands in the placeholders that only the rule's own sentences have. */
  readonly details?: Details;
  readonly suggestion: { readonly replacements: readonly Replacement[]; readonly title: string } | undefined;
  /** An edit for which the syntax of the linted file has to be known. */
  readonly mend?: Mend | undefined;
}
