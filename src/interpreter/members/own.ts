/** What objects have of their own under a name, where that is known for certain. */
import type { ClassValue, ClosureValue, HeapObject, NativeValue, Value } from '../../domain/value.ts';
import { amount, countOf, isSymbolKey, literal, mayBeAbsent, members, symbol, undefinedValue } from '../../domain/values.ts';
import type { FunctionCode, Literal, Site } from '../../program/ir.ts';
import { isPrivate } from '../../program/private-names.ts';
import { isErrorName } from '../builtins/errors.ts';
import type { Machine } from '../machine/machine.ts';
import { type Allowed, type Description, descriptionOf, ordinary } from '../values/attributes.ts';
import { hasUnknownMembers, ownMember, type Side } from '../values/class-members.ts';
import { ownMemberOf } from '../values/function-names.ts';
import { isExtensible } from './extensible.ts';
import { arrayIndex, isArguments, isExact, numbersIn } from '../values/lists.ts';
import { unknownProperties } from '../values/properties.ts';
import { prototypeOfValue } from '../values/inheritance.ts';
import { ownerOf, prototypeOf } from '../values/prototypes.ts';
import { descriptorAt, pathOf, symbolNamed } from '../values/standard.ts';

export type Own =
  | { readonly kind: 'none' }
  | { readonly kind: 'data'; readonly value: Value } & Allowed
  | { readonly kind: 'accessor'; readonly get: Value; readonly set: Value } & Omit<Allowed, 'writable'>;

const none: Own = { kind: 'none' };
const ofBody = { writable: true, enumerable: false, configurable: true } as const;
const fixed = { writable: false, enumerable: false, configurable: false } as const;

/** The property of a value itself; undefined where it is not known whether there is one, or what it is. */
export function ownProperty(m: Machine, of: Value, name: string): Own | undefined {
  if (isPrivate(name)) return undefined;
  switch (of.kind) {
    case 'object': return ofHeap(m, of.heap, name);
    case 'class': return isSeen(m, of.statics) ? ofClass(m, of, name) : undefined;
    case 'closure': return ofFunction(m, of, name);
    case 'native': return ofNative(m, of, name);
    default: return undefined;
  }
}

function ofHeap(m: Machine, heap: HeapObject, name: string): Own | undefined {
  const owner = ownerOf(m, heap);
  if (owner !== undefined) return heap.open === undefined ? ofLanguage(m, `${owner}.prototype`, heap, name) : undefined;
  return isSeen(m, heap) ? ofObject(m, heap, name) : undefined;
}

/** All that was done to an object the interpreter has followed, and nobody else can do more. */
function isSeen(m: Machine, heap: HeapObject): boolean {
  return heap.open === undefined && !heap.allocation.summary && isDescribed(m, heap) && heap.base === undefined && !m.escaped.heaps.has(heap) && !m.escaped.named.has(heap);
}

/** What writes do to it is said property by property. */
function isDescribed(m: Machine, heap: HeapObject): boolean {
  return heap.writable === 'always' || (heap.writable === 'never' && isExtensible(m, { kind: 'object', heap }) === false);
}

function ofObject(m: Machine, heap: HeapObject, name: string): Own | undefined {
  if (heap.isArray) return ofArray(m, heap, name) ?? undefined;
  const held = ofCells(m, heap, name);
  if (held !== none) return held;
  const { class: home, prototype } = heap;
  const owner = prototype && ownerOf(m, prototype);
  // A function's prototype has it, and errors have what engines say of them.
  const description = descriptionOf(m, heap, name);
  const maker = home === undefined && name === 'constructor' && description.kind !== 'gone' ? m.constructors.get(heap) : undefined;
  if (maker !== undefined) return !heap.single || m.functions.several.has(maker.code) ? undefined : asDescribed({ kind: 'data', value: maker, ...ofBody }, description);
  if (home === undefined && owner !== undefined && isErrorName(owner)) return undefined;
  if (home === undefined || m.prototypes.get(home.statics) !== heap) return none;
  if (description.kind === 'gone') return none;
  return asDescribed(name === 'constructor' ? { kind: 'data', value: home, ...ofBody } : inBody(home, name, 'instance'), description);
}

/** What the language or the body of a class puts there, with what was said of it since. */
function asDescribed(own: Own | undefined, description: Description): Own | undefined {
  return own?.kind === 'data' && description.kind === 'data' && description !== ordinary ? { ...own, ...description } : own;
}

