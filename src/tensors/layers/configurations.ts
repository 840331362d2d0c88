/** What configurations say, read when a layer is made: what is written to the object later does not reach the layer. */
import { type Argument, absent, isAbsent, unknown } from '../../calculus/numbers/argument.ts';
import { type Settings, settingKeys } from '../../calculus/shapes/layers/settings.ts';
import type { Block, Configuration, Value } from '../../domain/value.ts';
import { isNullish, literal, undefinedValue } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { knownArgument } from '../ranges.ts';

/** The key of a layer that another one runs. */
const innerKey = 'layer';

/** Undefined where nothing is known of it. */
export function readConfiguration(m: Machine, config: Value): Configuration | undefined {
  if (isNullish(config)) return { settings: new Map(), inner: undefinedValue };
  if (config.kind !== 'object' || config.heap.isArray) return undefined;
  const read = (key: string): Value => m.getMember(config, literal(key), config.heap.site);
  const settings = settingKeys.map((key) => [key, knownArgument(m, read(key))] as const).filter(([, setting]) => !isAbsent(setting) || isNull(setting));
  return { settings: new Map(settings), inner: read(innerKey) };
}

/** In a few settings `null` is not the same as nothing. */
function isNull(setting: Argument): boolean {
  return setting.kind === 'constant' && setting.value === null;
}

export function settingsOf({ settings }: Configuration): Settings {
  return (key) => settings.get(key) ?? absent;
}

/** A layer is made once more, in a loop that is brought to its fixpoint: what is said otherwise this time is not known. */
export function configureAgain(block: Pick<Block, 'configured'>, again: Configuration | undefined): void {
  const { configured } = block;
  if (configured === undefined) return;
  if (again?.inner !== configured.inner) block.configured = undefined;
  else block.configured = { ...configured, settings: new Map([...configured.settings.keys(), ...again.settings.keys()].map((key) => [key, common(configured.settings.get(key), again.settings.get(key))])) };
}

function common(a: Argument = absent, b: Argument = absent): Argument {
  return same(a, b) ? a : unknown;
}

function same(a: Argument, b: Argument): boolean {
  if (a.kind === 'constant') return b.kind === 'constant' && Object.is(a.value, b.value);
  if (a.kind !== 'list' || b.kind !== 'list') return false;
  return a.complete && b.complete && a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index] ?? unknown));
}
