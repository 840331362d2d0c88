
/** What other files can get from a file. */
import type { Node } from '../domain/graph.ts';
import type { History } from '../domain/history.ts';
import type { ClassCode, FunctionCode } from '../program/ir.ts';
import type { Program } from '../program/program.ts';

export interface Exported {
  readonly nodes: ReadonlySet<Node>;
  readonly code: ReadonlySet<FunctionCode | ClassCode>;
}

/** A file that has been run: what is judged. */
export interface FileRun {
  readonly program: Program;
  readonly file: string;
  readonly history: History;
  readonly exported: Exported;
  /** The budget of steps was enough: no code was left out. */
  readonly complete: boolean;
  /** Whether another file that can get at the exports of this one trains every variable there is. */
  readonly isTrainedElsewhere: () => boolean;
}
