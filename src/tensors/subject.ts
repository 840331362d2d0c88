
/** What a function or member of a library is used on. */
import type { Node } from '../domain/graph.ts';
import type { Value } from '../domain/value.ts';
import type { Library } from '../libraries/library.ts';

export interface Subject {
  readonly library: Library;
  /** The tensor or instance whose member it is; undefined for an export. */
  readonly receiver: Value | undefined;
  readonly node: Node | undefined;
  readonly name: string;
}
