/** What callbacks and async tasks do, at once or later. */
import { type Carriers, either, first, second } from './carrier.ts';

const lazy = { lazy: true } as const;
const awaits = { lazy: true, awaits: true } as const;
const changed = (...lines: readonly string[]): readonly string[] => ['let $n: $T = $1;', ...lines];

export const later: Carriers = {
  // — whoever has the callback calls it when it likes —
  timer: either(changed('setTimeout(() => { $n = $2; }, 0);'), '$n', lazy),
  interval: either(changed('const $nTimer = setInterval(() => {', '  $n = $2;', '  clearInterval($nTimer);', '}, 5);'), '$n', lazy),
  frame: either(changed('requestAnimationFrame(() => { $n = $2; });'), '$n', lazy),
  event: either(changed("addEventListener('change', () => { $n = $2; });"), '$n', lazy),
  'object that handles events': either(changed("addEventListener('change', { handleEvent() { $n = $2; } });"), '$n', lazy),
  'named handler': either(changed('function $nHandle(): void {', '  $n = $2;', '}', "addEventListener('change', $nHandle);"), '$n', lazy),
  'bound handler': either(['class $nState {', '  value: $T = $1;', '  change(): void { this.value = $2; }', '}', 'const $n = new $nState();', "addEventListener('change', $n.change.bind($n));"], '$n.value', lazy),
  'handler in an object': either(['const $n: { value: $T } = { value: $1 };', 'const $nActions = { change: () => { $n.value = $2; } };', 'setTimeout($nActions.change);'], '$n.value', lazy),
  'handler that is registered by another': either(changed('setTimeout(() => { setTimeout(() => { $n = $2; }); });'), '$n', lazy),
  microtask: either(changed('queueMicrotask(() => { $n = $2; });'), '$n', lazy),
  then: either(changed('void Promise.resolve().then(() => { $n = $2; });'), '$n', lazy),
  'then of a promise with a timer': either(changed('const $nDone = new Promise<void>((resolve) => { setTimeout(resolve); });', 'void $nDone.then(() => { $n = $2; });'), '$n', lazy),
  'finally of a promise': either(changed('void Promise.resolve().finally(() => { $n = $2; });'), '$n', lazy),
  'catch of a promise': either(changed("void Promise.reject(new Error('rain')).catch(() => { $n = $2; });"), '$n', lazy),
  'task that goes on': either(changed('async function $nLoad(): Promise<void> {', '  await null;', '  $n = $2;', '}', 'void $nLoad();'), '$n', lazy),
  'task that goes on, as an arrow': either(changed('void (async () => {', '  await Promise.resolve();', '  $n = $2;', '})();'), '$n', lazy),
  'task behind for await': either(changed('void (async () => {', '  for await (const value of [$2]) $n = value;', '})();'), '$n', lazy),
  'task in a method': either(['class $nState {', '  value: $T = $1;', '  async load(): Promise<void> {', '    await null;', '    this.value = $2;', '  }', '}', 'const $n = new $nState();', 'void $n.load();'], '$n.value', lazy),

  // — what is called at once —
  'task before its first await': second(changed('async function $nLoad(): Promise<void> {', '  $n = $2;', '  await null;', '}', 'void $nLoad();'), '$n', lazy),
  executor: second(changed('void new Promise<void>((resolve) => {', '  $n = $2;', '  resolve();', '});'), '$n', lazy),
  'callback of an array': second(changed('[$2].forEach((value) => { $n = value; });'), '$n'),
  'callback of no item': first(changed('([] as $T[]).forEach((value) => { $n = value; });'), '$n'),
  'callback of a map': second(changed("new Map<string, $T>([['value', $2]]).forEach((value) => { $n = value; });"), '$n'),
  'callback of Array.from': second(changed('Array.from([$2], (value) => { $n = value; });'), '$n'),
  'callback of a replacement': second(changed("'a'.replace('a', () => {", '  $n = $2;', "  return 'b';", '});'), '$n', lazy),
  'called by apply': second(changed('Reflect.apply(() => { $n = $2; }, undefined, []);'), '$n', lazy),
  'called by call': second(changed('(function () { $n = $2; }).call(undefined);'), '$n', lazy),
  'handler of an emitter of its own': second(changed('const $nHandlers: (() => void)[] = [];', 'const $nOn = (handler: () => void): void => { $nHandlers.push(handler); };', '$nOn(() => { $n = $2; });', 'for (const handler of $nHandlers) handler();'), '$n', lazy),
  'handler that is never called': first(changed('const $nHandlers: (() => void)[] = [];', '$nHandlers.push(() => { $n = $2; });'), '$n', lazy),
  'handler that is taken back': first(changed('const $nHandlers = new Set<() => void>();', 'const $nHandle = (): void => { $n = $2; };', '$nHandlers.add($nHandle);', '$nHandlers.delete($nHandle);', 'for (const handler of $nHandlers) handler();'), '$n', lazy),
  'function that is never called': first(changed('const $nChange = (): void => { $n = $2; };', 'console.log(typeof $nChange);'), '$n', lazy),

  // — what is awaited —
  'awaited task': second(changed('async function $nLoad(): Promise<void> {', '  await null;', '  $n = $2;', '}', 'await $nLoad();'), '$n', awaits),
  'awaited value': second(['console.log(typeof $1);', 'const $n = await Promise.resolve($2);'], '$n', { ...awaits, loads: ['boolean', 'number', 'function'] }),
  'awaited result of a task': second(['async function $nLoad(value: $T): Promise<$T> {', '  await null;', '  return value;', '}', 'console.log(typeof (await $nLoad($1)));', 'const $n = await $nLoad($2);'], '$n', awaits),
  'awaited tasks': second(changed('await Promise.all([1, 2].map(async () => {', '  await null;', '  $n = $2;', '}));'), '$n', awaits),
  'for await': second(changed('for await (const value of [$1, $2]) $n = value;'), '$n', awaits),
  'awaited in try': second(changed('try {', "  await Promise.reject(new Error('rain'));", '} catch {', '  $n = $2;', '}'), '$n', awaits),
  'finally of an awaited task': second(changed('async function $nLoad(): Promise<void> {', '  try {', '    await null;', '  } finally {', '    $n = $2;', '  }', '}', 'await $nLoad();'), '$n', awaits),
  'then that is awaited': second(changed('await Promise.resolve().then(() => { $n = $2; });'), '$n', awaits),
};
