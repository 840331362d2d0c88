import type ts from 'typescript';
import type { Binding, ClassCode, FunctionCode } from '../ir.ts';
import { NodeSite } from '../site.ts';

/** Deeper syntax is not followed: it does not occur in code that people write, and recursion has an end. */
const deepest = 400;

/** What is known of one source file while it is lowered, which is as long as some body in it is not lowered yet. */
export class SourceCode {
  /** In source order, as are the classes. */
  readonly functions = new Map<ts.Node, FunctionCode>();
  readonly classes = new Map<ts.Node, ClassCode>();
  readonly occurrences = new Map<string, number>();
  readonly source: ts.SourceFile;
  commonjs: Binding | undefined;
  #depth = 0;

  constructor(source: ts.SourceFile) {
    this.source = source;
  }

  site(node: ts.Node): NodeSite {
    return new NodeSite(node, this.source);
  }

  headSite(node: ts.Node, end: number): NodeSite {
    return new NodeSite(node, this.source, end);
  }

  count(name: string): void {
    this.occurrences.set(name, (this.occurrences.get(name) ?? 0) + 1);
  }

  /** Runs one level of a recursive descent, or `otherwise` where the nesting has become too deep. */
  nested<T>(descend: () => T, otherwise: () => T): T {
    if (this.#depth >= deepest) return otherwise();
    this.#depth++;
    try {
      return descend();
    } finally {
      this.#depth--;
    }
  }
}
