/** Where a break is shown, and whether it is a variable whose name has been given to a plain value. */
import type { CallChain } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import type { FileRun } from '../file-run.ts';
import { nameOf } from '../names.ts';
import type { Break } from './trace.ts';

/** Where something is, and in which calls. */
interface CalledPlace {
  readonly site: Site;
  readonly chain: CallChain | undefined;
}

/** A read, a stop or an operation is shown itself; a value from before the scope where the scope first names it. */
export function breakPlace(run: ScopeRun, { cause, path, after, edge }: Break): CalledPlace {
  if (cause === 'assign') return { site: edge.site, chain: edge.chain };
  if (cause !== 'computed-outside') return { site: after.site, chain: after.chain };
  return firstEntry(run, path) ?? { site: edge.site, chain: after.chain };
}

/** Where the scope first names the value at the end of a path, or that which it stands for after a branch. */
function firstEntry({ tape }: ScopeRun, path: readonly Node[]): CalledPlace | undefined {
  const from = path.findLastIndex((node) => !node.transparent);
  const named = new Set(path.slice(from));
  return [...tape.entries].find(([node]) => named.has(node))?.[1];
}

/** What was put in the place of a variable, under its own name: `w = w.sub(…)`. */
export function replacementOf(file: FileRun, run: ScopeRun, at: Break, source: Node): Node | undefined {
  if (at.cause !== 'computed-outside') return undefined;
  const value = at.path.findLast((node) => !node.transparent);
  return value !== source && file.program.text(breakPlace(run, at).site) === nameOf(file, source) ? value : undefined;
}

/** Whether a value is computed from one source, and gradients, alone: it is no average of it and another one. */
export function isOfAlone({ history }: FileRun, value: Node, source: Node): boolean {
  const gradients = new Set(history.all('gradient').map(({ node }) => node));
  const seen = new Set<Node>([value]);
  for (const node of seen) {
    if (node === source || gradients.has(node)) continue;
    if (node.kind === 'source') return false;
    for (const { from } of node.inputs) seen.add(from);
  }
  return true;
}
