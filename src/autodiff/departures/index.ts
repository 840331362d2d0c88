/**
 * Where the core and TF.js 4.22 differ. One table: tests run each row's program on both, differential tests excuse a
 * difference only by a row's id, and docs/autodiff.md lists it.
 */
import type { Departure } from './departure.ts';
import { firstOrder } from './first-order.ts';
import { secondOrder } from './second-order.ts';

export const departures: readonly Departure[] = [...firstOrder, ...secondOrder];