/** What was put there, or defined; in an object without a class, `none` says that there is nothing. */
function ofCells(m: Machine, heap: HeapObject, name: string): Own | undefined {
  const cell = heap.properties.get(name);
  const content = cell && m.memory.read(cell);
  const description = descriptionOf(m, heap, name);
  if (description.kind === 'unknown') return undefined;
  if (description.kind === 'accessor') return description;
  const accessor = heap.accessors.get(name);
  if (accessor !== undefined && description === ordinary) return { kind: 'accessor', get: accessor.get ?? undefinedValue, set: accessor.set ?? undefinedValue, enumerable: true, configurable: true };
  const isSpilled = heap.isRecord && unknownProperties(m, heap).kind !== 'never';
  if (isSpilled || (content !== undefined && mayBeAbsent(content) && members(content).length > 1)) return undefined;
  if (content === undefined || mayBeAbsent(content)) return none;
  return description.kind === 'gone' ? { kind: 'data', value: content, writable: true, enumerable: true, configurable: true } : { ...description, value: content };
}

function ofArray(m: Machine, heap: HeapObject, name: string): Own | undefined {
  const list = m.memory.list(heap);
  if (numbersIn(heap) !== undefined || isArguments(heap)) return undefined;
  if (name === 'length') return { kind: 'data', value: amount(countOf(list)), writable: true, enumerable: false, configurable: false };
  const index = arrayIndex(name);
  if (index === undefined) return ofCells(m, heap, name);
  if (!isExact(list) || descriptionOf(m, heap, name).kind === 'unknown') return undefined;
  const item = list.items[index];
  if (item === undefined) return none;
  // Where it may be `undefined` it may be a hole.
  const isThere = members(item).every((member) => member.kind !== 'unknown' && (member.kind !== 'literal' || member.value !== undefined));
  return isThere ? { kind: 'data', value: item, writable: true, enumerable: true, configurable: true } : undefined;
}

function ofClass(m: Machine, of: ClassValue, name: string): Own | undefined {
  const held = ofCells(m, of.statics, name);
  if (held !== none || descriptionOf(m, of.statics, name).kind === 'gone') return held;
  const defined = inBody(of, name, 'static');
  if (defined !== none) return defined;
  if (name === 'prototype') return { kind: 'data', value: { kind: 'object', heap: prototypeOf(m, of) }, ...fixed };
  return name === 'name' || name === 'length' ? ofHead(m, of, name) : none;
}

/** What the body of a class has under a name. */
function inBody(of: ClassValue, name: string, side: Side): Own | undefined {
  if (hasUnknownMembers(of, side)) return undefined;
  const [method, get, set] = (['method', 'get', 'set'] as const).map((kind) => ownMember(of, name, kind, side));
  if (method !== undefined && (get ?? set) !== undefined) return undefined;
  if (method !== undefined) return { kind: 'data', value: method, ...ofBody };
  return get === undefined && set === undefined ? none : { kind: 'accessor', get: get ?? undefinedValue, set: set ?? undefinedValue, enumerable: false, configurable: true };
}

function ofNative(m: Machine, of: NativeValue, name: string): Own | undefined {
  const { standard, path } = of;
  if (path !== undefined) return ofLanguage(m, path, m.functions.keepers.get(of), name) ?? (standard?.constructs === false && !m.functions.extended.has(of.name) ? none : undefined);
  if (standard === undefined || (name !== 'name' && name !== 'length')) return undefined;
  return isTakenAway(m, of, name) ?? { kind: 'data', value: literal(standard[name]), writable: false, enumerable: false, configurable: true };
}

/** What an object of the language has: what the program has made of it, or else what every engine has there. What this engine lacks another one may have. */
function ofLanguage(m: Machine, path: string, keeper: HeapObject | undefined, name: string): Own | undefined {
  if (path === 'Function.prototype' && (name === 'caller' || name === 'arguments')) return undefined;
  if (path === 'Array.prototype' && name === 'length' && m.builtIn.patches.addsItems) return undefined;
  const standard = descriptorAt(path, name);
  const own = keeper === undefined ? none : ofCells(m, keeper, name);
  if (own === undefined) return undefined;
  if (own.kind === 'accessor') return own;
  if (own.kind === 'data') return keeper?.attributes?.has(name) === true || standard === undefined ? own : { ...own, ...allowedBy(standard) };
  if (keeper !== undefined && descriptionOf(m, keeper, name).kind === 'gone') return none;
  return standard === undefined ? (path === 'Object.prototype' ? none : undefined) : described(m, path, name, standard);
}

