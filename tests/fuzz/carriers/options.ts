/** Options with defaults, which callers override or leave. */
import { type Carriers, either, first, second } from './carrier.ts';

/** Of functions that others call. */
export const parameters: Carriers = {
  parameter: either([], '$n', { parameter: { text: '$n: $T = $1', argument: '$2' } }),
  'parameter in a pattern': either([], '$n', { parameter: { text: '{ $n = $1 }: { $n?: $T } = {}', argument: '{ $n: $2 }' } }),
  'renamed parameter in a pattern': either([], '$n', { parameter: { text: '{ value: $n = $1 }: { value?: $T } = {}', argument: '{ value: $2 }' } }),
  'spread of a parameter': either(['const $n = { value: $1, ...$nOptions };'], '$n.value', { parameter: { text: '$nOptions: { value?: $T } = {}', argument: '{ value: $2 }' } }),
  'Object.assign of a parameter': either(['const $n: { value: $T } = Object.assign({ value: $1 }, $nOptions);'], '$n.value', { parameter: { text: '$nOptions: { value?: $T } = {}', argument: '{ value: $2 }' } }),
  'field of a parameter': either(['const $n: $T = $nOptions?.value ?? ($1);'], '$n', { parameter: { text: '$nOptions: { value?: $T } | undefined = undefined', argument: '{ value: $2 }' } }),
  'rest parameter': either(['const $n: $T = $nAll[0] ?? ($1);'], '$n', { parameter: { text: '...$nAll: $T[]', argument: '$2' } }),
};

export const options: Carriers = {
  'spread over defaults': second(['const $nDefaults: { value: $T } = { value: $1 };', 'const $n = { ...$nDefaults, value: $2 };'], '$n.value'),
  'given options over defaults': second(['const $nGiven: { value?: $T } = { value: $2 };', 'const $n: { value: $T } = { value: $1, ...$nGiven };'], '$n.value'),
  'empty options over defaults': first(['const $nGiven: { value?: $T } = {};', 'const $n: { value: $T } = { value: $1, ...$nGiven };'], '$n.value'),
  'nothing over defaults': first(['const $nGiven = undefined;', 'const $n: { value: $T } = { value: $1, ...($nGiven ?? {}) };'], '$n.value'),
  'defaults spread last': second(['const $nDefaults: { value: $T } = { value: $2 };', 'const $nGiven: { value: $T } = { value: $1 };', 'const $n = { ...$nGiven, ...$nDefaults };'], '$n.value'),
  'Object.assign of options': second(['const $n: { value: $T } = Object.assign({}, { value: $1 }, { value: $2 });'], '$n.value'),
  'Object.assign of defaults to options': second(['const $n: { value: $T } = { value: $1 };', 'Object.assign($n, { value: $2 });'], '$n.value'),
  'Object.assign of other options': first(['const $n: { value: $T } = Object.assign({ value: ($1) as $T }, { other: $2 });'], '$n.value'),
  'Object.assign to a copy': first(['const $n: { value: $T } = { value: $1 };', 'const $nCopy = Object.assign({}, $n, { value: $2 });', 'console.log(typeof $nCopy.value);'], '$n.value'),
  'default of a parameter': first(['function $nChoose(value: $T = $1): $T {', '  return value;', '}', 'const $n = $nChoose();'], '$n', { lazy: true }),
  'default of a parameter, overridden': second(['function $nChoose(value: $T = $1): $T {', '  return value;', '}', 'const $n = $nChoose($2);'], '$n', { lazy: true }),
  'default of a parameter for undefined': first(['function $nChoose(value: $T | undefined = $1): $T {', '  return value;', '}', 'const $n = $nChoose(undefined);'], '$n', { lazy: true }),
  'default in a pattern': first(['function $nChoose({ value = $1 }: { value?: $T } = {}): $T {', '  return value;', '}', 'const $n = $nChoose({});'], '$n', { lazy: true }),
  'default in a pattern, overridden': second(['function $nChoose({ value = $1 }: { value?: $T } = {}): $T {', '  return value;', '}', 'const $n = $nChoose({ value: $2 });'], '$n', { lazy: true }),
  'default of a whole pattern': second(['function $nChoose({ value = $1 }: { value?: $T } = { value: $2 }): $T {', '  return value;', '}', 'const $n = $nChoose();'], '$n', { lazy: true }),
  'default in a pattern of an array': first(['const $nGiven: ($T | undefined)[] = [];', 'const [$n = $1] = $nGiven;']),
  'options of a factory': second(['function $nMake(options: { value?: $T }): { value: $T } {', '  return { value: $1, ...options };', '}', 'const $n = $nMake({ value: $2 });'], '$n.value', { lazy: true }),
  'options of a constructor': second(['class $nModel {', '  value: $T;', '  constructor(options: { value?: $T } = {}) {', '    this.value = options.value ?? ($1);', '  }', '}', 'const $n = new $nModel({ value: $2 });'], '$n.value', { lazy: true }),
  'defaults of a constructor': first(['class $nModel {', '  value: $T = $1;', '  constructor(options: { value?: $T } = {}) {', '    if (options.value !== undefined) this.value = options.value;', '  }', '}', 'const $n = new $nModel();'], '$n.value', { lazy: true }),
  'option that is not there': first(['const $nOptions: { value?: $T } = {};', 'const $n = $nOptions.value ?? ($1);']),
  'option that is set if it is not there': second(['const $nOptions: { value?: $T } = {};', '$nOptions.value ??= $2;', 'const $n = $nOptions.value;']),
  'option that is there already': first(['const $nOptions: { value?: $T } = { value: $1 };', '$nOptions.value ??= $2;', 'const $n = $nOptions.value;']),
  'rest of a pattern': second(['const { other: $nOther, ...$n }: { other: $T; value: $T } = { other: $1, value: $2 };', 'console.log(typeof $nOther);'], '$n.value'),
  'options by entries': second(["const $n = Object.fromEntries([['value', $1], ['value', $2]] as [string, $T][]);"], '$n.value!'),
  'arguments as a list': second(['function $nLast(...values: $T[]): $T {', '  return values.at(-1)!;', '}', 'const $n = $nLast($1, $2);'], '$n', { lazy: true }),
};
