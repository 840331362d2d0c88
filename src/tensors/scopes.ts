/** Gradient scopes: the code that a library runs on its tape. */
import { noFacts } from '../calculus/numbers/facts.ts';
import { products } from '../calculus/numbers/flat.ts';
import { type Gap, Node, now, opened, type Tape } from '../domain/graph.ts';
import type { AskedSource, Mistake, ScopeRun } from '../domain/history.ts';
import { argument, argumentSite, noArguments } from '../domain/invocation.ts';
import type { Arguments, Invocation, ListState, NativeValue, Optimizer, TensorValue, Value } from '../domain/value.ts';
import { isUndefined, literal, members, never, nonNullish, truth, undefinedValue } from '../domain/values.ts';
import { iterate } from '../interpreter/builtins/iteration.ts';
import { argumentsByType } from '../interpreter/instances.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import { record } from '../interpreter/values/properties.ts';
import { operandNodes } from '../interpreter/values/reach.ts';
import { refineAt } from '../interpreter/values/types.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { Library } from '../libraries/library.ts';
import type { ScopeForm } from '../libraries/meaning.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import { resultSite } from '../program/result-site.ts';
import { computed } from './gradient-uses.ts';
import { frozenNow, unbuiltNow } from './layers/trainability.ts';
import { takeStep } from './optimizers.ts';
import { dataFactsOf, knownArgument } from './ranges.ts';
import { tellShaped } from './shaped.ts';
import { inRegion } from './lifetimes/disposals.ts';
import { shapeFacts, tensorOf } from './tensor.ts';
import { listedVariables, sourceOf } from './variable-lists.ts';

/** `optimizer`: the receiver, where it is one that keeps moments. */
export function openScope(m: Machine, library: Library, form: ScopeForm, call: Invocation, optimizer: Optimizer | undefined): Value {
  const misused = callMistake(m, library, form, call);
  if (misused !== undefined) m.tell(misused);
  if (form.kind === 'variables') return differentiateVariables(m, library, form, call, optimizer);
  const callback = argument(call.arguments, 0);
  const native: NativeValue['call'] = (invocation) => differentiateArguments(m, library, { form, callback, callbackSite: argumentSite(call, 0), label: call.label }, invocation);
  return { kind: 'native', name: call.label, call: native, bare: true, differentiates: { library, label: call.label, site: call.site } };
}

/** What is wrong with the arguments of a scope by their kinds. */
function callMistake(m: Machine, library: Library, form: ScopeForm, call: Invocation): Mistake | undefined {
  const about = { kind: 'mistake' as const, cause: 'misuse' as Mistake['cause'], chain: m.frame.chain, scope: call.label, library: library.title };
  const at = form.kind === 'variables' ? form.callback : 0;
  if (members(argument(call.arguments, at)).every((value) => value.kind === 'tensor')) return { ...about, variant: 'tensor', site: argumentSite(call, at), error: library.errors.notFunction[form.kind].replace('…', call.label) };
  if (form.kind !== 'variables') return undefined;
  if (itemsOf(m, argument(call.arguments, form.list)).some((item) => item.kind === 'instance' && item.class === 'LayerVariable')) {
    return { ...about, variant: 'layerVariables', site: argumentSite(call, form.list), error: library.errors.list };
  }
  if (isEmptyList(m, argument(call.arguments, form.list), argumentSite(call, form.list))) return { ...about, cause: 'not-trainable', variant: 'empty', site: argumentSite(call, form.list), error: library.errors.noVariable };
  const second = form.result === 'cost' && call.arguments.values.length === 2 ? argument(call.arguments, 1) : undefinedValue;
  return itemsOf(m, second).some((item) => item.kind === 'tensor') ? { ...about, variant: 'listAsCost', site: argumentSite(call, 1), error: undefined } : undefined;
}

/** Written as empty, or certainly empty when the scope is opened. */
function isEmptyList(m: Machine, value: Value, site: Site): boolean {
  if (value.kind !== 'object') return false;
  return /^\[\s*\]$/.test(m.program.text(site)) || (value.heap.isArray && value.heap.open === undefined && !m.escaped.named.has(value.heap) && !value.heap.allocation.summary && itemsOf(m, value).every(({ kind }) => kind === 'never'));
}

