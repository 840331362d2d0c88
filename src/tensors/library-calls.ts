/** What the functions and methods of a library do, by the form of their meaning. */
import { shapeOf, sizeOfDimensions } from '../calculus/numbers/dimensions.ts';
import { type Facts, noFacts } from '../calculus/numbers/facts.ts';
import { valueOf } from '../calculus/numbers/interval.ts';
import type { Edge, Node } from '../domain/graph.ts';
import { argument, argumentSite, callWith, noArguments } from '../domain/invocation.ts';
import type { Arguments, ExportValue, Invocation, Value } from '../domain/value.ts';
import { host, isMissing, literal, members, nodeOf, plainHost, undefinedValue } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { callUnknown, functionsIn, mayCall, mayHold } from '../interpreter/unknown-calls.ts';
import { inAnyOrder } from '../interpreter/values/lists.ts';
import { operandNodes } from '../interpreter/values/reach.ts';
import { fromType, refineAt } from '../interpreter/values/types.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import { lastName, moduleOfPath } from '../libraries/owner.ts';
import type { Site } from '../program/ir.ts';
import { customGradient } from './custom-gradient.ts';
import { isGradientFunction, tellTakenForGradients } from './gradient-functions.ts';
import { dataSetOf, otherRows } from './data-sets.ts';
import { use } from './gradient-uses.ts';
import { tellPrepared, tellRun } from './layers/layer-settings.ts';
import { emptyListOf, fillList } from './layers/empty-list.ts';
import { endsOf } from './layers/ends.ts';
import { tellFed } from './layers/feeding.ts';
import { addPart, applyModel, makeParametrised, newWeight, removePart, symbolicInput, weightsOf } from './layers/layers.ts';
import { noteBuiltBy } from './layers/outdated.ts';
import { markBuilt } from './layers/own-layers.ts';
import { compileModel, trainModel } from './layers/training.ts';
import { keepArguments, operated, runsUnseen } from './lifetimes/calls.ts';
import { disposed, inOpaque, kept, variablesDisposed } from './lifetimes/disposals.ts';
import { tellNamed } from './lifetimes/named.ts';
import { begin, setStates } from './lifetimes/states.ts';
import { tidied } from './lifetimes/tidied.ts';
import { performOperation, unknownOperation } from './operations.ts';
import { applyGradients, loseTrack, makeOptimizer } from './optimizers.ts';
import { metadataOf } from './metadata.ts';
import { namedDimensions } from './named-lengths.ts';
import { dataFactsOf, knownArgument, leafFacts, variableFacts } from './ranges.ts';
import { openScope } from './scopes.ts';
import { tellShaped } from './shaped.ts';
import type { Subject } from './subject.ts';
import { differentiateOn, makeTape, recordOn, watch } from './tapes.ts';
import { noteShape, shapeFacts, tensorOf, trainabilityOf } from './tensor.ts';

/** The call of an export of a library. */
export function callLibrary(m: Machine, callee: ExportValue, args: Arguments, site: Site, label: string): Value {
  const { library, path } = callee;
  const name = callee.alias ?? lastName(path);
  const row = Object.hasOwn(library.operations, path) ? library.operations[path] : undefined;
  if (row !== undefined) return operated(m, { library, row, path, label: name, arguments: args, site }, () => performOperation(m, library, row, path, name, args, site));
  const meaning = (Object.hasOwn(library.members, path) ? library.members[path] : undefined) ?? familyOf(library, path);
  if (!onlyDisposes(meaning)) use(m, args.values);
  if (isMissing(callee)) m.tell({ kind: 'mistake', cause: 'misuse', variant: 'unknownApi', site, chain: m.frame.chain, scope: name, library: library.title, error: 'a TypeError' });
  keepArguments(m, meaning, { arguments: args });
  if (meaning === undefined) return moduleOfPath(library, path) === undefined ? callUndescribed(m, args, name, site) : callUnknown(m, callee, undefinedValue, args, site, label);
  return applyMeaning(m, { library, receiver: undefined, node: undefined, name }, meaning, { receiver: undefinedValue, arguments: args, site, label });
}

/** Giving memory back looks at nothing. */
export function onlyDisposes(meaning: Meaning | undefined): boolean {
  return meaning?.is === 'ignored' && meaning.disposes === 'given';
}

function familyOf(library: Library, path: string): Meaning | undefined {
  const dot = path.indexOf('.');
  if (dot === -1) return undefined;
  const family = path.slice(0, dot);
  return Object.hasOwn(library.families, family) ? library.families[family] : undefined;
}

