/** The shape with which a model begins, as the configuration of its first layer or its input says it. */
import { type Argument, isAbsent, numberOf } from '../../numbers/argument.ts';
import type { Axis, LayerShape } from './layer-shape.ts';
import type { Settings } from './settings.ts';

/** `none`: the configuration says nothing of it. */
export type Beginning = { readonly kind: 'shape'; readonly shape: LayerShape } | { readonly kind: 'none' } | { readonly kind: 'unknown' };

const unknown: Beginning = { kind: 'unknown' };

/** Of a layer: `flatInput` is the key that some layers have for the length of the one axis that they take. */
export function beginningOf(settings: Settings, flatInput: string | undefined): Beginning {
  const [whole, shape] = [settings('batchInputShape'), settings('inputShape')];
  if (!isAbsent(whole)) return of(lengthsOf(whole));
  const batch = batchOf(settings('batchSize'));
  if (!isAbsent(shape)) return of(lengthsOf(shape), [batch]);
  if (flatInput === undefined) return { kind: 'none' };
  const flat = settings(flatInput);
  if (!isAbsent(flat)) return of(lengthsOf(flat), [batch]);
  return flatInput === 'inputLength' ? of([null], [batch]) : { kind: 'none' };
}

/** Of a symbolic input. */
export function inputShape(settings: Settings): LayerShape | undefined {
  const [whole, shape] = [settings('batchShape'), settings('shape')];
  if (!isAbsent(whole)) return lengthsOf(whole);
  const lengths = isAbsent(shape) ? undefined : lengthsOf(shape);
  return lengths && [null, ...lengths];
}

function of(lengths: LayerShape | undefined, before: LayerShape = []): Beginning {
  return lengths === undefined ? unknown : { kind: 'shape', shape: [...before, ...lengths] };
}

function batchOf(setting: Argument): Axis {
  return isAbsent(setting) ? null : numberOf(setting);
}

function lengthsOf(setting: Argument): LayerShape | undefined {
  if (setting.kind === 'list') return setting.complete ? setting.items.map(batchOf) : undefined;
  const number = numberOf(setting);
  return number === undefined ? undefined : [number];
}