function itemsOf(m: Machine, value: Value): readonly Value[] {
  if (value.kind !== 'object' || !value.heap.isArray) return [];
  const { items, others } = m.memory.list(value.heap);
  return [...items, others];
}

function differentiateVariables(m: Machine, library: Library, form: Extract<ScopeForm, { kind: 'variables' }>, call: Invocation, optimizer: Optimizer | undefined): Value {
  const { arguments: args, site } = call;
  const callback = argument(args, form.callback);
  const list = argument(args, form.list);
  const everything = list.kind === 'literal';
  const given = everything ? undefined : listedVariables(m, list, argumentSite(call, form.list));
  const passed = form.passes === true ? passedTo(m, callback) : noArguments;
  const { result: run, scope } = inRegion(m, { by: 'region', site, label: call.label },
    () => runScope(m, library, { form, callback, callbackSite: argumentSite(call, form.callback), args: passed, label: call.label, site, asked: given?.asked, bounds: given?.bounds, everything }),
    ({ result }) => (form.result === 'cost' ? costOf(m, args, result) : result));
  if (form.result === 'cost' && optimizer !== undefined) takeStep(m, optimizer, { scope, moves: everything ? 'what has a gradient' : 'the list', label: call.label, site, chain: m.frame.chain });
  if (form.result === 'cost') return costOf(m, args, run);
  if (form.result === 'value') return run;
  if (form.result === 'unknown') return unknownFrom(m, [run], site);
  return record(m, site, { value: run, grads: gradientsByName(m, library, run, scope, call) });
}

/** What is given of the value of the function: itself, where the program asks for it. */
function costOf(m: Machine, args: Arguments, result: Value): Value {
  const isAsked = truth(argument(args, 1));
  return isAsked === true ? result : isAsked === undefined ? m.memory.joiner.values(result, literal(null)) : literal(null);
}

/** What the library hands to a function, of which only the types are known. */
function passedTo(m: Machine, callback: Value): Arguments {
  return callback.kind === 'closure' ? argumentsByType(m, callback.code.parameters) : noArguments;
}

function gradientsByName(m: Machine, library: Library, value: Value, scope: ScopeRun, { label, site }: Invocation): Value {
  const grads = record(m, site);
  const list = { items: [], others: tensorOf(m, library, gradientNode(m, [value], label, site)) };
  m.memory.writeList(grads.heap, list);
  m.history.named.set(grads.heap, { scope, list });
  return grads;
}

/** What a gradient depends on: in an outer scope, everything the inner one used. */
export function gradientNode(m: Machine, values: readonly Value[], label: string, site: Site, gaps: readonly Gap[] = [], factors: readonly Node[] = []): Node {
  const node = m.node({ kind: 'operation', gaps }, label, site);
  for (const from of factors) node.connect(from, 'flows', site);
  for (const value of values) for (const from of operandNodes(m, value)) node.connect(from, 'flows', site);
  computed(m, { node, label, site, chain: m.frame.chain });
  return node;
}

/** What `grad` was given. */
interface Differentiated {
  readonly form: Extract<ScopeForm, { kind: 'arguments' }>;
  readonly callback: Value;
  readonly callbackSite: Site;
  readonly label: string;
}

function differentiateArguments(m: Machine, library: Library, differentiated: Differentiated, call: Invocation): Value {
  const { form, label } = differentiated;
  const { site } = call;
  const given = argumentsOf(m, form, call);
  if (form.takes === 'tensors' && given.items.some(isNoTensor)) {
    m.mayThrow();
    return unknownFrom(m, [], site);
  }
  const { inputs, rest } = inputsOf(m, library, given, call);
  const at = argumentSite(call, 0);
  const args: Arguments = { values: inputs, sites: inputs.map(() => at), others: rest };
  const asked = rest === undefined && !isOneForSeveral(inputs) ? inputs.map((value) => ({ value, node: sourceOf(value), site: at })) : undefined;
  const { result: value } = inRegion(m, { by: 'region', site, label },
    () => runScope(m, library, { ...differentiated, args, site, asked, everything: false }),
    ({ result }) => (form.result === 'value-and-gradients' ? result : undefinedValue));
  tellCotangent(m, library, value, label, call);
  const sources = new Set(inputs.flatMap((input) => sourceOf(input) ?? []));
  const computation = between(operandNodes(m, value), sources);
  const gaps = gapsBetween(library, computation, sources);
  const mixed = mixedFactors(computation);
  // A gradient has the shape of what it is the gradient of.
  const gradient = (input: Value | undefined): Value => tensorOf(m, library, gradientNode(m, [value, ...inputs], label, site, gaps, mixed), input?.kind === 'tensor' ? shapeFacts(input.facts.dimensions) : noFacts);
  const gradients = form.several ? array(m, inputs.length > 0 && rest === undefined ? { items: inputs.map(gradient), others: never } : { items: [], others: gradient(undefined) }, site) : gradient(inputs[0]);
  if (form.result === 'gradients') return gradients;
  return record(m, site, { [form.several ? 'grads' : 'grad']: gradients, value });
}

