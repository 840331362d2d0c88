/** How code comes to be run. */
import type { Site } from '../program/ir.ts';

/** Whether code that is run here is run by the program, and what comes of it. */
export interface Circumstances {
  /** Tests of which it is not known how they come out, and on which it hangs whether the code is reached, innermost first. */
  readonly conditions: readonly Site[];
  /** It is reached by calls of one of several functions, of which it is not known which: it may be the one only for what it takes. */
  readonly chosen: boolean;
  /** It is reached whenever the calls are made and the loops are run in which it stands. */
  readonly certain: boolean;
  /** The program catches what is thrown. */
  readonly caught: boolean;
}
