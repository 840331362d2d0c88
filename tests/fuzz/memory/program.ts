/** Programs that make tensors in a round that is run again and again: dispose, keep and tidy them, or forget them. */
import type { Choices } from '../generate/random.ts';

/** One line: what may be noted when it is run is a statement. */
interface Line {
  readonly text: string;
  readonly statement: boolean;
}

export interface MemoryProgram {
  readonly text: string;
  /** The lines of the round, counted from one: its first, and the one behind its last. */
  readonly round: readonly [first: number, end: number];
  /** Lines that are statements. */
  readonly statements: ReadonlySet<number>;
}

const head = `import * as tf from '@tensorflow/tfjs';

const w = tf.variable(tf.tensor1d([0.5, 1, 2]));
const optimizer = tf.train.sgd(0.01);
const bag: tf.Tensor[] = [];
let held: tf.Tensor | undefined;
export let told = 0;

function value(x: tf.Tensor): number {
  return x.dataSync()[0]!;
}
function twice(x: tf.Tensor): tf.Tensor {
  return x.add(1).mul(2);
}
function sum(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => x.square().sum());
}
function drop(x: tf.Tensor): void {
  x.dispose();
}
`.trimEnd().split('\n');

/** What stands around statements that are chosen. */
interface Around {
  /** Tensors that are there, and are not disposed as far as the code at hand goes. */
  readonly names: readonly string[];
  readonly depth: number;
  readonly loop: boolean;
  /** In a function of its own, which has no way out of the round. */
  readonly inner: boolean;
}

export function memoryProgram(choices: Choices): MemoryProgram {
  const body = new Writer(choices).body();
  const lines: readonly Line[] = [...head, 'export async function round(numbers: number[], a: boolean, b: boolean): Promise<void> {'].map((text) => ({ text, statement: false }));
  const all = [...lines, ...body, { text: '}', statement: false }];
  const statements = new Set(all.flatMap(({ statement }, index) => (statement ? index + 1 : [])));
  return { text: `${all.map(({ text }) => text).join('\n')}\n`, round: [lines.length + 1, all.length], statements };
}

class Writer {
  #made = 0;

  constructor(readonly choices: Choices) {}

  body(): readonly Line[] {
    const end = line(1, 'tf.dispose(bag.splice(0));');
    return [line(1, 'await tf.nextFrame();'), ...this.#block({ names: [], depth: 1, loop: false, inner: false }, 3 + this.choices.below(6)), end];
  }

  #block(around: Around, count: number): readonly Line[] {
    let { names } = around;
    const lines: Line[] = [];
    for (let index = 0; index < count; index++) {
      const { written, after } = this.#statement({ ...around, names });
      lines.push(...written);
      names = after;
    }
    return lines;
  }

  #statement(around: Around): { readonly written: readonly Line[]; readonly after: readonly string[] } {
    const { names, depth } = around;
    const simple = (text: string, after = names): { readonly written: readonly Line[]; readonly after: readonly string[] } => ({ written: [line(depth, text)], after });
    const nested = (open: string, inside: Around, close = '}'): { readonly written: readonly Line[]; readonly after: readonly string[] } => ({ written: [opening(depth, open), ...this.#block({ ...inside, depth: depth + 1 }, 1 + this.choices.below(3)), opening(depth, close)], after: names });
    const name = names.length === 0 ? undefined : this.choices.pick(names);
    const isShallow = depth < 3;
    const kinds: [number, () => { readonly written: readonly Line[]; readonly after: readonly string[] }][] = [
      [5, () => { const made = `x${String(++this.#made)}`; return simple(`const ${made} = ${this.#expression(names, 2)};`, [...names, made]); }],
      [2, () => simple(`told += value(${this.#expression(names, 2)});`)],
      [1, () => simple(`bag.push(${this.#expression(names, 1)});`)],
      [1, () => simple(`held?.dispose(); held = ${this.#expression(names, 1)};`)],
    ];
    if (name !== undefined) {
      const others = names.filter((each) => each !== name);
      // Now and then it is used all the same.
      const gone = this.choices.chance(0.1) ? names : others;
      kinds.push([4, () => simple(this.choices.pick([`${name}.dispose();`, `drop(${name});`, `tf.dispose(${name});`, `tf.dispose([${name}]);`]), gone)]);
      kinds.push([1, () => simple(`bag.push(${name});`, others)]);
      if (isShallow) kinds.push([1, () => ({ written: [opening(depth, 'try {'), ...this.#block({ ...around, depth: depth + 1 }, 1 + this.choices.below(2)), opening(depth, '} finally {'), line(depth + 1, `${name}.dispose();`), opening(depth, '}')], after: others })]);
    }
    if (isShallow) {
      kinds.push([2, () => nested(`if (${this.choices.pick(['a', 'b', '!a'])}) {`, around)]);
      kinds.push([1, () => nested('for (const n of numbers) {', { ...around, loop: true })]);
      kinds.push([1, () => nested('for (let i = 0; i < 2; i++) {', { ...around, loop: true })]);
      kinds.push([1, () => nested('numbers.forEach((n) => {', { ...around, loop: false, inner: true }, '});')]);
      kinds.push([1, () => nested('tf.tidy(() => {', { ...around, loop: false, inner: true }, '});')]);
    }
    if (depth > 1 && around.loop) kinds.push([0.5, () => simple(`if (${this.choices.pick(['a', 'b'])}) ${this.choices.pick(['break', 'continue'])};`)]);
    if (!around.inner) kinds.push([0.5, () => simple(`if (${this.choices.pick(['a', 'b'])}) return;`)]);
    return this.choices.weighted(kinds)();
  }

  #expression(names: readonly string[], depth: number): string {
    const { choices } = this;
    const inner = (): string => (names.length > 0 && choices.chance(0.6) ? choices.pick(names) : depth > 0 ? this.#expression(names, depth - 1) : 'tf.ones([3])');
    return choices.weighted<() => string>([
      [2, () => 'tf.tensor1d([1, 2, 3])'],
      [1, () => 'tf.tensor1d(numbers)'],
      [2, () => `${inner()}.add(1)`],
      [1, () => `tf.mul(${inner()}, 2)`],
      [1, () => `twice(${inner()})`],
      [1, () => `sum(${inner()})`],
      [2, () => `tf.tidy(() => ${inner()}.square().mean())`],
      [0.5, () => 'optimizer.minimize(() => w.square().mean(), true)!'],
      [0.5, () => `tf.keep(${inner()}.neg())`],
    ])();
  }
}

const line = (depth: number, text: string): Line => ({ text: `${'  '.repeat(depth)}${text}`, statement: true });
const opening = (depth: number, text: string): Line => ({ ...line(depth, text), statement: false });