/** An export of which the tables say nothing: what its type says, with every gradient let through. */
function callUndescribed(m: Machine, args: Arguments, name: string, site: Site): Value {
  mayHold(m, args.values.flatMap((value) => functionsWithin(m, value)));
  for (const value of args.values) mayRearrange(m, value);
  const node = unknownOperation(m, args.values, name, site);
  return fromType(m, m.program.typeOf(site), { node, site, name });
}

/** What the tables do not describe may work in place, as a shuffle does, and compute other numbers; tensors it has no other ones to put in. */
function mayRearrange(m: Machine, value: Value): void {
  if (value.kind !== 'object' || !value.heap.isArray) return;
  const { others } = inAnyOrder(m, m.memory.list(value.heap));
  const isPlain = members(others).every(({ kind }) => kind === 'literal' || kind === 'host');
  m.memory.writeList(value.heap, { items: [], others: isPlain && others.kind !== 'never' ? m.memory.joiner.values(others, plainHost) : others });
}

/** A member that is read, not called; undefined for methods. */
export function propertyOf(m: Machine, subject: Subject, meaning: Meaning, site: Site): Value | undefined {
  if (meaning.is === 'metadata' && meaning.method !== true) {
    // On what it says hangs what is done with it.
    if (meaning.life === true && subject.node !== undefined) setStates(m, subject.node, ['loose']);
    return (meaning.of && subject.receiver?.kind === 'tensor' ? metadataOf(m, subject.receiver, meaning.of, site) : undefined) ?? plainHost;
  }
  if (meaning.is === 'read' && meaning.method === false) return host(subject.node);
  if (meaning.is === 'ends') return endsOf(m, subject, meaning, site);
  if (meaning.is === 'empty-list') return emptyListOf(m, subject, site);
  if (meaning.is === 'weights' && !meaning.method) return weightsOf(m, subject, meaning, noArguments, site);
  return undefined;
}

export function applyMeaning(m: Machine, subject: Subject, meaning: Meaning, call: Invocation): Value {
  noteBuiltBy(m, subject);
  if (subject.library.lifetimes === undefined || !runsUnseen(meaning)) return perform(m, subject, meaning, call);
  const result = inOpaque(m, () => perform(m, subject, meaning, call));
  if (meaning.is !== 'apply' || meaning.makes !== true || result.kind !== 'tensor' || subject.receiver?.kind !== 'instance') return result;
  // What is made later no region holds that is open now.
  if (meaning.promise !== true || m.history.lifetimes.region === undefined) begin(m, subject.library, result.node, call);
  return meaning.promise === true ? { kind: 'promise', value: result } : result;
}

function perform(m: Machine, subject: Subject, meaning: Meaning, call: Invocation): Value {
  const { library } = subject;
  const { arguments: args, site } = call;
  switch (meaning.is) {
    case 'leaf': return makeLeaf(m, subject, meaning, call);
    case 'made': return makeFrom(m, library, argument(args, meaning.data), call);
    case 'operation': return performOn(m, subject, meaning, call);
    case 'variable': return makeVariable(m, subject, meaning, call);
    case 'identity': return sameValue(m, subject, meaning, call);
    case 'region': return runRegion(m, library, meaning, call);
    case 'scope': return openScope(m, library, meaning.form, call, subject.receiver?.kind === 'instance' ? subject.receiver.optimizer : undefined);
    case 'custom-gradient': return customGradient(m, library, argument(args, 0), call.label);
    case 'stop': return stopped(m, library, meaning.at < 0 ? subject.receiver ?? undefinedValue : argument(args, meaning.at), call);
    case 'tape': return makeTape(m, library, meaning, call);
    case 'watch': watch(m, subject, meaning, call); return undefinedValue;
    case 'record': return recordOn(m, subject, meaning, call);
    case 'gradient': return differentiateOn(m, subject, meaning, call);
    case 'read': return readTensor(m, subject, meaning, call);
    case 'instance':
      if (meaning.variables === true) m.history.models.hasVariables = true;
      return meaning.moments === undefined ? { kind: 'instance', library, class: meaning.class, node: undefined } : makeOptimizer(m, library, meaning, call);
    case 'parametrised': return makeParametrised(m, subject, meaning, call);
    case 'apply': return runModel(m, subject, meaning, call);
    case 'compile':
      compileModel(m, subject, call);
      return undefinedValue;
    case 'train':
      if (meaning.feeds !== undefined && subject.receiver?.kind === 'instance') tellFed(m, subject.receiver, meaning.feeds, call);
      trainModel(m, subject, meaning.on, call);
      mayHold(m, args.values.flatMap((value) => functionsWithin(m, value)));
      return { kind: 'promise', value: plainHost };
    case 'weights': return weightsOf(m, subject, meaning, args, site);
    case 'ends': return endsOf(m, subject, meaning, site);
    case 'add-part': addPart(m, subject, call); return undefinedValue;
    case 'remove-part': removePart(m, subject); return undefinedValue;
    case 'add-weight': return newWeight(m, subject, meaning, call);
    case 'build': markBuilt(m, subject.receiver); return undefinedValue;
    case 'update':
      if (subject.receiver?.kind === 'tensor') tellAssigned(m, subject, subject.receiver, call);
      update(m, meaning.at === undefined ? subject.node : nodeOf(argument(args, meaning.at)), args, site);
      return undefinedValue;
    case 'metadata': return plainHost;
    case 'empty-list': return emptyListOf(m, subject, site);
    case 'fill-list':
      fillList(m, subject, argument(args, 0), site);
      mayHold(m, args.values.flatMap((value) => functionsWithin(m, value)));
      return undefinedValue;
    case 'apply-gradients': {
      const gradients = argument(args, 0);
      if (isGradientFunction(gradients)) tellTakenForGradients(m, gradients, argumentSite(call, 0), undefined);
      applyGradients(m, subject.receiver, call);
      return undefinedValue;
    }
    case 'restore-moments': loseTrack(m, subject.receiver ?? undefinedValue); return { kind: 'promise', value: undefinedValue };
    case 'ignored': return disposing(m, subject, meaning, call);
    case 'symbolic-input': return symbolicInput(m, library, call);
    case 'rows': return dataSetOf(m, subject, meaning, call, () => (subject.receiver === undefined ? callUndescribed(m, args, subject.name, site) : otherRows(m, subject.receiver, meaning, call)));
  }
}

