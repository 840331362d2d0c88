/** A library that implements tensors itself, as TF.js's core does: operations, their kernels and gradients, a tape, and tests. It names `grad` and `variable` everywhere and opens hardly a scope. */
import type { Corpus } from './corpora.ts';

type Template = (n: number) => string;

const operation: Template = (n) => `import { runKernel } from '../engine';
import type { Tensor, TensorLike } from '../tensor';
import { convertToTensor, makeTypesMatch } from '../tensor';
import { kernel${n} } from '../kernels/kernel-${n}';

export interface Attributes${n} { readonly axis?: number; readonly keepDims?: boolean }

/** Works on two tensors, element by element; its gradient is registered beside its kernel. */
export function operation${n}<T extends Tensor>(a: T | TensorLike, b: T | TensorLike, { axis = ${n % 4}, keepDims = false }: Attributes${n} = {}): T {
  let $a = convertToTensor(a, 'a', 'operation${n}');
  let $b = convertToTensor(b, 'b', 'operation${n}');
  [$a, $b] = makeTypesMatch($a, $b);
  if ($a.rank < axis) throw new Error(\`operation${n}: axis \${axis} is outside of rank \${$a.rank}\`);
  return runKernel<T>(kernel${n}.name, { a: $a, b: $b }, { axis, keepDims });
}
`;

const kernel: Template = (n) => `import { type Kernel, type Variable, registerKernel } from '../engine';
import { sizeOf, type Tensor } from '../tensor';

export const kernel${n}: Kernel = {
  name: 'Kernel${n}',
  forward({ a, b }, attributes) {
    const [left, right] = [a.values(), b.values()];
    const out = new Float32Array(sizeOf(a.shape));
    for (let index = 0; index < out.length; index++) {
      const [x, y] = [left[index] ?? 0, right[index % right.length] ?? 0];
      out[index] = x * ${n + 1} + y - Number(attributes['axis'] ?? 0);
    }
    return a.like(out);
  },
  grad(dy: Tensor, saved: readonly Tensor[]) {
    const [a] = saved;
    return { a: () => dy.scaled(${n + 1}), b: () => (a === undefined ? dy : a.like(dy.values())) };
  },
};

export function assign${n}(variable: Variable, value: Tensor): void {
  if (variable.shape.join() !== value.shape.join()) throw new Error(\`shape \${value.shape.join()} does not fit the variable \${variable.name}\`);
  variable.assign(value);
}

registerKernel(kernel${n});
`;

const specification: Template = (n) => `import { grad, variable } from '../engine';
import { operation${n} } from '../operations/operation-${n}';
import { tensor } from '../tensor';
import { describe, expectClose, it } from '../testing';

describe('operation${n}', () => {
  it('works on equal shapes', () => {
    const [a, b] = [tensor([1, 2, 3, 4], [2, 2]), tensor([${n}, 0, -1, 2], [2, 2])];
    expectClose(operation${n}(a, b, { axis: 1 }).values(), a.values().map((x, index) => x * ${n + 1} + (b.values()[index] ?? 0) - 1));
  });

  it('has a gradient', () => {
    const w = variable(tensor([1, 2, 3], [3]), 'w${n}');
    const slope = grad((x) => operation${n}(x, w))(tensor([1, 1, 1], [3]));
    expectClose(slope.values(), [${n + 1}, ${n + 1}, ${n + 1}]);
  });
});
`;

