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

export class FirstStep {
  readonly #known = new Map<Node, Facts>();
  readonly #isCertain: boolean;
  readonly #overwritten: ReadonlySet<Node>;

  constructor(readonly run: FileRun, readonly survey: Survey, readonly verdict: Verdict, readonly operations: ReadonlyMap<Node, Operation>) {
    const { history, complete } = run;
    this.#overwritten = overwrittenWeights(history);
    // What moves variables is known: every scope, and every step.
    const judged = new Set(survey.verdicts.map((each) => each.run));
    this.#isCertain = complete && !history.hasUnknownSteps && history.all('scope').every((scope) => judged.has(scope) || survey.failing.has(scope.tape));
  }

  factsOf(value: Value): Facts | undefined {
    if (value.kind !== 'tensor') return undefined;
    const { node, facts } = value;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#known.set(node, facts);
    const found = this.#initial(node) ?? this.#computed(node, facts);
    this.#known.set(node, found);
    return found;
  }

  /** Of a variable that no other scope trains and nothing else gives values. */
  #initial(node: Node): Facts | undefined {
    const { history, exported } = this.run;
    if (!this.#isCertain || node.repeated || this.#overwritten.has(node) || history.escaped.has(node) || exported.nodes.has(node)) return undefined;
    const others = this.survey.verdicts.filter(({ run }) => run.site !== this.verdict.run.site || run.callback !== this.verdict.run.callback);
    return others.some(({ trained, run }) => run.form.kind !== 'function' && trained.includes(node)) ? undefined : history.initial.get(node);
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
