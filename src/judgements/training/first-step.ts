/** What is known of values in the first step that trains a variable: then it has the values that it was made with. */
import type { Argument } from '../../calculus/numbers/argument.ts';
import { type Facts, noFacts } from '../../calculus/numbers/facts.ts';
import { isAny } from '../../calculus/numbers/interval.ts';
import { factsOfResult } from '../../calculus/numbers/results/index.ts';
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { Value } from '../../domain/value.ts';
import type { FileRun } from '../file-run.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Survey } from '../gradients/survey.ts';
import { overwrittenWeights } from './kernels.ts';

/** What is known of a value. */
export type Known = (value: Value) => Facts | undefined;

/** What moves the variables of a file from the values that they were made with. */
export class Moves {
  readonly #overwritten: ReadonlySet<Node>;
  readonly #training = new Map<Node, Verdict[]>();
  /** Every scope is known, and every step. */
  readonly #areKnown: boolean;

  constructor(readonly run: FileRun, { verdicts, failing }: Survey) {
    const { history, complete } = run;
    this.#overwritten = overwrittenWeights(history);
    const judged = new Set(verdicts.map((each) => each.run));
    this.#areKnown = complete && !history.hasUnknownSteps && history.all('scope').every((scope) => judged.has(scope) || failing.has(scope.tape));
    for (const verdict of verdicts) {
      if (verdict.run.form.kind === 'function') continue;
      for (const node of verdict.trained) this.#training.set(node, [...this.#training.get(node) ?? [], verdict]);
    }
  }

  /** With what a variable begins that nothing but one scope moves. */
  initial(node: Node, { run: { site, callback } }: Verdict): Facts | undefined {
    const { history, exported } = this.run;
    if (!this.#areKnown || node.repeated || this.#overwritten.has(node) || history.escaped.has(node) || exported.nodes.has(node)) return undefined;
    const others = this.#training.get(node)?.some(({ run }) => run.site !== site || run.callback !== callback);
    return others === true ? undefined : history.initial.get(node);
  }
}

export class FirstStep {
  readonly #known = new Map<Node, Facts>();

  constructor(readonly moves: Moves, readonly verdict: Verdict, readonly operations: ReadonlyMap<Node, Operation>) {}

  factsOf(value: Value): Facts | undefined {
    if (value.kind !== 'tensor') return undefined;
    const { node, facts } = value;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#known.set(node, facts);
    const found = this.moves.initial(node, this.verdict) ?? this.#computed(node, facts);
    this.#known.set(node, found);
    return found;
  }

  #computed(node: Node, facts: Facts): Facts {
    const operation = this.operations.get(node);
    if (operation?.operands === undefined || node.several || node.transparent) return facts;
    const { library: { precision, formulas }, path, operands } = operation;
    if (Object.hasOwn(formulas, path)) return facts;
    const found = factsOfResult(precision, path, operands.map((operand) => this.#argument(operand)));
    return isAny(found.range) && found.elements === undefined ? facts : found;
  }

  #argument(value: Value): Argument {
    if (value.kind === 'tensor') return { kind: 'tensor', facts: this.factsOf(value) ?? noFacts };
    return value.kind === 'literal' && typeof value.value !== 'bigint' ? { kind: 'constant', value: value.value } : { kind: 'unknown' };
  }
}
