/** What the functions and methods of a library do, by the form of their meaning. */
import { type Facts, noFacts } from '../calculus/numbers/facts.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';
import { customGradient } from './custom-gradient.ts';
import { callWith, type Arguments, type Invocation, argument, argumentSite, noArguments } from './invocation.ts';
import { functionsIn, invoke, mayCall } from './functions.ts';
import { isGradientFunction, tellTakenForGradients } from './gradient-functions.ts';
import type { Node } from './graph.ts';
import { compileModel, trainModel } from './training.ts';
import { addPart, applyModel, makeParametrised, newWeight, symbolicInput, weightsOf } from './layers.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
import { markBuilt } from './own-layers.ts';
import { operandNodes, performOperation, unknownOperation } from './operations.ts';
import { leafFacts, variableFacts } from './ranges.ts';
import { openScope } from './scopes.ts';
import { differentiateOn, makeTape, recordOn, watch } from './tapes.ts';
import { fromType, refineAt } from './types.ts';
import { type LibraryValue, type TensorValue, type Value, host, literal, members, plainHost, undefinedValue } from './value.ts';

/** What a function or member of a library is used on. */
export interface Subject {
  readonly library: Library;
  /** The tensor or instance whose member it is; undefined for an export. */
  readonly receiver: Value | undefined;
  readonly node: Node | undefined;
  readonly name: string;
}

/** The call of an export of a library. */
export function callLibrary(m: Machine, callee: LibraryValue, args: Arguments, site: Site, label: string): Value {
  const { library, path } = callee;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const row = Object.hasOwn(library.operations, path) ? library.operations[path] : undefined;
  if (row !== undefined) return performOperation(m, library, row, path, name, args, site);
  const meaning = (Object.hasOwn(library.members, path) ? library.members[path] : undefined) ?? familyOf(library, path);
  if (library.absent.includes(path) && m.muted === 0) {
    m.observer.mistake({ cause: 'misuse', variant: 'unknownApi', site, chain: m.frame.chain, scope: name, library: library.title, error: 'a TypeError' }, m);
  }
  if (meaning === undefined) return callUndescribed(m, args, name, site);
  return applyMeaning(m, { library, receiver: undefined, node: undefined, name }, meaning, { machine: m, receiver: undefinedValue, arguments: args, site, label });
}

function familyOf(library: Library, path: string): Meaning | undefined {
  const dot = path.indexOf('.');
  if (dot === -1) return undefined;
  const family = path.slice(0, dot);
  return Object.hasOwn(library.families, family) ? library.families[family] : undefined;
}

/** An export of which the tables say nothing: what its type says, with every gradient let through. */
function callUndescribed(m: Machine, args: Arguments, name: string, site: Site): Value {
  mayCall(m, args.values);
  const node = unknownOperation(m, args.values, name, site);
  return fromType(m, m.program.typeOf(site), { node, site, name });
}

/** A member that is read, not called; undefined for methods. */
export function propertyOf(m: Machine, subject: Subject, meaning: Meaning, site: Site): Value | undefined {
  if (meaning.is === 'metadata') return plainHost;
  if (meaning.is === 'read' && meaning.method === false) return host(subject.node);
  if (meaning.is === 'weights' && !meaning.method) return weightsOf(m, subject, meaning, noArguments, site);
  return undefined;
}

export function applyMeaning(m: Machine, subject: Subject, meaning: Meaning, call: Invocation): Value {
  const { library } = subject;
  const { arguments: args, site } = call;
  switch (meaning.is) {
    case 'leaf': return makeLeaf(m, subject, meaning, call);
    case 'variable': return makeVariable(m, subject, meaning, call);
    case 'identity': return meaning.at < 0 ? subject.receiver ?? undefinedValue : argument(args, meaning.at);
    case 'region': {
      const callback = args.values.findLast((value) => value.kind !== 'literal') ?? undefinedValue;
      return invoke(m, callback, undefinedValue, callWith([], site), site, call.label);
    }
    case 'scope': return openScope(m, library, meaning.form, call);
    case 'custom-gradient': return customGradient(call.machine, library, argument(args, 0), call.label);
    case 'stop': return stopped(m, library, meaning.at < 0 ? subject.receiver ?? undefinedValue : argument(args, meaning.at), call);
    case 'tape': return makeTape(m, library, meaning, call);
    case 'watch': watch(m, subject, meaning, call); return undefinedValue;
    case 'record': return recordOn(m, subject, meaning, call);
    case 'gradient': return differentiateOn(m, subject, meaning, call);
    case 'read': return readTensor(m, subject, meaning, call);
    case 'instance':
      if (meaning.variables === true) m.hasVariables = true;
      return { kind: 'instance', library, class: meaning.class, node: undefined };
    case 'parametrised': return makeParametrised(m, subject, meaning, call);
    case 'apply': return applyModel(m, subject, meaning, call);
    case 'compile': compileModel(m, subject, call); return undefinedValue;
    case 'train':
      trainModel(m, subject, call);
      mayCall(m, args.values.flatMap((value) => functionsWithin(m, value)));
      return { kind: 'promise', value: plainHost };
    case 'weights': return weightsOf(m, subject, meaning, args, site);
    case 'add-part': addPart(m, subject, argument(args, 0)); return undefinedValue;
    case 'add-weight': return newWeight(m, subject, meaning, call);
    case 'build': markBuilt(m, subject.receiver); return undefinedValue;
    case 'update': update(m, subject, args, site); return undefinedValue;
    case 'metadata': return plainHost;
    case 'apply-gradients': {
      const gradients = argument(args, 0);
      if (isGradientFunction(gradients)) tellTakenForGradients(m, gradients, argumentSite(call, 0), undefined);
      return undefinedValue;
    }
    case 'ignored':
      mayCall(m, args.values.flatMap((value) => functionsWithin(m, value)));
      return meaning.promise === true ? { kind: 'promise', value: undefinedValue } : undefinedValue;
    case 'symbolic-input': return symbolicInput(m, library, call);
  }
}

