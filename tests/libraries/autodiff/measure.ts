/** The core as the library that is measured. */
import * as core from '../../../src/autodiff/index.ts';
import { Measure, type Outcome } from '../measure/measure.ts';
import { MethodMeasure } from '../measure/methods.ts';
import type { OperandSample } from '../measure/sample.ts';
import { methodSamples, otherMethods, samples } from './samples.ts';

type Tensor = core.Tensor;

/** Every operation of the core has a derivative: what fails is a sample. */
function failure(where: string, error: unknown): Outcome {
  if (error instanceof core.TensorError && error.code === 'no-connection') return 'disconnected';
  throw new Error(`${where}: ${String(error)}`, { cause: error });
}

/** A cast that lets the gradient through, which the core's own does not. */
function converted(value: Tensor, dtype: OperandSample['dtype']): Tensor {
  if (dtype !== 'int32' && dtype !== 'bool') throw new Error(`the core has no ${dtype}`);
  const bridge = core.customGrad((x: Tensor) => ({ value: core.cast(x, dtype), gradFunc: () => core.ones(x.shape) }));
  return bridge(value);
}

export const measure = new Measure<Tensor>({
  title: 'the core',
  exports: core,
  isTensor: (value): value is Tensor => value instanceof core.Tensor,
  tensor: (values, shape) => core.tensor([...values], [...shape]),
  converted,
  weighted: (result, weights) => core.sum(core.mul(result, weights)),
  gradient: (f, x) => core.grad(f)(x),
  tidy: core.tidy,
  failure,
});

export const methods = new MethodMeasure(measure, core.Tensor.prototype, { functions: samples, methods: methodSamples, others: otherMethods });
