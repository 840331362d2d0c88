import type { Sources } from '../sources.ts';
import type { Paint } from '../terminal.ts';
import type { FlowGraph } from './model.ts';

export interface Drawing {
  readonly graph: FlowGraph;
  readonly sources: Sources;
  readonly cwd: string;
  /** For text only. */
  readonly paint: Paint;
}

/** The whole text of a drawing, with its last line end. */
export type Draw = (drawing: Drawing) => string | Promise<string>;