function functionsWithin(m: Machine, value: Value): readonly Value[] {
  if (value.kind !== 'object') return functionsIn([value]);
  return [...value.heap.properties.keys()].flatMap((key) => functionsIn([getMember(m, value, literal(key), value.heap.site)]));
}

export function tensorOf(library: Library, node: Node, facts: Facts = noFacts): TensorValue {
  return { kind: 'tensor', library, class: 'Tensor', node, facts };
}

function makeLeaf(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'leaf' }>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const data = meaning.data === undefined ? undefined : meaning.data < 0 ? subject.node : argument(args, meaning.data);
  const from = data === undefined ? [] : 'inputs' in data ? [data] : operandNodes(m, refineAt(m, data, argumentSite(call, meaning.data ?? 0)));
  const read = from.filter((node) => node.kind !== 'external' || !node.handed);
  const node = m.node(read.length === 0 ? 'constant' : 'operation', call.label, site);
  for (const input of read) node.connect(input, input.kind === 'operation' || input.kind === 'source' ? 'host-arithmetic' : 'flows', argumentSite(call, meaning.data ?? 0));
  return tensorOf(subject.library, node, args.others === undefined ? leafFacts(m, subject.library, meaning, args.values) : noFacts);
}

function makeVariable(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'variable' }>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const initial = meaning.initial < 0 ? subject.receiver ?? undefinedValue : argument(args, meaning.initial);
  const trainable = argument(args, meaning.trainable);
  const node = m.node('source', call.label, site);
  node.trainable = trainable.kind === 'literal' && trainable.value !== false;
  node.frozen = trainable.kind === 'literal' && trainable.value === false;
  if (!node.frozen && m.tapes === undefined) m.hasVariables = true;
  const initialSite = argumentSite(call, Math.max(meaning.initial, 0));
  for (const from of operandNodes(m, initial)) node.connect(from, 'stop-gradient', initialSite);
  // A copy of weights has its values from them: it is not there to be trained itself.
  if (m.tapes === undefined && copiesWeights(node)) m.observer.updated(node, 'overwritten');
  return { kind: 'tensor', library: subject.library, class: 'Variable', node, facts: variableFacts(m, initial, args.values) };
}

function copiesWeights(variable: Node): boolean {
  const behind = new Set([variable]);
  for (const node of behind) for (const { from } of node.inputs) behind.add(from);
  return [...behind].some((node) => node !== variable && node.kind === 'source');
}

function stopped(m: Machine, library: Library, value: Value, call: Invocation): Value {
  const node = m.node('operation', call.label, call.site);
  node.detached = true;
  for (const from of operandNodes(m, value)) node.connect(from, 'stop-gradient', argumentSite(call, 0));
  return tensorOf(library, node);
}

function readTensor(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'read' }>, call: Invocation): Value {
  const { library, receiver } = subject;
  // An export such as `buffer(shape, dtype, values)` takes the values; a method reads its receiver.
  const from = receiver === undefined ? call.arguments.values.flatMap((value) => operandNodes(m, value)) : subject.node === undefined ? [] : [subject.node];
  const kind = receiver !== undefined && isTensor(receiver) ? 'read' : 'host';
  const node = from.length === 0 ? undefined : m.node(kind, call.label, call.site);
  for (const input of from) node?.connect(input, kind === 'read' ? 'host-read' : 'flows', call.site);
  if (meaning.result === 'buffer' || meaning.result === 'promised-buffer') {
    const buffer: Value = { kind: 'instance', library, class: 'TensorBuffer', node: node ?? m.node('host', call.label, call.site) };
    return meaning.result === 'buffer' ? buffer : { kind: 'promise', value: buffer };
  }
  return meaning.result === 'promise' ? { kind: 'promise', value: host(node) } : host(node);
}

function isTensor(value: Value): boolean {
  return members(value).some((member) => member.kind === 'tensor');
}

/** `variable.assign(x)`, `model.setWeights(…)`, `buffer.set(x, …)`. */
function update(m: Machine, subject: Subject, args: Arguments, site: Site): void {
  m.observer.updated(subject.node, 'overwritten');
  if (subject.node?.kind === 'source' && m.tapes !== undefined) {
    for (const from of args.values.flatMap((value) => operandNodes(m, value))) if (from !== subject.node) subject.node.connect(from, 'assign', site, m.frame.chain);
  }
  // A buffer is plain memory: it holds what is written to it.
  if (subject.node?.kind === 'host' || subject.node?.kind === 'read') {
    for (const from of args.values.flatMap((value) => operandNodes(m, value))) if (from !== subject.node) subject.node.connect(from, 'flows', site);
  }
}
