/** The chained methods of `tf.Tensor.prototype`, measured. */
import * as tf from '@tensorflow/tfjs';
import { MethodMeasure } from '../measure/methods.ts';
import { measure } from './measure.ts';
import { methodSamples, otherMethods, samples } from './samples.ts';

export const methods = new MethodMeasure(measure, tf.Tensor.prototype, { functions: samples, methods: methodSamples, others: otherMethods });
