/**
 * What the language itself has under paths of names, such as `Array.prototype.map`: it is read from the engine that
 * runs the analysis. What is there is there in every engine; what is not there may be there in another one.
 */
import type { NativeValue, Standard } from '../../domain/value.ts';
import { isSymbolKey, keyOfText, keyText, symbol } from '../../domain/values.ts';

/** Members of the language's global object that are objects; what only some engines have is none of them. */
const owners: ReadonlySet<string> = new Set([
  'AggregateError', 'Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'DataView', 'Date', 'Error', 'EvalError', 'FinalizationRegistry',
  'Float32Array', 'Float64Array', 'Function', 'Int16Array', 'Int32Array', 'Int8Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError',
  'ReferenceError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet',
  'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt',
]);

/** The constructor of what inherits as a value does. */
function constructorOf(value: object): unknown {
  return Reflect.get(Object.getPrototypeOf(value) as object, 'constructor');
}

/** What an object inherits from, so many steps up. */
function prototypeBehind(of: unknown, steps: number): unknown {
  return steps === 0 ? of : prototypeBehind(Object.getPrototypeOf(of), steps - 1);
}

/** What no name of the program leads to at once. */
const hidden: Readonly<Record<string, unknown>> = {
  // Prototypes to which no constructor leads.
  Iterator: { prototype: prototypeBehind([].values(), 2) }, ArrayIterator: { prototype: prototypeBehind([].values(), 1) }, StringIterator: { prototype: prototypeBehind(''[Symbol.iterator](), 1) },
  MapIterator: { prototype: prototypeBehind(new Map().values(), 1) }, SetIterator: { prototype: prototypeBehind(new Set().values(), 1) },
  Generator: { prototype: prototypeBehind((function* () { /* It is asked what it inherits from. */ })(), 2) },
  AsyncGenerator: { prototype: prototypeBehind((async function* () { /* As above. */ })(), 2) },
  TypedArray: Object.getPrototypeOf(Int8Array),
  GeneratorFunction: constructorOf(function* () { /* It is asked what it inherits from. */ }),
  AsyncFunction: constructorOf(async () => { /* As above. */ }),
  AsyncGeneratorFunction: constructorOf(async function* () { /* As above. */ }),
};

export function isOfLanguage(name: string): boolean {
  return owners.has(name);
}

function valueAt(path: string): unknown {
  const [, kind, of] = /^(get|set) (.*)$/.exec(path) ?? [];
  if (of !== undefined) return Reflect.get(descriptorAt(of.slice(0, of.lastIndexOf('.')), of.slice(of.lastIndexOf('.') + 1)) ?? {}, kind ?? '');
  const [owner = '', ...names] = path.split('.');
  let found: unknown = owners.has(owner) ? Reflect.get(globalThis, owner) : Object.hasOwn(hidden, owner) ? hidden[owner] : undefined;
  for (const name of names) found = descriptorIn(found, name)?.value;
  return found;
}

function descriptorIn(of: unknown, name: string): PropertyDescriptor | undefined {
  return (typeof of === 'object' && of !== null) || typeof of === 'function' ? Object.getOwnPropertyDescriptor(of, hostKey(name)) : undefined;
}

/** The language's own symbol behind a key of ours. */
function hostKey(name: string): PropertyKey {
  if (!isSymbolKey(name)) return name;
  const key = keyOfText(name);
  const found: unknown = key.kind === 'symbol' ? Reflect.get(Symbol, key.name) : undefined;
  return typeof found === 'symbol' ? found : Symbol('none');
}

/** What stands under a name of the object at a path; undefined where this engine has nothing. */
export function descriptorAt(path: string, name: string): PropertyDescriptor | undefined {
  return descriptorIn(valueAt(path), name);
}

/** What is found under a path of names, where it is a function of the language. */
export function standardAt(path: string): Standard | undefined {
  return standardOf(valueAt(path), path);
}

function standardOf(found: unknown, path: string): Standard | undefined {
  if (typeof found !== 'function') return undefined;
  return { name: found.name, length: found.length, constructs: path === 'Proxy' || Object.hasOwn(found, 'prototype') };
}

/** What a value for the function under a path says of it. */
export function standardly(path: string): Pick<NativeValue, 'standard' | 'path'> {
  let known = sayings.get(path);
  if (known === undefined) {
    const standard = standardAt(path);
    sayings.set(path, known = standard === undefined ? { path } : { path: pathOf(valueAt(path)) ?? path, standard });
  }
  return known;
}

const sayings = new Map<string, Pick<NativeValue, 'standard' | 'path'>>();

/** A symbol of the language by its own name; undefined for any other. */
export function symbolNamed(value: symbol): string | undefined {
  return Object.getOwnPropertyNames(Symbol).find((each) => Reflect.get(Symbol, each) === value);
}

const paths = new Map<unknown, string>();

/** Under which path something of the language is kept: the same for all names that it has. */
export function pathOf(value: unknown): string | undefined {
  if (paths.size === 0) for (const owner of [...owners, ...Object.keys(hidden)]) record(owner, valueAt(owner));
  return paths.get(value);
}

function record(path: string, value: unknown): void {
  if (((typeof value !== 'object' || value === null) && typeof value !== 'function') || paths.has(value)) return;
  paths.set(value, path);
  if (path.split('.').length > 2) return;
  const own = Reflect.ownKeys(value).flatMap((key) => textOf(key) ?? []);
  const nameOf = (name: string): unknown => (descriptorIn(value, name)?.value as { name?: unknown } | undefined)?.name;
  // A function is kept under the name that it says it has.
  for (const name of own.filter((each) => each !== 'constructor').sort((a, b) => Number(nameOf(b) === b) - Number(nameOf(a) === a))) record(`${path}.${name}`, descriptorIn(value, name)?.value);
}

function textOf(key: PropertyKey): string | undefined {
  if (typeof key !== 'symbol') return String(key);
  const name = symbolNamed(key);
  return name === undefined ? undefined : keyText(symbol(name));
}

/** Under which path the object is kept that the one at a path inherits from. */
export function parentOf(path: string): string | undefined {
  const value = valueAt(path);
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? pathOf(Object.getPrototypeOf(value)) : undefined;
}

const prototypes: readonly object[] = [...owners, ...Object.keys(hidden)].flatMap((owner) => {
  const prototype = descriptorAt(owner, 'prototype')?.value as unknown;
  return typeof prototype === 'object' && prototype !== null ? [prototype] : [];
});

/** Whether the language has something under a name for all that inherits from a prototype of its own, but for what every object has. */
export function inheritsStandard(owner: string, name: string): boolean {
  for (let at = valueAt(`${owner}.prototype`); at !== null && at !== undefined && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    if (descriptorIn(at, name) !== undefined) return true;
  }
  return false;
}

/** Whether some prototype of the language has a member under a name. */
export function isStandardName(name: string): boolean {
  return prototypes.some((prototype) => descriptorIn(prototype, name) !== undefined);
}
