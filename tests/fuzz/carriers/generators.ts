/** What generators yield, and what they do on the way. */
import { type Carriers, first, second } from './carrier.ts';

const lazy = { lazy: true } as const;
const both = ['function* $nAll(): Generator<$T> {', '  yield $1;', '  yield $2;', '}'];
const changing = ['let $n: $T = $1;', 'function* $nSteps(): Generator<number> {', '  yield 1;', '  $n = $2;', '  yield 2;', '}'];
const cleaning = ['let $n: $T = $1;', 'function* $nSteps(): Generator<number> {', '  try {', '    yield 1;', '    yield 2;', '  } finally {', '    $n = $2;', '  }', '}'];

export const generators: Carriers = {
  'first of what is yielded': first([...both, 'const [$n] = $nAll();'], '$n!', lazy),
  'second of what is yielded': second([...both, 'const [, $n] = $nAll();'], '$n!', lazy),
  'next of a generator': first([...both, 'const $n = $nAll().next().value as $T;'], '$n', lazy),
  'next of a generator, again': second([...both, 'const $nIterator = $nAll();', '$nIterator.next();', 'const $n = $nIterator.next().value as $T;'], '$n', lazy),
  'all that is yielded': second([...both, 'const $n = [...$nAll()].at(-1)!;'], '$n', lazy),
  'last round over a generator': second([...both, 'let $n: $T = $1;', 'for (const each of $nAll()) $n = each;'], '$n', lazy),
  'first round over a generator': first([...both, 'let $n: $T = $2;', 'for (const each of $nAll()) {', '  $n = each;', '  break;', '}'], '$n', lazy),
  'generator that is not driven': first([...changing, '$nSteps();'], '$n', lazy),
  'generator up to its first yield': first([...changing, '$nSteps().next();'], '$n', lazy),
  'generator that is driven to the end': second([...changing, 'for (const step of $nSteps()) console.log(step);'], '$n', lazy),
  'generator that is spread': second([...changing, 'console.log([...$nSteps()].length);'], '$n', lazy),
  'generator that is closed before it began': first([...cleaning, '$nSteps().return(0);'], '$n', lazy),
  'generator that is closed': second([...cleaning, 'const $nIterator = $nSteps();', '$nIterator.next();', '$nIterator.return(0);'], '$n', lazy),
  'generator that a loop leaves': second([...cleaning, 'for (const step of $nSteps()) {', '  console.log(step);', '  break;', '}'], '$n', lazy),
  'generator that a pattern leaves': second([...cleaning, 'const [$nStep] = $nSteps();', 'console.log($nStep);'], '$n', lazy),
  'generator that waits in its try': first([...cleaning, '$nSteps().next();'], '$n', lazy),
  'delegation to a generator': second([...both, 'function* $nOuter(): Generator<$T> {', '  yield* $nAll();', '}', 'const $n = [...$nOuter()].at(-1)!;'], '$n', lazy),
  'delegation to an array': second(['function* $nAll(): Generator<$T> {', '  yield* [$1, $2];', '}', 'const [, $n] = $nAll();'], '$n!', lazy),
  'value that is sent': second(['let $n: $T = $1;', 'function* $nTake(): Generator<undefined, void, $T> {', '  $n = yield;', '}', 'const $nTaker = $nTake();', '$nTaker.next($1);', '$nTaker.next($2);'], '$n', lazy),
  'result of a generator': second(['function* $nAll(): Generator<$T, $T> {', '  yield $1;', '  return $2;', '}', 'const $nIterator = $nAll();', '$nIterator.next();', 'const $n = $nIterator.next().value;'], '$n', lazy),
  'iterator of an object': second(['const $nPair = {', '  * [Symbol.iterator](): Generator<$T> {', '    yield $1;', '    yield $2;', '  },', '};', 'const [, $n] = $nPair;'], '$n!', lazy),
  'method that generates': first(['class $nPair {', '  * values(): Generator<$T> {', '    yield $1;', '    yield $2;', '  }', '}', 'const [$n] = new $nPair().values();'], '$n!', lazy),
  'async generator': second(['async function* $nAll(): AsyncGenerator<$T> {', '  yield $1;', '  yield $2;', '}', 'let $n: $T = $1;', 'for await (const each of $nAll()) $n = each;'], '$n', { ...lazy, awaits: true }),
};
