/** What others may get at besides what they have been given: the functions of the file that they hold make it again. */
import type { Node } from '../../domain/graph.ts';
import { functionsAround } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';

export interface Held {
  readonly nodes: ReadonlySet<Node>;
  /** No function makes it: what it was made of is not got at by running any of them. */
  readonly isMadeOnce: (node: Node) => boolean;
}

export function heldByOthers({ history, program }: FileRun): Held {
  const isMadeOnce = ({ kind, site }: Node): boolean => {
    const module = kind === 'operation' ? program.module(site.file) : undefined;
    return module !== undefined && functionsAround(module, site).length === 0;
  };
  return { nodes: history.escaped, isMadeOnce };
}
