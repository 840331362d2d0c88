/** What `finally` and `catch` leave behind. */
import { type Carriers, first, second } from './carrier.ts';

const lazy = { lazy: true } as const;
const changed = (...lines: readonly string[]): readonly string[] => ['let $n: $T = $1;', ...lines];

export const endings: Carriers = {
  'finally behind return': second(changed('function $nRun(): void {', '  try {', '    return;', '  } finally {', '    $n = $2;', '  }', '}', '$nRun();'), '$n', lazy),
  'finally behind throw': second(changed('function $nRun(): void {', '  try {', "    throw new Error('rain');", '  } finally {', '    $n = $2;', '  }', '}', 'try {', '  $nRun();', '} catch {', "  console.log('caught');", '}'), '$n', lazy),
  'return in finally': second(['function $nRun(): $T {', '  try {', '    return $1;', '  } finally {', '    return $2;', '  }', '}', 'const $n = $nRun();'], '$n', lazy),
  'return in finally over a throw': second(['function $nRun(value: $T): $T {', '  try {', '    if (typeof value === \'string\') return $1;', "    throw new Error('rain');", '  } finally {', '    return $2;', '  }', '}', 'const $n = $nRun($1);'], '$n', lazy),
  'returned before finally': first(['function $nRun(): $T {', '  let value: $T = $1;', '  try {', '    return value;', '  } finally {', '    value = $2;', '  }', '}', 'const $n = $nRun();'], '$n', lazy),
  'finally after the end of try': second(changed('try {', '  $n = $1;', '} finally {', '  $n = $2;', '}'), '$n', lazy),
  'finally that resets': first(['let $n: $T = $1;', 'const $nBefore: $T = $n;', 'try {', '  $n = $2;', '} finally {', '  $n = $nBefore;', '}']),
  'finally behind continue': second(changed('for (const round of [1]) {', '  try {', '    if (round === 1) continue;', '    $n = $1;', '  } finally {', '    $n = $2;', '  }', '}'), '$n', lazy),
  'finally behind break': second(changed('for (const round of [1, 2]) {', '  try {', '    if (round === 1) break;', '  } finally {', '    $n = $2;', '  }', '}'), '$n', lazy),
  'break in finally': second(['function $nRun(): $T {', '  do {', '    try {', '      return $1;', '    } finally {', '      break;', '    }', '  } while (true);', '  return $2;', '}', 'const $n = $nRun();'], '$n', lazy),
  'behind what throws': first(changed('try {', "  JSON.parse('{');", '  $n = $2;', '} catch {', "  console.log('caught');", '}'), '$n'),
  'catch of what throws': second(changed('try {', "  JSON.parse('{');", '} catch {', '  $n = $2;', '}'), '$n'),
  'catch of what is thrown': second(changed('try {', '  throw { value: $2 };', '} catch (thrown) {', '  $n = (thrown as { value: $T }).value;', '}'), '$n'),
  'catch of what does not throw': first(changed('try {', "  JSON.parse('{}');", '} catch {', '  $n = $2;', '}'), '$n'),
  'nested finally': second(changed('function $nRun(): void {', '  try {', '    try {', '      return;', '    } finally {', '      $n = $1;', '    }', '  } finally {', '    $n = $2;', '  }', '}', '$nRun();'), '$n', lazy),
  'labelled loop that is left': second(changed('$nOuter: for (const a of [1, 2]) {', '  for (const b of [1, 2]) {', '    try {', '      if (a === b) break $nOuter;', '    } finally {', '      $n = $2;', '    }', '  }', '}'), '$n', lazy),
};
