/**
 * `eslint-plugin-tensor/autodiff`: reverse-mode automatic differentiation on n-dimensional tensors. Where TF.js has the
 * thing, names and signatures are TF.js's, so that a program written against this surface runs on both.
 */
import './chained.ts';
import './methods.ts';

export { Tensor, type Scalar, type Tensor1D, type Tensor2D, type Tensor3D, type Tensor4D, type Tensor5D } from './tensor.ts';
export { Variable, variable, disposeVariables } from './variable.ts';
export { TensorBuffer, buffer } from './buffer.ts';
export { TensorError, type TensorErrorCode } from './errors.ts';
export type { DataType, DataTypeMap } from './dtype.ts';
export type { TensorLike } from './convert.ts';
export {
  constant, eye, fill, linspace, ones, randomNormal, randomUniform, range, scalar, tensor, tensor1d, tensor2d, tensor3d, tensor4d,
  truncatedNormal, zeros,
} from './creation.ts';
export { dispose, keep, tidy, type TensorContainer } from './lifetime.ts';

export { GradientTape, type TapeOptions } from './gradient-tape.ts';
export { customGrad, type CustomGradient, type CustomGradientFunc, type GradSaveFunc } from './custom-gradient.ts';
export { grad, grads, valueAndGrad, valueAndGrads, variableGrads, type NamedTensorMap } from './gradients.ts';
export { observeGradients, type Differentiation, type ObservationOptions, type Observer } from './observation.ts';
export { explanationText, type Break, type Connected, type Explanation, type Severed, type Step, type Zero } from './provenance/explanation.ts';
export { causes, type Cause } from '../calculus/cause.ts';
export { gradientCheck, type CheckedElement, type GradientCheck, type GradientCheckOptions } from './gradient-check.ts';

export { Optimizer, type NamedTensor, type VariableGradients } from './optimizers/optimizer.ts';
export { AdagradOptimizer, AdamOptimizer, MomentumOptimizer, RMSPropOptimizer, SGDOptimizer, train } from './optimizers/train.ts';

export * from './operations/index.ts';
