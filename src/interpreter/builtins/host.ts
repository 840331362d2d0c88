/** Members of plain values: numbers, strings, typed and nested arrays of them. */
import type { Node } from '../../domain/graph.ts';
import { allArguments, callWith } from '../../domain/invocation.ts';
import type { Invocation, Value } from '../../domain/value.ts';
import { amount, host, isUndefined, literal, members, never, plainHost, undefinedValue } from '../../domain/values.ts';
import { escape } from '../escape.ts';
import { fixpoint, Gathered } from '../fixpoint.ts';
import type { Literal } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { array } from '../values/lists.ts';
import { operandsAmong } from '../values/reach.ts';
import { standardly } from '../values/standard.ts';
import { callUnknown } from '../unknown-calls.ts';
import { unknownFrom } from '../values/unknown.ts';
import { mayConvert } from './conversion.ts';
import { roughen } from './smooth.ts';

/** Methods that give a fact about the values, too coarse to rebuild them. */
const facts = new Set(['includes', 'indexOf', 'findIndex', 'some', 'every', 'startsWith', 'endsWith', 'constructor']);

/** Objects whose methods a plain value may have. */
const prototypes: readonly object[] = [
  Object.prototype, String.prototype, Number.prototype, Boolean.prototype, Array.prototype, Float32Array.prototype,
  Object.getPrototypeOf(Float32Array.prototype) as object, Date.prototype, RegExp.prototype, Error.prototype, Map.prototype, Set.prototype,
];

const sizes = new Set(['length', 'byteLength', 'byteOffset', 'size']);

/** Texts and buffers of a value, which are no methods. */
const data = new Set(['buffer', 'message', 'name', 'stack', 'source', 'flags', 'lastIndex', 'description', '__proto__']);

function isMethod(name: string): boolean {
  return !data.has(name) && prototypes.some((prototype) => name in prototype);
}

export function hostMember(m: Machine, object: Extract<Value, { kind: 'host' | 'literal' }>, name: string | undefined): Value {
  const node = object.kind === 'host' ? object.node : undefined;
  if (name === undefined) return host(node);
  if (name === 'length' && object.kind === 'literal' && typeof object.value === 'string') return literal(object.value.length);
  if (name === 'length' && object.kind === 'host' && object.lengths?.[0] !== undefined) return amount(object.lengths[0]);
  if (object.kind === 'literal' && object.value !== null && object.value !== undefined && !/^\d+$/.test(name) && !(name in Object(object.value))) return undefinedValue;
  const saying = object.kind === 'literal' && !/^\d+$/.test(name) ? standardly(`${constructorOf(object.value)}.prototype.${name}`) : {};
  const perhaps = object.kind === 'host' ? { perhaps: true } as const : {};
  if (facts.has(name)) return { kind: 'native', name, ...perhaps, ...saying, call: (call) => (asking.has(name) ? applyMethod(m, call, name, undefined) : runCallbacks(m, call, node), plainHost) };
  if (sizes.has(name)) return plainHost;
  // A property of parsed text, of an error: it may be there or not.
  if (/^\d+$/.test(name) || !isMethod(name)) return host(node);
  return { kind: 'native', name, ...perhaps, ...saying, call: (call) => sameLength(object, name, call, applyMethod(m, call, name, node)) };
}

/** Methods of texts that ask an object how they are done. */
const asking: ReadonlySet<string> = new Set(['match', 'matchAll', 'search', 'replace', 'replaceAll', 'split', 'includes', 'startsWith', 'endsWith']);

/** The constructor of what a plain value is boxed in. */
function constructorOf(value: Literal): string {
  return typeof value === 'bigint' ? 'BigInt' : typeof value === 'string' ? 'String' : typeof value === 'number' ? 'Number' : 'Boolean';
}

/** Of an array of known length, a copy, or another one with an item for each. */
function sameLength(of: Value, name: string, { arguments: { values } }: Invocation, result: Value): Value {
  const isWhole = name === 'map' || name === 'toSorted' || name === 'toReversed' || name === 'reverse' || name === 'sort' || name === 'fill' || (name === 'slice' && values.every(isUndefined));
  return isWhole && of.kind === 'host' && of.lengths?.length === 1 && result.kind === 'host' ? host(result.node, of.lengths) : result;
}

/** Methods that put what they are given into the value, or into one like it. */
const putting: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'toSpliced', 'fill', 'concat', 'with', 'set', 'add', 'append']);

/** Whoever has a value of which nothing is known has what is put into it. */
function handOver(m: Machine, { arguments: args, site }: Invocation): void {
  const given = allArguments(args).filter((value) => members(value).some(({ kind }) => kind !== 'literal' && kind !== 'host' && kind !== 'symbol'));
  if (given.length > 0) escape(m, given, unknownFrom(m, given, site));
}

function applyMethod(m: Machine, call: Invocation, name: string, node: Node | undefined): Value {
  if (putting.has(name)) handOver(m, call);
  // What stands for a pattern says itself what is done with it.
  if (call.arguments.values.some((value) => members(value).some((member) => member.kind === 'object' && member.heap.isRecord && member.heap.primitive === undefined)) && asking.has(name)) callUnknown(m, unknownFrom(m, [], call.site), call.receiver, call.arguments, call.site, call.label);
  // What gives its worth does not ask for it.
  if (name !== 'valueOf' && name !== 'toString') mayConvert(m, [call.receiver], call.site);
  const results = runCallbacks(m, call, node);
  if (name === 'forEach') return undefinedValue;
  const { arguments: args } = call;
  if ((name === 'map' || name === 'flatMap') && results.kind !== 'host' && results.kind !== 'literal' && results.kind !== 'never') {
    return array(m, { items: [], others: results }, call.site);
  }
  // What a callback makes of each value speaks for itself, where it makes something of it at all.
  if (node !== undefined && !(name === 'map' && results.kind === 'host' && results.node !== undefined)) roughen(name, [node]);
  if (name === 'reduce') return m.memory.joiner.all([args.values[1] ?? never, results]);
  return combined(m, [host(node), results, ...args.values], call);
}

/** Calls the functions among the arguments with what the values are, any number of times. */
function runCallbacks(m: Machine, call: Invocation, node: Node | undefined): Value {
  const { site } = call;
  const gathered = new Gathered(m);
  for (const value of call.arguments.values) {
    for (const member of members(value)) {
      if (member.kind !== 'closure') continue;
      fixpoint(m, () => {
        const first = call.label === 'reduce' ? m.memory.joiner.values(call.arguments.values[1] ?? never, m.memory.joiner.values(gathered.all, host(node))) : host(node);
        const second = call.label === 'reduce' || call.label === 'sort' ? host(node) : plainHost;
        gathered.add(m.invoke(member, undefinedValue, callWith([first, second, host(node)], site), site, call.label));
      });
    }
  }
  return gathered.all;
}

/** A plain value made of others: it remembers every read behind them. */
export function combined(m: Machine, values: readonly Value[], call: Invocation): Value {
  const nodes = [...operandsAmong(m, values)];
  const [only] = nodes;
  if (call.label !== 'map') roughen(call.label, nodes);
  if (nodes.length < 2) return host(only);
  const node = m.node({ kind: 'host' }, call.label, call.site);
  for (const from of nodes) node.connect(from, from.kind === 'operation' || from.kind === 'source' ? 'host-arithmetic' : 'flows', call.site);
  return host(node);
}
