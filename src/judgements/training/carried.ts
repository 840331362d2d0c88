/** To which sources a gradient that is not finite comes back as such. */
import type { Facts } from '../../calculus/numbers/facts.ts';
import { elementsOf } from '../../calculus/numbers/facts.ts';
import type { Interval } from '../../calculus/numbers/interval.ts';
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { Value } from '../../domain/value.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Known } from './first-step.ts';

/** In which elements a gradient is not finite. */
export type Where = readonly number[] | 'somewhere';

export class Carried {
  readonly #seen = new Set<Node>();
  readonly #asked: ReadonlySet<Node>;

  constructor(readonly verdict: Verdict, readonly operations: ReadonlyMap<Node, Operation>, readonly known: Known) {
    this.#asked = new Set(verdict.trained.filter((node) => !node.isOn(verdict.run.tape)));
  }

  /** Through operations that multiply, on the way back. */
  sourcesBehind(node: Node, where: Where): readonly Node[] {
    const { run: { tape, moment }, trace } = this.verdict;
    if (this.#seen.has(node) || node.transparent || node.several) return this.#isTrainedWhole(node) ? [node] : [];
    if (node.kind === 'source') return this.#asked.has(node) && trace.trains(node) && !node.foreign ? [node] : [];
    this.#seen.add(node);
    const operation = this.operations.get(node);
    if (operation?.operands === undefined || !node.isOn(tape)) return [];
    return node.inputsAt(moment).flatMap(({ from, effect }) => {
      const there = effect === 'flows' ? this.#through(operation, from, where) : undefined;
      return there === undefined ? [] : this.sourcesBehind(from, there);
    });
  }

  /** Of the weights of a layer, which stand for several variables, not each need be concerned. */
  #isTrainedWhole(node: Node): boolean {
    return node.kind === 'source' && !node.several && this.#asked.has(node) && this.verdict.trace.trains(node);
  }

  /** Where the gradient of an operand is not finite, if it is for certain. */
  #through({ library: { usage }, path, operands = [], node }: Operation, from: Node, where: Where): Where | undefined {
    const operand = operands.find((value) => value.kind === 'tensor' && value.node === from);
    if (operand === undefined) return undefined;
    if (path === usage.clip) return this.#unclipped(operand, operands, where);
    if (!usage.carrying.has(path)) return undefined;
    return usage.elementwise.has(path) || usage.products.has(path) || usage.additive.has(path) ? this.#sameElements(operand, node, where) : 'somewhere';
  }

  /** Element by element, of an operand that is not broadcast. */
  #sameElements(operand: Value, result: Node, where: Where): Where {
    if (where === 'somewhere') return where;
    const own = this.#elements(operand)?.length;
    const users = this.operations.get(result)?.operands ?? [];
    const others = users.map((value) => this.#elements(value)?.length ?? (value.kind === 'literal' ? 1 : undefined));
    return own !== undefined && others.every((count) => count !== undefined && (count === own || count === 1)) ? where : 'somewhere';
  }

  /** Elements that lie between the bounds. */
  #unclipped(operand: Value, [, low, high]: readonly Value[], where: Where): Where | undefined {
    const elements = this.#elements(operand);
    if (where === 'somewhere' || elements === undefined || low?.kind !== 'literal' || high?.kind !== 'literal') return undefined;
    const [from, to] = [Number(low.value), Number(high.value)];
    const passed = where.filter((index) => {
      const element = elements[index];
      return element !== undefined && element.low >= from && element.high <= to;
    });
    return passed.length === 0 ? undefined : passed;
  }

  #elements(value: Value): readonly Interval[] | undefined {
    const facts: Facts | undefined = this.known(value);
    return facts && elementsOf(facts)?.elements;
  }
}
