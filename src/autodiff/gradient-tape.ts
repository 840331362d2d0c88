import { backpropagate } from './backpropagation.ts';
import { ones } from './creation.ts';
import { shapeText, TensorError } from './errors.ts';
import { describeValue } from './nested.ts';
import { explainOn, explainUnwatched } from './provenance/explain.ts';
import type { Explanation } from './provenance/explanation.ts';
import { offTape, onTape, untaped, type Tape } from './tape.ts';
import { sameShape } from '../calculus/shape.ts';
import { Tensor } from './tensor.ts';
import { Variable } from './variable.ts';

export interface TapeOptions {
  /** Whether `gradient` may be called more than once. */
  readonly persistent?: boolean;
  /** Whether trainable variables are watched as soon as they are used. True unless said otherwise. */
  readonly watchAccessedVariables?: boolean;
  /** Whether explanations name the line of each operation. Costs a stack trace an operation. */
  readonly locations?: boolean;
}

/**
 * Records operations, and differentiates what it recorded.
 *
 *     const tape = new GradientTape();
 *     const loss = tape.record(() => {
 *       tape.watch(x);
 *       return x.square().sum();
 *     });
 *     tape.gradient(loss, x); // 2x
 *
 * Tapes nest: an outer tape that records while an inner one computes a gradient records that computation too, and so
 * differentiates the gradient.
 */
export class GradientTape {
  readonly #persistent: boolean;
  readonly #watchVariables: boolean;
  readonly #tape: Tape;
  /** The ids of the tensors that `watch` was called with. */
  readonly #watched = new Set<number>();
  #used = false;
  #active = false;

  constructor(options: TapeOptions = {}) {
    this.#persistent = options.persistent ?? false;
    this.#watchVariables = options.watchAccessedVariables ?? true;
    this.#tape = { locations: options.locations ?? false, operations: [], reads: [], assignments: [], leaves: [] };
  }

  /**
   * Runs `body` and records its operations.
   * @returns what `body` returns
   * @throws TensorError 'async' when `body` returns a promise: what it does after its first await is not recorded
   */
  record<Result>(body: () => Result): Result {
    const outer = this.#active;
    this.#active = true;
    try {
      const result = outer ? body() : onTape(this.#tape, body);
      if (result instanceof Promise) {
        throw new TensorError('async', 'GradientTape.record(body): body must not be async; operations after an await run when the tape has stopped');
      }
      return result;
    } finally {
      this.#active = outer;
    }
  }

  /** Runs `body` without recording it, in the middle of a recording. */
  stopRecording<Result>(body: () => Result): Result {
    return offTape(this.#tape, body);
  }

  /**
   * Makes `tensor` a source: gradients can be asked for it. It may be called before, in or after the recording.
   * @param name the user's word for it, in explanations
   */
  watch(tensor: Tensor, name?: string): void {
    if (!(tensor instanceof Tensor)) throw new TensorError('not-a-tensor', `GradientTape.watch(tensor): expected a tensor, but got ${describeValue(tensor)}`);
    if (name !== undefined) tensor.name = name;
    this.#watched.add(tensor.id);
  }

  /**
   * The gradients of `target` with respect to sources; of its sum if it is no scalar.
   * @param sources one tensor, or several
   * @param outputGradient the target's own cotangent, ones when left out
   * @returns for each source a tensor of its shape: zeros where every path has derivative zero; or null where no path
   *   leads from it to the target, or no tape watches it
   * @throws TensorError 'tape-used' on a second call, unless the tape is persistent
   */
  gradient(target: Tensor, sources: Tensor, outputGradient?: Tensor): Tensor | null;
  gradient(target: Tensor, sources: readonly Tensor[], outputGradient?: Tensor): (Tensor | null)[];
  gradient(target: Tensor, sources: Tensor | readonly Tensor[], outputGradient?: Tensor): Tensor | null | (Tensor | null)[] {
    const list = sources instanceof Tensor ? [sources] : sources;
    for (const each of [target, ...list]) {
      if (!(each instanceof Tensor)) throw new TensorError('not-a-tensor', `GradientTape.gradient(target, sources): expected tensors, but got ${describeValue(each)}`);
    }
    if (this.#used && !this.#persistent) {
      throw new TensorError('tape-used', 'GradientTape.gradient can only be called once on a tape that is not persistent');
    }
    this.#used = true;
    const watched = list.filter((source) => this.#watches(source));
    const found = watched.length === 0 ? [] : this.#backpropagate(target, watched, outputGradient);
    const gradients = list.map((source) => found[watched.indexOf(source)] ?? null);
    return sources instanceof Tensor ? gradients[0]! : gradients;
  }

  /**
   * Whether and how the gradient of `target` reaches `source`: connected, zero or severed, with the operations on the
   * path, and where and why it ended. May be asked any number of times.
   */
  explain(target: Tensor, source: Tensor): Explanation {
    return untaped(() => {
      const unwatched = this.#watches(source) ? null : explainUnwatched(this.#tape, target, source);
      return unwatched ?? explainOn(this.#tape, target, source);
    });
  }

  /** The result of an operation on the tape can be asked for without being watched; other tensors must be watched. */
  #watches(source: Tensor): boolean {
    if (this.#watched.has(source.id)) return true;
    if (source instanceof Variable) return this.#watchVariables && source.trainable;
    return this.#tape.operations.some((operation) => operation.result.id === source.id);
  }

  #backpropagate(target: Tensor, sources: readonly Tensor[], outputGradient: Tensor | undefined): (Tensor | null)[] {
    if (outputGradient !== undefined && !sameShape(outputGradient.shape, target.shape)) {
      throw new TensorError('shape', `The shape of dy ${shapeText(outputGradient.shape)} must match the shape of the target ${shapeText(target.shape)}`);
    }
    return backpropagate([...this.#tape.operations], target, sources, outputGradient ?? ones(target.shape));
  }
}
