/** State that a module exports, or keeps to itself. */
import { type Carriers, either, first, second } from './carrier.ts';

const top = { top: true } as const;

export const exported: Carriers = {
  // — what importers may change —
  'exported let with a setter': either(['export let $n: $T = $1;', 'export function $nSet(value: $T): void {', '  $n = value;', '}'], '$n', { ...top, outside: ['$nSet($2);'] }),
  'let with an exported setter': either(['let $n: $T = $1;', 'export const $nSet = (value: $T): void => { $n = value; };'], '$n', { ...top, outside: ['$nSet($2);'] }),
  'exported object': either(['export const $n: { value: $T } = { value: $1 };'], '$n.value', { ...top, outside: ['$n.value = $2;'] }),
  'exported nested object': either(['export const $n: { inner: { value: $T } } = { inner: { value: $1 } };'], '$n.inner.value', { ...top, outside: ['$n.inner = { value: $2 };'] }),
  'object in an exported object': either(['const $nInner: { value: $T } = { value: $1 };', 'export const $n = { inner: $nInner };'], '$nInner.value', { ...top, outside: ['$n.inner.value = $2;'] }),
  'exported array': either(['export const $n: $T[] = [$1];'], '$n[0]!', { ...top, outside: ['$n[0] = $2;'] }),
  'exported array that is replaced in place': either(['export const $n: $T[] = [$1];'], '$n[0]!', { ...top, outside: ['$n.splice(0, 1, $2);'] }),
  'exported list that grows': either(['export const $n: $T[] = [$1];'], '$n.at(-1)!', { ...top, outside: ['$n.push($2);'] }),
  'exported map': either(["export const $n = new Map<string, $T>([['value', $1]]);"], "$n.get('value')!", { ...top, outside: ["$n.set('value', $2);"] }),
  'exported set': either(["export const $nKeys = new Set<string>(['first']);", 'const $nRead = (): $T => ($nKeys.has(\'first\') ? $1 : $2);'], '$nRead()', { ...top, lazy: true, outside: ["$nKeys.delete('first');"] }),
  'exported typed array': either(['export const $n = new Float32Array([$1]);'], '$n[0]!', { ...top, loads: ['number'], outside: ['$n.fill($2);'] }),
  'public static field': either(['export class $nSettings {', '  static value: $T = $1;', '}'], '$nSettings.value', { ...top, outside: ['$nSettings.value = $2;'] }),
  'public field of an exported instance': either(['class $nState {', '  value: $T = $1;', '}', 'export const $n = new $nState();'], '$n.value', { ...top, outside: ['$n.value = $2;'] }),
  'setter of an exported instance': either(['class $nState {', '  #value: $T = $1;', '  get value(): $T { return this.#value; }', '  set value(value: $T) { this.#value = value; }', '}', 'export const $n = new $nState();'], '$n.value', { ...top, outside: ['$n.value = $2;'] }),
  'static setter of an exported class': either(['export class $nState {', '  static #value: $T = $1;', '  static get value(): $T { return $nState.#value; }', '  static set value(value: $T) { $nState.#value = value; }', '}'], '$nState.value', { ...top, outside: ['$nState.value = $2;'] }),
  'method of an exported instance': either(['class $nState {', '  value: $T = $1;', '  use(value: $T): void { this.value = value; }', '}', 'export const $n = new $nState();'], '$n.value', { ...top, outside: ['$n.use($2);'] }),
  'setter of an exported object': either(['let $nValue: $T = $1;', 'export const $n = { set value(value: $T) { $nValue = value; } };'], '$nValue', { ...top, outside: ['$n.value = $2;'] }),
  'object that an exported function returns': either(['const $nState: { value: $T } = { value: $1 };', 'export function $nGet(): { value: $T } {', '  return $nState;', '}'], '$nState.value', { ...top, outside: ['$nGet().value = $2;'] }),
  'object that an exported class holds': either(['const $nState: { value: $T } = { value: $1 };', 'export class $nHolder {', '  readonly state = $nState;', '}'], '$nState.value', { ...top, outside: ['new $nHolder().state.value = $2;'] }),
  'object that is handed to whoever asks': either(['const $nState: { value: $T } = { value: $1 };', 'export function $nVisit(visitor: (state: { value: $T }) => void): void {', '  visitor($nState);', '}'], '$nState.value', { ...top, outside: ['$nVisit((state) => { state.value = $2; });'] }),
  'handler of others': either(['let $nHandler = (): $T => $1;', 'export function $nOn(handler: () => $T): void {', '  $nHandler = handler;', '}'], '$nHandler()', { ...top, lazy: true, outside: ['$nOn(() => $2);'] }),
  'handlers of others in a list': either(['const $nHandlers: ((value: $T) => $T)[] = [];', 'export function $nOn(handler: (value: $T) => $T): void {', '  $nHandlers.push(handler);', '}', 'function $nRead(): $T {', '  let value: $T = $1;', '  for (const handler of $nHandlers) value = handler(value);', '  return value;', '}'], '$nRead()', { ...top, lazy: true, outside: ['$nOn(() => $2);'] }),
  'instance that others replace': either(['export class $nMode {', '  value(): $T { return $1; }', '}', 'let $nMade: { value(): $T } = new $nMode();', 'export function $nUse(mode: { value(): $T }): void {', '  $nMade = mode;', '}'], '$nMade.value()', { ...top, lazy: true, outside: ['$nUse({ value: () => $2 });'] }),
  'method of an exported class': either(['export class $nMode {', '  value(): $T { return $1; }', '}', 'const $nMade = new $nMode();'], '$nMade.value()', { ...top, lazy: true, outside: ['$nMode.prototype.value = () => $2;'] }),
  'field that others delete': either(['export const $n: { value?: $T } = { value: $1 };', 'const $nRead = (): $T => $n.value ?? ($2);'], '$nRead()', { ...top, lazy: true, outside: ['delete $n.value;'] }),
  'exported under another name': either(['const $nState: { value: $T } = { value: $1 };', 'export { $nState as $n };'], '$nState.value', { ...top, outside: ['$n.value = $2;'] }),
  'exported prototype': either(['export const $nBase: { value: $T } = { value: $1 };', 'const $n = Object.create($nBase) as { value: $T };'], '$n.value', { ...top, outside: ['$nBase.value = $2;'] }),

  // — what they cannot —
  'exported let without a setter': first(['export let $n: $T = $1;'], '$n', top),
  'exported const': first(['export const $n: $T = $1;'], '$n', top),
  'exported frozen object': first(['export const $n = Object.freeze({ value: ($1) as $T });'], '$n.value', { ...top, sealed: true }),
  'let with a setter that nobody calls': first(['let $n: $T = $1;', 'function $nSet(value: $T): void {', '  $n = value;', '}', 'console.log(typeof $nSet);'], '$n', top),
  'let with a setter that is called': second(['let $n: $T = $1;', 'function $nSet(value: $T): void {', '  $n = value;', '}', '$nSet($2);']),
  'copy of an exported object': first(['export const $nShared: { value: $T } = { value: $1 };', 'const $n = { ...$nShared };'], '$n.value', top),
  'read before it is exported': first(['const $nState: { value: $T } = { value: $1 };', 'const $n = $nState.value;', 'export const $nShared = $nState;'], '$n', top),
  'exported object of the value alone': first(['let $n: $T = $1;', 'export const $nShared = { $n };'], '$n', top),
  'kept object': second(['const $n: { value: $T } = { value: $1 };', '$n.value = $2;'], '$n.value'),
  'kept class': second(['class $nSettings {', '  static value: $T = $1;', '}', '$nSettings.value = $2;'], '$nSettings.value'),
  'kept map': second(["const $n = new Map<string, $T>([['value', $1]]);", "$n.set('value', $2);"], "$n.get('value')!"),
  'unexported instance that is replaced': second(['class $nMode {', '  value(): $T { return $1; }', '}', 'let $nMade: { value(): $T } = new $nMode();', '$nMade = { value: () => $2 };'], '$nMade.value()', { lazy: true }),
};