type Of<Kind extends Meaning['is']> = Extract<Meaning, { readonly is: Kind }>;

function sameValue(m: Machine, subject: Subject, { at, keeps }: Of<'identity'>, call: Invocation): Value {
  const value = at < 0 ? subject.receiver ?? undefinedValue : argument(call.arguments, at);
  if (keeps === true) kept(m, value);
  return value;
}

function runRegion(m: Machine, library: Library, { at, disposes }: Of<'region'>, { arguments: args, site, label }: Invocation): Value {
  const callback = at === undefined ? args.values.findLast((value) => value.kind !== 'literal') ?? undefinedValue : argument(args, at);
  const run = (): Value => m.invoke(callback, undefinedValue, callWith([], site), site, label);
  return disposes === true ? tidied(m, library, { callback, site, label }, run) : run();
}

function runModel(m: Machine, subject: Subject, meaning: Of<'apply'>, call: Invocation): Value {
  const { library, receiver } = subject;
  if (m.tapes !== undefined) tellPrepared(m, 'applied', library, receiver, [], call.site);
  const given = applyModel(m, subject, meaning, call);
  tellRun(m, library, receiver, given, call);
  return given;
}

/** Of a call that gives nothing of which anything is asked; it may take tensors away. */
function disposing(m: Machine, { receiver }: Subject, { disposes, promise }: Of<'ignored'>, { arguments: args, site, label }: Invocation): Value {
  if (disposes === 'given') disposed(m, receiver ?? argument(args, 0), { by: 'call', site, label });
  if (disposes === 'variables') variablesDisposed(m);
  mayCall(m, args.values.flatMap((value) => functionsWithin(m, value)));
  return promise === true ? { kind: 'promise', value: undefinedValue } : undefinedValue;
}

/** Objects within objects that a library looks into for functions: options, what stands under a name there, and lists of it. */
const deepest = 3;

function functionsWithin(m: Machine, value: Value, depth = 0): readonly Value[] {
  if (value.kind === 'union') return value.members.flatMap((member) => functionsWithin(m, member, depth));
  if (value.kind !== 'object') return functionsIn([value]);
  if (depth === deepest) return [];
  const { heap } = value;
  const { items, others } = heap.isArray ? m.memory.list(heap) : { items: [], others: undefinedValue };
  const held = [...heap.properties.keys()].map((key) => m.getMember(value, literal(key), heap.site));
  return [...held, ...items, others].flatMap((each) => functionsWithin(m, each, depth + 1));
}

function tellAssigned(m: Machine, { library, name }: Subject, receiver: Value, { arguments: args, site, label }: Invocation): void {
  const values = [receiver, ...args.values];
  tellShaped(m, { library, operation: name, label, args: { ...args, values, sites: [site, ...args.sites] }, given: values.map((value) => knownArgument(m, value)), site });
}

