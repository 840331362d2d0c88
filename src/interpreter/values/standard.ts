/** What the functions of the language say of themselves. */
import type { NativeValue, Standard } from '../../domain/value.ts';

/** Members of the language's global object that are functions, or hold some; what only some engines have is none of them. */
const owners: ReadonlySet<string> = new Set([
  'Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'Date', 'Error', 'EvalError', 'Function', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'RangeError', 'ReferenceError', 'Reflect',
  'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'WeakMap', 'WeakSet', 'isFinite', 'isNaN', 'parseFloat', 'parseInt',
]);

/** What is found under a path of names, where it is a function of the language. */
export function standardAt(path: string): Standard | undefined {
  const [owner = '', ...names] = path.split('.');
  if (!owners.has(owner)) return undefined;
  let found: unknown = Reflect.get(globalThis, owner);
  for (const name of names) found = found === undefined || found === null ? undefined : Object.getOwnPropertyDescriptor(found, name)?.value;
  return typeof found === 'function' ? { name: found.name, length: found.length, constructs: Object.hasOwn(found, 'prototype') && owner !== 'Symbol' && owner !== 'BigInt' } : undefined;
}

/** What a value for the function under a path says of it. */
export function standardly(path: string): Pick<NativeValue, 'standard'> {
  const standard = standardAt(path);
  return standard === undefined ? {} : { standard };
}
