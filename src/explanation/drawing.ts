import type { FlowGraph } from './graph.ts';
import type { Sources } from './sources.ts';

export interface Drawing {
  readonly graph: FlowGraph;
  readonly sources: Sources;
  readonly cwd: string;
}

/** The whole text of a drawing, with its last line end. */
export type Draw = (drawing: Drawing) => string | Promise<string>;
