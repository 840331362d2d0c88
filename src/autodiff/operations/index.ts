/** Every operation, and nothing else: functions, methods and tests are made of this list. */
export * from './activation.ts';
export * from './arithmetic.ts';
export * from './convolution.ts';
export * from './exponential.ts';
export * from './indexing.ts';
export * from './joining.ts';
export * from './layout.ts';
export * from './pooling.ts';
export * from './products.ts';
export * from './reduction.ts';
export * from './selection.ts';
export * from './statistics.ts';
export * from './steps.ts';
export * from './trigonometric.ts';
export { Reduction } from './losses.ts';

import * as every from './losses.ts';

const { Reduction: _reduction, ...lossFunctions } = every;

/** Losses: labels first, then predictions. */
export const losses = lossFunctions;
