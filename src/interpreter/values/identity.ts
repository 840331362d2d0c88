/** Whether values are one and the same at run time. */
import type { Node } from '../../domain/graph.ts';
import type { ClosureValue, HeapObject, Value } from '../../domain/value.ts';
import { isOfLibrary, nodeOf } from '../../domain/values.ts';

/** What is the same in all runs and rounds: a literal, or one thing that was made once. Undefined for all other values. */
function identityOf(value: Value): unknown {
  switch (value.kind) {
    case 'literal': return Object.is(value.value, -0) ? 0 : value.value === undefined ? 'undefined' : typeof value.value === 'string' ? `'${value.value}` : value.value;
    case 'object': return value.heap.allocation.summary ? undefined : value.heap;
    default: return madeOnce(value);
  }
}

/** The node of a library's value, where it stands for no other value. */
function madeOnce(value: Value): Node | undefined {
  const node = isOfLibrary(value) ? nodeOf(value) : undefined;
  return node === undefined || node.repeated || node.several || !made.has(node.kind) ? undefined : node;
}

const made: ReadonlySet<string> = new Set(['operation', 'source', 'constant']);

/** Whether `===` holds of things that are no plain values; undefined where that is not known. */
export function identical(a: Value, b: Value): boolean | undefined {
  if (isCode(a) && isCode(b) && a.code !== b.code) return false;
  if (a.kind === 'native' && b.kind === 'native') return a === b ? true : a.standard === undefined || b.standard === undefined ? undefined : a.path === b.path;
  if (a.kind === 'closure' && b.kind === 'closure' && isOneMethod(a, b)) return true;
  if ((isCode(a) && b.kind === 'native') || (a.kind === 'native' && isCode(b))) return false;
  const [one, other] = [singleOf(a), singleOf(b)];
  return one === undefined || other === undefined ? undefined : one === other;
}

/** The method that the body of a class, made once, defines: whoever asks for it gets the same function. */
function isOneMethod(a: ClosureValue, b: ClosureValue): boolean {
  const { home, code } = a;
  return code === b.code && code.owner !== undefined && home?.code === code.owner && home.statics.single && home.statics === b.home?.statics && a.receiver === undefined && b.receiver === undefined;
}

function isCode(value: Value): value is Extract<Value, { kind: 'closure' | 'class' }> {
  return value.kind === 'closure' || value.kind === 'class';
}

function singleOf(value: Value): HeapObject | undefined {
  const heap = value.kind === 'object' ? value.heap : value.kind === 'class' ? value.statics : undefined;
  return heap?.single === true && !heap.allocation.summary ? heap : undefined;
}

/** They are the same for certain. */
export function isSurely(a: Value, b: Value): boolean {
  const identity = identityOf(a);
  return identity !== undefined && identity === identityOf(b);
}

/** No two of them are the same, for certain. */
export function areDistinct(values: readonly Value[]): boolean {
  const identities = values.map(identityOf);
  return !identities.includes(undefined) && new Set(identities).size === values.length;
}
