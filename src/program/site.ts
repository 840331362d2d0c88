import type ts from 'typescript';
import type { Site } from './ir.ts';

/** A site that remembers its syntax node, for this folder only: the type checker is asked about nodes. */
export class NodeSite implements Site {
  readonly #node: ts.Node;
  readonly #source: ts.SourceFile;
  readonly #end: number | undefined;
  #start: number | undefined;

  /** With `end`, only the head of the node is meant. */
  constructor(node: ts.Node, source: ts.SourceFile, end?: number) {
    this.#node = node;
    this.#source = source;
    this.#end = end;
  }

  get file(): string {
    return this.#source.fileName;
  }

  get start(): number {
    return (this.#start ??= this.#node.getStart(this.#source));
  }

  get end(): number {
    return this.#end ?? this.#node.end;
  }

  get line(): number {
    return this.#source.getLineAndCharacterOfPosition(this.start).line + 1;
  }

  static nodeOf(site: Site): ts.Node | undefined {
    return #node in site ? site.#node : undefined;
  }

  static textOf(site: Site): string | undefined {
    return #source in site ? site.#source.text.slice(site.start, site.end) : undefined;
  }
}