function makeLeaf(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'leaf' }>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const data = meaning.data === undefined ? undefined : meaning.data < 0 ? subject.node : argument(args, meaning.data);
  const from = data === undefined ? [] : 'inputs' in data ? [data] : operandNodes(m, refineAt(m, data, argumentSite(call, meaning.data ?? 0)));
  const read = from.filter((node) => node.kind !== 'external' || !node.handed);
  const node = m.node({ kind: read.length === 0 ? 'constant' : 'operation', path: subject.name }, call.label, site);
  for (const input of read) node.connect(input, intoLeaf(input), argumentSite(call, meaning.data ?? 0));
  const given = args.values.map((value) => knownArgument(m, value));
  const { outcome } = tellShaped(m, { library: subject.library, operation: subject.name, label: call.label, args, given, site });
  const made = outcome === 'may fit' && args.others === undefined ? leafFacts(subject.library, meaning, given) : noFacts;
  const facts = meaning.data === -1 && subject.receiver?.kind === 'instance' ? subject.receiver.facts ?? noFacts : made;
  noteUniform(m, node, facts);
  begin(m, subject.library, node, call);
  return tensorOf(m, subject.library, node, facts);
}

/** A tensor that begins with one number everywhere. */
function noteUniform(m: Machine, node: Node, { range, dimensions }: Facts): void {
  const shape = valueOf(range) === undefined ? undefined : shapeOf(dimensions);
  if (shape !== undefined && !m.allocator.isRepeating) m.history.uniform.set(node, shape);
}

/** A tensor that is made of numbers, or a buffer, is a leaf, wherever they come from: nothing comes back through it. Reads and plain numbers are cut off already. */
function intoLeaf(node: Node): Edge['effect'] {
  if (node.kind === 'operation' || node.kind === 'source') return 'host-arithmetic';
  return node.alternatives().some(({ kind }) => kind === 'external' || kind === 'anything') ? 'host-read' : 'flows';
}

/** A tensor of what is handed over; what is a tensor already is handed on. */
function makeFrom(m: Machine, library: Library, value: Value, call: Invocation): Value {
  const from = operandNodes(m, value).filter((node) => node.kind !== 'external' || !node.handed);
  const node = m.node({ kind: from.length === 0 ? 'constant' : 'operation' }, call.label, call.site);
  for (const input of from) node.connect(input, 'flows', call.site);
  return tensorOf(m, library, node, shapeFacts(dataFactsOf(m, library, value).dimensions));
}

/** An operation as a function, on the tensor that is its receiver, or by the weights of a layer. */
function performOn(m: Machine, subject: Subject, { row, path, receiver: isOperand }: Extract<Meaning, { is: 'operation' }>, { arguments: args, site }: Invocation): Value {
  const { library, receiver, node, name } = subject;
  const values = isOperand === true ? [receiver ?? undefinedValue, ...args.values] : [...args.values];
  const sites = isOperand === true ? [site, ...args.sites] : [...args.sites];
  if (receiver?.kind === 'instance' && node !== undefined) {
    // Behind the last operand, of which the row speaks.
    while (values.length < row.operands.length) values.push(undefinedValue);
    values.push(tensorOf(m, library, node));
  }
  return performOperation(m, library, row, path, name, { values, sites, others: args.others }, site);
}

function makeVariable(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'variable' }>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const initial = meaning.initial < 0 ? subject.receiver ?? undefinedValue : argument(args, meaning.initial);
  const trainable = argument(args, meaning.trainable);
  const facts = variableFacts(m, initial, args.values);
  const node = m.node({ kind: 'source', made: 'variable', trainable: trainabilityOf(trainable), shape: shapeOf(facts.dimensions) }, call.label, site);
  if (node.trainability() !== 'no' && m.tapes === undefined) m.history.models.hasVariables = true;
  if (initial.kind === 'tensor') {
    noteUniform(m, node, initial.facts);
    if (!m.allocator.isRepeating) m.history.initial.set(node, { ...initial.facts, type: facts.type });
  }
  if (meaning.name !== undefined) tellNamed(m, subject.library, node, argument(args, meaning.name), call);
  begin(m, subject.library, node, call, 'variable');
  const initialSite = argumentSite(call, Math.max(meaning.initial, 0));
  for (const from of operandNodes(m, initial)) node.connect(from, 'stop-gradient', initialSite);
  // A copy of weights has its values from them: it is not there to be trained itself.
  if (m.tapes === undefined && copiesWeights(node)) m.history.add({ kind: 'update', weights: node, how: 'overwritten' });
  noteShape(m, node, facts.dimensions);
  return { kind: 'tensor', library: subject.library, class: 'Variable', node, facts };
}