const core: Corpus = {
  'tensor.ts': `export type TensorLike = number | readonly number[];

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export class Tensor {
  constructor(readonly data: Float32Array, readonly shape: readonly number[]) {}
  get rank(): number { return this.shape.length; }
  values(): Float32Array { return this.data; }
  like(values: Float32Array): Tensor { return new Tensor(values, this.shape); }
  scaled(by: number): Tensor { return this.like(this.data.map((value) => value * by)); }
}

export const tensor = (values: readonly number[], shape: readonly number[]): Tensor => new Tensor(Float32Array.from(values), shape);

export function convertToTensor(given: Tensor | TensorLike, name: string, operation: string): Tensor {
  if (given instanceof Tensor) return given;
  if (typeof given === 'number') return tensor([given], []);
  if (!Array.isArray(given)) throw new Error(\`\${operation}: \${name} is no tensor\`);
  return tensor(given, [given.length]);
}

export function makeTypesMatch(a: Tensor, b: Tensor): [Tensor, Tensor] {
  return sizeOf(a.shape) >= sizeOf(b.shape) ? [a, b] : [b, a];
}
`,
  'engine.ts': `import { Tensor, sizeOf } from './tensor';

export interface Kernel {
  readonly name: string;
  forward(inputs: Record<'a' | 'b', Tensor>, attributes: Record<string, unknown>): Tensor;
  grad(dy: Tensor, saved: readonly Tensor[]): Record<'a' | 'b', () => Tensor>;
}

interface Record_ { readonly kernel: Kernel; readonly inputs: Record<'a' | 'b', Tensor>; readonly output: Tensor }

const kernels = new Map<string, Kernel>();
let tape: Record_[] | undefined;

export const registerKernel = (kernel: Kernel): void => { kernels.set(kernel.name, kernel); };

export function runKernel<T extends Tensor>(name: string, inputs: Record<'a' | 'b', Tensor>, attributes: Record<string, unknown>): T {
  const kernel = kernels.get(name);
  if (kernel === undefined) throw new Error(\`Kernel \${name} is not registered\`);
  const output = kernel.forward(inputs, attributes);
  tape?.push({ kernel, inputs, output });
  return output as T;
}

export class Variable extends Tensor {
  constructor(initial: Tensor, readonly name: string) { super(initial.data, initial.shape); }
  assign(value: Tensor): void { this.data.set(value.data); }
}

export const variable = (initial: Tensor, name: string): Variable => new Variable(initial, name);

export function grad(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) => {
    const outer = tape;
    const records: Record_[] = (tape = []);
    const y = f(x);
    tape = outer;
    const slopes = new Map<Tensor, Tensor>([[y, y.like(new Float32Array(sizeOf(y.shape)).fill(1))]]);
    for (const { kernel, inputs, output } of records.reverse()) {
      const dy = slopes.get(output);
      if (dy === undefined) continue;
      for (const [key, slope] of Object.entries(kernel.grad(dy, [inputs.a, inputs.b]))) slopes.set(inputs[key as 'a' | 'b'], slope());
    }
    return slopes.get(x) ?? x.like(new Float32Array(sizeOf(x.shape)));
  };
}
`,
  'testing.ts': `export const describe = (name: string, body: () => void): void => { console.log(name); body(); };
export const it = (name: string, body: () => void): void => { body(); console.log(\`  \${name}\`); };
export function expectClose(given: ArrayLike<number>, wanted: ArrayLike<number>): void {
  for (let index = 0; index < wanted.length; index++) if (Math.abs((given[index] ?? 0) - (wanted[index] ?? 0)) > 1e-4) throw new Error(\`\${given[index]} is not \${wanted[index]}\`);
}
`,
  // The library is compared with the one that people know.
  'comparison.ts': `import * as tf from '@tensorflow/tfjs';
import { grad } from './engine';
import { operation0 } from './operations/operation-0';
import { tensor } from './tensor';
import { expectClose } from './testing';

const ours = grad((x) => operation0(x, tensor([1, 2], [2])))(tensor([3, 4], [2]));
const theirs = tf.grad((x: tf.Tensor) => x.mul(1).add(tf.tensor1d([1, 2])))(tf.tensor1d([3, 4]));
expectClose(ours.values(), theirs.dataSync());
`,
};

export function tensorLibrary(files: number): Corpus {
  const operations = Array.from({ length: Math.round((files - Object.keys(core).length - 1) / 3) }, (_, n) => n);
  const all = operations.flatMap((n) => [[`operations/operation-${n}.ts`, operation(n)], [`kernels/kernel-${n}.ts`, kernel(n)], [`tests/operation-${n}.spec.ts`, specification(n)]]);
  const barrel = operations.map((n) => `export * from './operations/operation-${n}';`).join('\n');
  return { ...core, 'index.ts': `export * from './tensor';\nexport * from './engine';\n${barrel}\n`, ...Object.fromEntries(all) as Corpus };
}
