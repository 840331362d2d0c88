/** Which of JavaScript's own ways to compute with numbers have a derivative that is not zero. */
import type { Node } from '../../domain/graph.ts';

/** Functions and methods that follow every change of what they are given, and operators; nothing is known of the others. */
const smooth: ReadonlySet<string> = new Set([
  'sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'abs', 'hypot', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'fround',
  'Number', 'parseFloat', 'slice', 'subarray', 'concat', 'flat', 'reverse', 'at', 'valueOf', 'from', 'of',
  '+', '-', '*', '/', '**',
]);

/** Remembers of values that they went into a function that may give the same for all of them. */
export function roughen(name: string, nodes: readonly Node[]): void {
  if (!smooth.has(name)) for (const node of nodes) node.coarse = true;
}
