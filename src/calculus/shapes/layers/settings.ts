/** What the configuration of a layer says, with what holds where it says nothing. */
import { type Argument, certainNumbersOf, isAbsent, numberOf } from '../../numbers/argument.ts';

/** A layer's configuration by key. */
export type Settings = (key: string) => Argument;

/** All keys that are asked for, here and where a model begins. */
export const settingKeys: readonly string[] = [
  'units', 'filters', 'kernelSize', 'strides', 'padding', 'dataFormat', 'dilationRate', 'depthMultiplier', 'poolSize', 'cropping', 'size', 'targetShape', 'dims', 'n',
  'inputLength', 'outputDim', 'axis', 'axes', 'returnSequences', 'returnState', 'mergeMode',
  'inputShape', 'batchInputShape', 'batchSize', 'inputDim', 'shape', 'batchShape', 'name',
];

/** One number for each of some axes; undefined where they are not known. */
export function perAxis(setting: Argument, count: number, otherwise: number): readonly number[] | undefined {
  if (isAbsent(setting)) return new Array<number>(count).fill(otherwise);
  const number = numberOf(setting);
  if (number !== undefined) return new Array<number>(count).fill(number);
  const numbers = certainNumbersOf(setting);
  return numbers?.length === count ? numbers : undefined;
}

/** A word; undefined where it is not known. */
export function word(setting: Argument, otherwise: string): string | undefined {
  if (isAbsent(setting)) return otherwise;
  return setting.kind === 'constant' && typeof setting.value === 'string' ? setting.value : undefined;
}

/** A switch that is off where it is left out. */
export function switched(setting: Argument): boolean | undefined {
  if (isAbsent(setting)) return false;
  return setting.kind === 'constant' && typeof setting.value === 'boolean' ? setting.value : undefined;
}

/** What is added before and behind each of two axes, in any of the forms in which it may be written. */
export function margins(setting: Argument, otherwise: number): readonly (readonly [number, number])[] | undefined {
  const same = perAxis(setting, 2, otherwise);
  if (same !== undefined) return same.map((margin) => [margin, margin]);
  if (setting.kind !== 'list' || !setting.complete || setting.items.length !== 2) return undefined;
  const pairs = setting.items.map(certainNumbersOf);
  return pairs.every((pair): pair is readonly [number, number] => pair?.length === 2) ? pairs : undefined;
}
