/** Getters and setters. */
import { type Carriers, first, second } from './carrier.ts';

const lazy = { lazy: true } as const;

export const accessors: Carriers = {
  getter: first(['const $n = {', '  get value(): $T { return $1; },', '};'], '$n.value', lazy),
  'getter of what changes': second(['let $nValue: $T = $1;', 'const $n = {', '  get value(): $T { return $nValue; },', '};', '$nValue = $2;'], '$n.value'),
  'getter and setter': second(['const $n = {', '  stored: ($1) as $T,', '  get value(): $T { return this.stored; },', '  set value(value: $T) { this.stored = value; },', '};', '$n.value = $2;'], '$n.value'),
  'setter that keeps what was there': first(['const $n = {', '  stored: ($1) as $T,', '  get value(): $T { return this.stored; },', '  set value(value: $T) { console.log(typeof value); },', '};', '$n.value = $2;'], '$n.value'),
  'getter that changes what it reads': second(['let $n: $T = $1;', 'const $nState = {', '  get value(): number {', '    $n = $2;', '    return 1;', '  },', '};', 'console.log($nState.value);'], '$n', lazy),
  'getter that is not read': first(['let $n: $T = $1;', 'const $nState = {', '  get value(): number {', '    $n = $2;', '    return 1;', '  },', '};', 'console.log(typeof $nState);'], '$n', lazy),
  'getter that a spread reads': second(['let $n: $T = $1;', 'const $nState = {', '  get value(): number {', '    $n = $2;', '    return 1;', '  },', '};', 'console.log({ ...$nState }.value);'], '$n', lazy),
  'private field': first(['class $nState {', '  #value: $T = $1;', '  get value(): $T { return this.#value; }', '}', 'const $n = new $nState();'], '$n.value'),
  'private field with a setter': second(['class $nState {', '  #value: $T = $1;', '  get value(): $T { return this.#value; }', '  set value(value: $T) { this.#value = value; }', '}', 'const $n = new $nState();', '$n.value = $2;'], '$n.value'),
  'private field beside a public one': first(['class $nState {', '  #value: $T = $1;', '  value: $T = $1;', '  get read(): $T { return this.#value; }', '}', 'const $n = new $nState();', '$n.value = $2;'], '$n.read', lazy),
  'private accessor': second(['class $nState {', '  #stored: $T = $1;', '  get #value(): $T { return this.#stored; }', '  set #value(value: $T) { this.#stored = value; }', '  change(value: $T): void { this.#value = value; }', '  read(): $T { return this.#value; }', '}', 'const $n = new $nState();', '$n.change($2);'], '$n.read()'),
  'static accessor': second(['class $nState {', '  static #value: $T = $1;', '  static get value(): $T { return $nState.#value; }', '  static set value(value: $T) { $nState.#value = value; }', '}', '$nState.value = $2;'], '$nState.value'),
  'static block': second(['class $nState {', '  static value: $T = $1;', '  static {', '    $nState.value = $2;', '  }', '}'], '$nState.value', lazy),
  'computed accessor': first(["const $nKey = 'value';", 'const $n = {', '  get [$nKey](): $T { return $1; },', '};'], '$n[$nKey]', lazy),
  'computed field': second(["const $nKey: string = 'value';", 'const $n: Record<string, $T> = { value: $1, [$nKey]: $2 };'], '$n[$nKey]!'),
  'getter of a subclass': second(['class $nBase {', '  get value(): $T { return $1; }', '}', 'class $nState extends $nBase {', '  override get value(): $T { return $2; }', '}', 'const $n = new $nState();'], '$n.value', { ...lazy, sealed: true }),
  'getter above a subclass': first(['class $nBase {', '  get value(): $T { return $1; }', '}', 'class $nState extends $nBase {', '  get other(): $T { return $2; }', '}', 'const $n = new $nState();'], '$n.value', lazy),
  'getter of super': first(['class $nBase {', '  get value(): $T { return $1; }', '}', 'class $nState extends $nBase {', '  override get value(): $T { return super.value; }', '}', 'const $n = new $nState();'], '$n.value', { ...lazy, sealed: true }),
  'inherited setter': second(['class $nBase {', '  stored: $T = $1;', '  set value(value: $T) { this.stored = value; }', '}', 'class $nState extends $nBase {}', 'const $n = new $nState();', '$n.value = $2;'], '$n.stored'),
  'defined getter': second(['const $n: { value: $T } = { value: $1 };', "Object.defineProperty($n, 'value', { get: () => $2 });"], '$n.value', lazy),
  'defined value': second(['const $n: { value: $T } = { value: $1 };', "Object.defineProperty($n, 'value', { value: $2 });"], '$n.value'),
  'getter that remembers': first(['class $nState {', '  #made: $T | undefined;', '  get value(): $T { return (this.#made ??= $1); }', '}', 'const $n = new $nState();', 'console.log(typeof $n.value);'], '$n.value', lazy),
};
