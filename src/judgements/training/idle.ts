/** Optimizers that are made and named, and never spoken of again. */
import type { Node } from '../../domain/graph.ts';
import type { FileRun } from '../file-run.ts';
import { locate } from '../places.ts';
import type { Suspicion } from '../suspicions.ts';

/** Whatever is done with one is done by its name: where that stands but once, nothing is. */
export function idleOptimizers(run: FileRun): readonly Suspicion[] {
  const { history: { lifetimes, escaped }, exported, program, file } = run;
  // The names of a plain script are those of its page.
  if (!program.mentions(file, /^\s*(?:import|export)\b|\brequire\s*\(/mu)) return [];
  const isOurs = (node: Node): boolean => !escaped.has(node) && !exported.nodes.has(node);
  return [...lifetimes.lives].flatMap(([node, { kind, site, chain, label }]): readonly Suspicion[] => {
    const isIdle = kind === 'optimizer' && site.file === file && isOurs(node) && node.name !== undefined && isSpokenOfOnce(run, node.name) && locate(file, site, chain) !== undefined;
    return isIdle ? [{ cause: 'shared-optimizer', variant: 'idle', site, chain, scope: label, about: [node], effect: { kind: 'slow' } }] : [];
  });
}

/** A variable of the file, which has no other name. What stands in a comment is not spoken. */
function isSpokenOfOnce({ program, file }: FileRun, name: string): boolean {
  const spoken = `(?<!^[^'"\`/\\n]*//[^\\n]*)\\b${name}\\b`;
  return /^[\p{L}_]\w*$/u.test(name) && program.mentions(file, new RegExp(`\\b(?:const|let|var)\\s+${name}\\b`, 'u')) && !program.mentions(file, new RegExp(`${spoken}[^]*${spoken}`, 'mu'));
}
