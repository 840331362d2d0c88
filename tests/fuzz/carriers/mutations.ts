/** What is deleted, and what is changed in place. */
import { type Carriers, first, second } from './carrier.ts';

const numbers = { loads: ['number'] } as const;
const pair = ['const $n: $T[] = [$1, $2];'];
const keyed = ["const $n = new Map<string, $T>([['a', $1], ['b', $2]]);"];

export const mutations: Carriers = {
  // — deletes —
  'deleted field': second(['const $nState: { value?: $T } = { value: $1 };', 'delete $nState.value;', 'const $n: $T = $nState.value ?? ($2);']),
  'other deleted field': first(['const $nState: { value?: $T; other?: $T } = { value: $1, other: $2 };', 'delete $nState.other;', 'const $n: $T = $nState.value!;']),
  'deleted field above a prototype': second(['const $nBase: { value: $T } = { value: $2 };', 'const $n = Object.create($nBase) as { value?: $T };', '$n.value = $1;', 'delete $n.value;'], '$n.value!', { lazy: true }),
  'field above a prototype': second(['const $nBase: { value: $T } = { value: $1 };', 'const $n = Object.create($nBase) as { value: $T };', '$n.value = $2;'], '$n.value'),
  'deleted by Reflect': second(['const $nState: { value?: $T } = { value: $1 };', "Reflect.deleteProperty($nState, 'value');", 'const $n: $T = $nState.value ?? ($2);']),
  'deleted by a computed name': second(["const $nKey: string = 'value';", 'const $nState: Record<string, $T> = { value: $1 };', 'delete $nState[$nKey];', 'const $n: $T = $nState.value ?? ($2);']),
  'asked for with in': second(['const $nState: { value?: number } = { value: 1 };', 'delete $nState.value;', "const $n: $T = 'value' in $nState ? $1 : $2;"]),
  'key of a map that is deleted': second([...keyed, "$n.delete('a');"], '[...$n.values()][0]!'),
  'cleared map': second(["const $nMap = new Map<string, $T>([['a', $1]]);", '$nMap.clear();', "const $n: $T = $nMap.get('a') ?? ($2);"]),
  'map that is filled again': second(["const $n = new Map<string, $T>([['a', $1]]);", '$n.clear();', "$n.set('a', $2);"], "$n.get('a')!"),
  'order of a map': first([...keyed, "$n.set('a', $1);"], '[...$n.values()][0]!', { lazy: true }),
  'deleted item of a set': second(['const $nSet = new Set<$T>([$1]);', '$nSet.add($2);', '$nSet.delete($1);', 'const $n: $T = [...$nSet][0]!;'], '$n', { lazy: true, loads: ['boolean', 'number', 'function'] }),
  'cleared set': second(["const $nKeys = new Set<string>(['on']);", '$nKeys.clear();', "const $n: $T = $nKeys.has('on') ? $1 : $2;"]),
  'key of a weak map': second(['const $nKey = {};', 'const $nMap = new WeakMap<object, $T>([[$nKey, $1]]);', '$nMap.delete($nKey);', 'const $n: $T = $nMap.get($nKey) ?? ($2);']),

  // — arrays —
  push: second(['const $n: $T[] = [$1];', '$n.push($2);'], '$n.at(-1)!'),
  pop: first([...pair, '$n.pop();'], '$n.at(-1)!'),
  shift: second([...pair, '$n.shift();'], '$n[0]!'),
  unshift: second(['const $n: $T[] = [$1];', '$n.unshift($2);'], '$n[0]!'),
  reverse: second([...pair, '$n.reverse();'], '$n[0]!'),
  toReversed: first([...pair, 'const $nTurned = $n.toReversed();', 'console.log($nTurned.length);'], '$n[0]!'),
  sort: second(['const $nRanked: { rank: number; value: $T }[] = [{ rank: 2, value: $1 }, { rank: 1, value: $2 }];', '$nRanked.sort((a, b) => a.rank - b.rank);'], '$nRanked[0]!.value'),
  toSorted: first(['const $nRanked: { rank: number; value: $T }[] = [{ rank: 2, value: $1 }, { rank: 1, value: $2 }];', 'console.log($nRanked.toSorted((a, b) => a.rank - b.rank).length);'], '$nRanked[0]!.value'),
  'sort of numbers': second(['const $n: number[] = [3, 1, 2];', '$n.sort();', 'const $nValue: $T = $n[0] === 3 ? $1 : $2;'], '$nValue'),
  'splice that replaces': second(['const $n: $T[] = [$1];', '$n.splice(0, 1, $2);'], '$n[0]!'),
  'splice that removes': second([...pair, '$n.splice(0, 1);'], '$n[0]!'),
  'slice that copies': first([...pair, 'const $nRest = $n.slice(1);', 'console.log($nRest.length);'], '$n[0]!'),
  'length that cuts': first([...pair, '$n.length = 1;'], '$n.at(-1)!'),
  'length that empties': second(['const $n: $T[] = [$1];', '$n.length = 0;', '$n.push($2);'], '$n[0]!'),
  fill: second(['const $n: $T[] = [$1, $1];', '$n.fill($2);'], '$n[0]!', { lazy: true }),
  'fill of a part': first(['const $n: $T[] = [$1, $1];', '$n.fill($2, 1);'], '$n[0]!', { lazy: true }),
  copyWithin: second([...pair, '$n.copyWithin(0, 1);'], '$n[0]!'),
  'item that is set': second(['const $n: $T[] = [$1];', '$n[0] = $2;'], '$n[0]!'),
  'copied array': first(['const $n: $T[] = [$1];', 'const $nCopy = [...$n];', '$nCopy[0] = $2;'], '$n[0]!'),
  'same array': second(['const $n: $T[] = [$1];', 'const $nSame = $n;', '$nSame[0] = $2;'], '$n[0]!'),
  'swapped items': second([...pair, '[$n[0], $n[1]] = [$n[1]!, $n[0]!];'], '$n[0]!'),
  'array in a function': second(['const $n: $T[] = [$1];', 'function $nChange(values: $T[], value: $T): void {', '  values[0] = value;', '}', '$nChange($n, $2);'], '$n[0]!'),

  // — typed arrays —
  'typed array that is set': second(['const $n = new Float32Array([$1, $1]);', '$n.set([$2]);'], '$n[0]!', numbers),
  'typed array that is set elsewhere': first(['const $n = new Float32Array([$1, $1]);', '$n.set([$2], 1);'], '$n[0]!', numbers),
  'typed array that is filled': second(['const $n = new Float32Array([$1]);', '$n.fill($2);'], '$n[0]!', numbers),
  'view of a typed array': second(['const $n = new Float32Array([$1, $1]);', '$n.subarray(0, 1).fill($2);'], '$n[0]!', numbers),
  'copy of a typed array': first(['const $n = new Float32Array([$1, $1]);', '$n.slice(0, 1).fill($2);'], '$n[0]!', numbers),
  'item of a typed array': second(['const $n = new Int32Array(1);', '$n[0] = $1;', '$n[0] = $2;'], '$n[0]!', numbers),
  'buffer of a typed array': second(['const $n = new Float32Array([$1]);', 'const $nView = new Float32Array($n.buffer);', '$nView[0] = $2;'], '$n[0]!', numbers),
  'typed array that is sorted': second(['const $nPlaces = new Int32Array([2, 1]);', '$nPlaces.sort();', 'const $n: $T = $nPlaces[0] === 2 ? $1 : $2;']),
};