function described(m: Machine, path: string, name: string, standard: PropertyDescriptor): Own | undefined {
  const accessor = (kind: 'get' | 'set'): Value => (standard[kind] === undefined ? undefinedValue : m.ofLanguage(`${kind} ${path}.${name}`));
  if (standard.get !== undefined || standard.set !== undefined) return { kind: 'accessor', get: accessor('get'), set: accessor('set'), ...allowedBy(standard) };
  const value = valueOf(m, standard.value);
  return value && { kind: 'data', value, ...allowedBy(standard) };
}

/** What a value of the engine is here; undefined where it is none that is known in every engine. */
function valueOf(m: Machine, value: unknown): Value | undefined {
  if (typeof value === 'symbol') return ofSymbol(symbolNamed(value));
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return literal(value as Literal);
  const path = pathOf(value);
  // Of its objects that are no functions, prototypes and namespaces are known.
  const isKnown = path !== undefined && (typeof value === 'function' || /^\w+(?:\.prototype)?$/.test(path));
  return isKnown ? m.ofLanguage(path) : undefined;
}

function ofSymbol(name: string | undefined): Value | undefined {
  return name === undefined ? undefined : symbol(name);
}

function allowedBy({ writable = false, enumerable = false, configurable = false }: PropertyDescriptor): Allowed {
  return { writable, enumerable, configurable };
}

/** `none` where the property of a function has been deleted. */
function isTakenAway(m: Machine, of: NativeValue | FunctionCode, name: string): Own | undefined {
  const keeper = m.functions.keepers.get(of);
  return keeper !== undefined && descriptionOf(m, keeper, name).kind === 'gone' ? none : undefined;
}

/** Where it is kept that a property of a function has been deleted; undefined of functions of which there are several. */
export function keeperOf(m: Machine, of: Value, site: Site): HeapObject | undefined {
  const key = of.kind === 'native' && (of.standard ?? of.path) !== undefined ? of : of.kind === 'closure' && isMadeOnce(m, of) ? of.code : undefined;
  if (key === undefined) return undefined;
  let keeper = m.functions.keepers.get(key);
  if (keeper === undefined) m.functions.keepers.set(key, keeper = m.apart(() => m.heap({ kind: 'record' }, site)));
  return keeper;
}

function isMadeOnce(m: Machine, { code, home, receiver }: ClosureValue): boolean {
  if (m.renamed.has(code) || (receiver !== undefined && !code.arrow)) return false;
  return code.owner === undefined ? m.functions.made.has(code) && !m.functions.several.has(code) : home?.statics.single === true;
}

function ofFunction(m: Machine, of: ClosureValue, name: string): Own | undefined {
  if (name === 'name' || name === 'length') return isTakenAway(m, of.code, name) ?? ofHead(m, of, name);
  const { code } = of;
  if (m.renamed.has(code) || m.functions.extended.has(code) || isInherited(code, name)) return undefined;
  return none;
}

/** Engines give some functions more of their own; those that are no constructors have nothing else. */
function isInherited(code: FunctionCode, name: string): boolean {
  return (name === 'prototype' && (code.constructs || code.generator !== undefined)) || ((name === 'caller' || name === 'arguments') && code.constructs);
}

function ofHead(m: Machine, of: ClosureValue | ClassValue, name: 'name' | 'length'): Own | undefined {
  const value = ownMemberOf(m, of, name);
  return value.kind === 'literal' ? { kind: 'data', value, writable: false, enumerable: false, configurable: true } : undefined;
}

/** Whether a value has something under a name, of its own or by inheritance. */
export function hasMember(m: Machine, of: Value, name: string): boolean | undefined {
  let each: Value | undefined = of;
  for (let count = 0; count < deepest && each !== undefined; count++) {
    if (each.kind === 'literal') return false;
    // What another engine may have on what it inherits from the language, it does not lack for certain.
    const own: Own | undefined = ownProperty(m, each, name);
    if (own?.kind !== 'none') return own === undefined && isLacking(m, each, name) ? false : own && true;
    each = prototypeOfValue(m, each);
  }
  return undefined;
}

/** Objects that inherit from one another, at most. */
const deepest = 16;

/** A place in a list, or a symbol, is none of the names that engines add. */
function isLacking(m: Machine, of: Value, name: string): boolean {
  const isUntouched = of.kind === 'object' && ownerOf(m, of.heap) !== undefined && of.heap.open === undefined && !m.builtIn.patches.touches(name);
  return isUntouched && (arrayIndex(name) !== undefined || isSymbolKey(name));
}

/** Whether the code at a place is strict for certain: that of a module of the language is. */
export function isStrict(m: Machine, { file }: Site): boolean {
  const module = m.program.module(file);
  return module !== undefined && module.commonjs === undefined && module.imports.length + module.exports.size + module.stars.length > 0;
}
