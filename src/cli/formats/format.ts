import type { ESLint } from 'eslint';

import type { Report } from '../report.ts';
import type { Sources } from '../../explanation/sources.ts';
import type { Paint } from '../terminal.ts';

export interface Rendering {
  readonly report: Report;
  readonly sources: Sources;
  readonly cwd: string;
  readonly paint: Paint;
  readonly width: number;
  /** For the formats that are ESLint's. */
  readonly eslint: typeof ESLint;
}

/** The whole text of a report, with its last line end; `''` where the format has nothing to say. */
export type Format = (rendering: Rendering) => string | Promise<string>;
