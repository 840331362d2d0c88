/** What a run over a file has shown so far. */
import type { FunctionCode } from '../program/ir.ts';
import type { CallChain, Node, Tape } from '../domain/graph.ts';
import type { UninitialisedUse } from '../interpreter/machine.ts';
import type { Mistake } from '../judgements/gradients/mistakes.ts';
import type { ComputedGradient, Suspicion, SyncRead } from '../judgements/training/suspicions.ts';
import type { Verdict } from '../judgements/gradients/verdict.ts';

export class Heard {
  constructor(
    /** Functions that have been called. */
    readonly entered = new Set<FunctionCode>(),
    readonly verdicts: Verdict[] = [],
    /** Uses of names before their declaration has run, inside a scope. */
    readonly early: { readonly use: UninitialisedUse; readonly chain: CallChain | undefined }[] = [],
    /** Calls and results that are wrong by themselves. */
    readonly mistakes: Mistake[] = [],
    /** Sources that something trains or overwrites. */
    readonly alive = new Set<Node>(),
    /** Sources that get their values from elsewhere. */
    readonly overwritten = new Set<Node>(),
    /** What warnings are made of. */
    readonly syncReads: SyncRead[] = [],
    readonly gradients: ComputedGradient[] = [],
    readonly suspicions: Suspicion[] = [],
    /** Tapes of scopes that throw for what they return. */
    readonly failing = new Set<Tape>(),
  ) {}

  copy(): Heard {
    return new Heard(new Set(this.entered), [...this.verdicts], [...this.early], [...this.mistakes], new Set(this.alive), new Set(this.overwritten), [...this.syncReads], [...this.gradients], [...this.suspicions], new Set(this.failing));
  }
}
