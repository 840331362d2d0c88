/** What a scope can lose, and the verdict on one. */
import type { Node } from '../../domain/graph.ts';
import type { AskedSource, ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import type { Underivable } from './recorded.ts';
import type { Break, Trace } from './trace.ts';

/** One proven loss. */
export type Loss =
  /** These sources are severed at a break. */
  | { readonly kind: 'severed'; readonly at: Break; readonly sources: readonly Node[]; readonly alone: boolean }
  /** The library is asked for a derivative that it does not have. */
  | { readonly kind: 'underivable'; readonly at: Underivable }
  /** A tape is asked for the gradient of what it neither watches nor has recorded. */
  | { readonly kind: 'unwatched'; readonly sources: readonly AskedSource[] }
  /** The target was made before the scope, of nothing trainable. */
  | { readonly kind: 'constant-target'; readonly crossing: Trace['crossings'][number] }
  /** A list of variables holds a plain tensor. */
  | { readonly kind: 'listed-tensor'; readonly node: Node }
  /** The loss is made of plain tensors alone. */
  | { readonly kind: 'plain-tensors'; readonly nodes: readonly [Node, ...Node[]] }
  /** The loss is made of data alone, all of it made in the scope. */
  | { readonly kind: 'constant-loss' }
  /** A variable made inside the scope is new in every run. */
  | { readonly kind: 'made-inside'; readonly node: Node }
  /** A gradient is differentiated again, through an operation that does not bear it. */
  | { readonly kind: 'gap'; readonly gradient: Node; readonly operation: Node; readonly sources: readonly Node[]; readonly outcome: 'throws' | 'wrong' }
  /** A weight of a custom layer that the layer does not know of. */
  | { readonly kind: 'untracked'; readonly node: Node }
  /** The scope uses a trainable variable that its list leaves out. */
  | { readonly kind: 'left-out'; readonly sources: readonly Node[]; readonly site: Site }
  /** The gradient is asked for, and the target does not use the source. */
  | { readonly kind: 'unused'; readonly sources: readonly Node[]; readonly site: Site; readonly alone: boolean }
  /** The target has more than one element, or an axis at the least, and the library wants a number. */
  | { readonly kind: 'no-scalar' }
  /** Nothing that the scope could train is trainable. */
  | { readonly kind: 'frozen'; readonly sources: readonly Node[] }
  /** Weights that were switched on when the model had been compiled without them. */
  | { readonly kind: 'late'; readonly sources: readonly Node[] }
  /** A weight of a layer of the program's own that its `call` does not use. */
  | { readonly kind: 'unused-weight'; readonly node: Node }
  /** The function does not use what it is differentiated with respect to. */
  | { readonly kind: 'ignored-argument'; readonly sources: readonly Node[] };

export type LossOf<K extends Loss['kind']> = Extract<Loss, { kind: K }>;

export interface Verdict {
  readonly run: ScopeRun;
  readonly trace: Trace;
  readonly losses: readonly Loss[];
  /** Losses only if nothing else ever trains the source: the scope asks for every variable there is. */
  readonly conditional: readonly LossOf<'severed' | 'left-out' | 'late'>[];
  /** Sources that get a gradient here, or may. */
  readonly trained: readonly Node[];
}