/** By what the gradient is multiplied: of the shape of what the function gives. */
function tellCotangent(m: Machine, library: Library, value: Value, label: string, call: Invocation): void {
  const values = [value, argument(call.arguments, 1)];
  if (call.arguments.others !== undefined || values[1] === undefined || isUndefined(values[1])) return;
  tellShaped(m, { library, operation: 'dy', label, args: { values, sites: [call.site, argumentSite(call, 1)], others: undefined }, given: values.map((each) => knownArgument(m, each)), site: call.site });
}

/** The arguments of the function that `grad` gives. Of nothing the library makes no tensor: it throws. */
function argumentsOf(m: Machine, { several }: Differentiated['form'], call: Invocation): ListState {
  const at = argumentSite(call, 0);
  const value = argument(call.arguments, 0);
  if (!several) return { items: [refineAt(m, nonNullish(value), at)], others: never };
  const { items, others } = iterate(m, refineAt(m, value, at), call.site);
  return { items: items.map(nonNullish), others: nonNullish(others) };
}

/** As the library passes them on; `rest`: those that are not known one by one. */
function inputsOf(m: Machine, library: Library, { items, others }: ListState, call: Invocation): { readonly inputs: readonly Value[]; readonly rest: Value | undefined } {
  const at = argumentSite(call, 0);
  return {
    inputs: items.map((value) => asTensor(m, library, value, at)),
    rest: others.kind === 'never' ? undefined : asTensor(m, library, others, call.site),
  };
}

function isNoTensor(value: Value): boolean {
  return members(value).every(({ kind }) => kind === 'literal' || kind === 'host' || kind === 'object' || kind === 'closure');
}

/** What is given twice, and of which nothing is known, is one tensor, or a number of which two are made. */
function isOneForSeveral(inputs: readonly Value[]): boolean {
  const handed = inputs.flatMap((input) => (input.kind === 'tensor' && input.node.kind === 'external' ? [input.node] : []));
  return new Set(handed).size < handed.length;
}

/** What stands between some sources and results, from the sources on, and which of it varies with them. */
function between(results: readonly Node[], inputs: ReadonlySet<Node>): { readonly nodes: readonly Node[]; readonly varied: ReadonlySet<Node> } {
  const behind = new Set(results);
  for (const node of behind) if (!inputs.has(node) && !node.isChoice) for (const edge of node.inputs) if (edge.effect === 'flows') behind.add(edge.from);
  const varied = new Set<Node>(inputs);
  const nodes = [...behind].reverse();
  for (let grown = -1; grown !== varied.size;) {
    grown = varied.size;
    for (const node of nodes) if (node.inputs.some((edge) => edge.effect === 'flows' && varied.has(edge.from))) varied.add(node);
  }
  return { nodes, varied };
}

/** The operations between the inputs and the result of a function whose second derivative the library does not have. */
function gapsBetween(library: Library, { nodes, varied }: ReturnType<typeof between>, inputs: ReadonlySet<Node>): readonly Gap[] {
  return nodes.flatMap((operation) => {
    const outcome = operation.kind === 'operation' && varied.has(operation) && !inputs.has(operation) ? secondDerivative(library, operation.path) : undefined;
    return outcome === undefined ? [] : [{ operation, outcome }];
  });
}