function copiesWeights(variable: Node): boolean {
  const behind = new Set([variable]);
  for (const node of behind) for (const { from } of node.inputs) behind.add(from);
  return [...behind].some((node) => node !== variable && node.kind === 'source');
}

function stopped(m: Machine, library: Library, value: Value, call: Invocation): Value {
  const node = m.node({ kind: 'operation', detached: true }, call.label, call.site);
  for (const from of operandNodes(m, value)) node.connect(from, 'stop-gradient', argumentSite(call, 0));
  return tensorOf(m, library, node);
}

function readTensor(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'read' }>, call: Invocation): Value {
  const { library } = subject;
  const read = meaning.at === undefined ? subject.receiver : refineAt(m, argument(call.arguments, meaning.at), argumentSite(call, meaning.at));
  // An export such as `buffer(shape, dtype, values)` takes the values; a method reads its receiver.
  const from = read === undefined ? call.arguments.values.flatMap((value) => operandNodes(m, value)) : readNodes(m, subject, read, meaning);
  const kind = read !== undefined && isTensor(read) ? 'read' : 'host';
  const node = from.length === 0 ? undefined : m.node({ kind }, call.label, call.site);
  for (const input of from) node?.connect(input, kind === 'read' ? 'host-read' : 'flows', call.site);
  const tape = m.tapes?.of(library);
  if (kind === 'read' && node !== undefined && tape !== undefined && waits(library, meaning, from)) m.tell({ kind: 'read', node, tape });
  if (meaning.result === 'buffer' || meaning.result === 'promised-buffer') {
    const buffer: Value = { kind: 'instance', library, class: 'TensorBuffer', node: node ?? m.node({ kind: 'host' }, call.label, call.site), facts: bufferFacts(m, library, meaning, read, call) };
    return meaning.result === 'buffer' ? buffer : { kind: 'promise', value: buffer };
  }
  const count = meaning.flat === true && read?.kind === 'tensor' ? sizeOfDimensions(namedDimensions(m, read)) : undefined;
  const values = host(node, count === undefined ? undefined : [count]);
  return meaning.result === 'promise' ? { kind: 'promise', value: values } : values;
}

/** The shape of a buffer: that of the tensor it was read from, or one that is given. */
function bufferFacts(m: Machine, library: Library, { shape }: Extract<Meaning, { is: 'read' }>, read: Value | undefined, call: Invocation): Facts {
  if (read?.kind === 'tensor') return shapeFacts(read.facts.dimensions);
  return shape === undefined ? noFacts : shapeFacts(leafFacts(library, { is: 'leaf', shape }, call.arguments.values.map((value) => knownArgument(m, value))).dimensions);
}

function readNodes(m: Machine, subject: Subject, read: Value, meaning: Extract<Meaning, { is: 'read' }>): readonly Node[] {
  if (meaning.at !== undefined) return operandNodes(m, read);
  return subject.node === undefined ? [] : [subject.node];
}

/** Whether the thread waits for the device: the numbers of which a tensor was made, the library may still hold beside it. */
function waits({ usage, members }: Library, { result }: Extract<Meaning, { is: 'read' }>, from: readonly Node[]): boolean {
  const isMade = ({ path }: Node): boolean => path !== undefined && Object.hasOwn(members, path) && members[path]?.is === 'leaf';
  return usage.readsWait && (result === 'host' || result === 'buffer') && from.every((node) => node.kind === 'source' || (node.kind === 'operation' && !isMade(node)));
}

function isTensor(value: Value): boolean {
  return members(value).some((member) => member.kind === 'tensor');
}

/** `variable.assign(x)`, `model.setWeights(…)`, `buffer.set(x, …)`. */
function update(m: Machine, updated: Node | undefined, args: Arguments, site: Site): void {
  if (updated !== undefined) m.history.add({ kind: 'update', weights: updated, how: 'overwritten' });
  if (updated?.kind === 'source' && m.tapes !== undefined) {
    for (const from of args.values.flatMap((value) => operandNodes(m, value))) if (from !== updated) updated.connect(from, 'assign', site, m.frame.chain);
  }
  // A buffer is plain memory: it holds the numbers that are written to it.
  if (updated?.kind === 'host' || updated?.kind === 'read') {
    for (const from of args.values.flatMap((value) => operandNodes(m, value))) if (from !== updated) updated.connect(from, intoLeaf(from), site);
  }
}
