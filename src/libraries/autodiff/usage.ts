/** How the names of the core are meant to be used together: as those of TensorFlow.js, whose subset it is, but without a device. */
import { usage as tfjs } from '../tfjs/usage.ts';
import type { Usage } from '../usage.ts';

export const usage: Usage = { ...tfjs, readsWait: false };