/** Factors whose derivative is zero only where one that varies is: the derivative by that one depends on them. */
function mixedFactors({ nodes, varied }: ReturnType<typeof between>): readonly Node[] {
  return nodes.filter(({ path }) => path !== undefined && products.has(path)).flatMap(({ inputs }) => inputs.filter((edge) => edge.effect === 'zero-derivative' && inputs.some((other) => other !== edge && varied.has(other.from))).map(({ from }) => from));
}

/** What comes of a second derivative through an operation, where it is the same for all its operands. */
function secondDerivative(library: Library, path: string | undefined): 'throws' | 'wrong' | undefined {
  if (path === undefined) return undefined;
  const row = Object.hasOwn(library.operations, path) ? library.operations[path] : undefined;
  const outcomes = Object.hasOwn(library.higherOrder, path) ? library.higherOrder[path] : undefined;
  const found = row?.operands.filter((operand) => operand.derivative === 'flows').map((operand) => outcomes?.[operand.name]);
  if (found === undefined || found.length === 0 || found.includes(undefined)) return undefined;
  return found.every((outcome) => outcome === 'throws') ? 'throws' : 'wrong';
}

/** The library turns numbers and arrays into tensors; what it watches is that tensor. For what cannot be one it throws before the function runs. */
function asTensor(m: Machine, library: Library, value: Value, site: Site): Value {
  if (value.kind === 'union') return m.memory.joiner.all(value.members.map((member) => asTensor(m, library, member, site)));
  if (value.kind === 'unknown') return tensorOf(m, library, value.node);
  if (value.kind === 'tensor' || value.kind === 'instance') return value;
  const tensor: TensorValue = { kind: 'tensor', library, class: 'Tensor', node: m.node({ kind: 'constant' }, 'tensor', site), facts: dataFactsOf(m, library, value) };
  return tensor;
}

export interface Differentiation {
  readonly form: ScopeRun['form'];
  readonly callback: Value;
  readonly callbackSite: Site;
  readonly args: Arguments;
  readonly label: string;
  readonly site: Site;
  readonly asked: readonly AskedSource[] | undefined;
  readonly bounds?: ScopeRun['bounds'];
  readonly everything: boolean;
}

/** Runs the function on the tape and writes down what was differentiated; gives what it returned, and what was written down. */
export function runScope(m: Machine, library: Library, d: Differentiation): { readonly result: Value; readonly scope: ScopeRun } {
  const { form, label, site, callbackSite, asked, bounds, everything } = d;
  const outer = m.tapes;
  const shared = library.nestedScopes === 'one tape' ? outer?.of(library) : undefined;
  const { chain } = m.frame;
  const tape = shared ?? m.allocator.allocate<Tape>('tape', site, () => ({ library, site, label: form.kind === 'function' ? undefined : label, entries: new Map() }));
  const [frozen, unbuilt] = [frozenNow(m), unbuiltNow(m)];
  const callback = d.callback.kind === 'closure' ? d.callback.code : undefined;
  return m.taped(opened(tape, outer), () => {
    const returned = m.invoke(d.callback, undefinedValue, d.args, site, label);
    const result = refineAt(m, returned, resultSite(callback) ?? callbackSite);
    const target = targetOf(m, result, d, callback);
    // Files are run when something of them is first named, which may be in the scope.
    const variables = m.history.models.hasVariables || [...m.history.models.weights].some((node) => !frozen.has(node) && !unbuilt.certain.has(node));
    const scope: ScopeRun = { kind: 'scope', moment: now(), library, form, label, site, chain, tape, nested: shared !== undefined, result, target, callbackSite, callback, asked, bounds, everything, variables, frozen, unbuilt };
    m.tell(scope);
    return { result, scope };
  });
}

function targetOf(m: Machine, result: Value, d: Differentiation, code: FunctionCode | undefined): Node | undefined {
  const differentiable = members(result).every((member) => member.kind === 'tensor' || member.kind === 'unknown');
  if (!differentiable) return undefined;
  const node = new Node({ kind: 'operation' }, d.label, d.site, code === undefined ? m.frame.chain : { site: d.site, caller: m.frame.chain }, m.tapes);
  for (const from of operandNodes(m, result)) node.connect(from, 'flows', resultSite(code) ?? d.callbackSite);
  return node;
}
