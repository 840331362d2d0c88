/** Gradient scopes: the code that a library runs on its tape. */
import type { Library } from '../libraries/library.ts';
import type { ScopeForm } from '../libraries/meaning.ts';
import type { FunctionCode, Site, Statement } from '../program/ir.ts';
import { type CallChain, Node, type Tape, opened } from '../domain/graph.ts';
import { invoke } from '../interpreter/functions.ts';
import { type Arguments, type Invocation, argument, argumentSite, noArguments } from '../interpreter/invocation.ts';
import { tensorOf } from './library-calls.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { Mistake } from '../judgements/gradients/mistakes.ts';
import { defineMember } from '../interpreter/members.ts';
import { operandNodes } from './operations.ts';
import { dataFactsOf } from './ranges.ts';
import { argumentsByType } from '../interpreter/realm.ts';
import { isTaken } from '../judgements/gradients/recorded.ts';
import { computed } from './uses.ts';
import type { HeldTape } from './tapes.ts';
import { frozenNow } from './layers/trainability.ts';
import { refineAt } from '../interpreter/types.ts';
import { unknownFrom } from '../interpreter/unknown.ts';
import { type NativeValue, type ObjectValue, type TensorValue, type Value, literal, members, truth, undefinedValue } from '../domain/value.ts';
import { isLinear, weightsIn } from './layers/weights.ts';

/** One differentiation that the interpreter has seen. */
export interface ScopeRun {
  readonly library: Library;
  readonly form: ScopeForm | TapeForm | FunctionForm | TrainingForm;
  /** As the user wrote it: `minimize`; of a tape, its name. */
  readonly label: string;
  /** The call that differentiates. */
  readonly site: Site;
  readonly chain: CallChain | undefined;
  readonly tape: Tape;
  /** Inside another scope, whose tape it shares. */
  readonly nested: boolean;
  /** What the function gives back. */
  readonly result: Value;
  /** Stands for the scope's result as the library differentiates it; undefined when the result is no tensor. */
  readonly target: Node | undefined;
  /** The function, as written in the call. */
  readonly callbackSite: Site;
  readonly callback: FunctionCode | undefined;
  /** What the gradient is asked for by name; undefined: every trainable variable there is, or a list that is not known. */
  readonly asked: readonly AskedSource[] | undefined;
  /** Whether some trainable variable exists when the scope opens. */
  readonly variables: boolean;
  /** Weights of layers whose training is switched off when the scope opens. */
  readonly frozen: ReadonlySet<Node>;
  /** No list was given at all. */
  readonly everything: boolean;
}

/** What a tape of the program's own has recorded is differentiated with respect to tensors. */
export interface TapeForm {
  readonly kind: 'tape';
  readonly tape: HeldTape;
}

/** A function that the library runs while it trains a model: what matters is the path from its argument to its result. */
export type FunctionForm =
  | { readonly kind: 'function'; readonly role: 'loss' }
  /** `weights`: those that the layer has made; `tracksItself`: it says by means of its own which weights it has; `cuts`: it is asked what it cuts. */
  | { readonly kind: 'function'; readonly role: 'layer'; readonly weights: readonly Node[]; readonly tracksItself: boolean; readonly cuts: boolean };

/** The library trains a model: the weights that were collected, and that are trainable now. */
export interface TrainingForm {
  readonly kind: 'training';
  readonly asked: readonly Node[];
  /** The weights of the model, where none of them trains for certain. */
  readonly frozen: readonly Node[];
  /** Weights that were switched on after they had not been collected. */
  readonly late: readonly Node[];
  /** Of every weight it is known whether it trains. */
  readonly complete: boolean;
  /** What the layers of the program's own within the model use; filled as it runs. */
  readonly within: ReadonlySet<Node>;
}

export interface AskedSource {
  readonly value: Value;
  readonly node: Node | undefined;
  /** Certainly neither watched by the tape nor recorded on it. */
  readonly unwatched?: boolean;
  readonly site: Site;
}

export function openScope(m: Machine, library: Library, form: ScopeForm, call: Invocation): Value {
  const misused = m.muted === 0 ? callMistake(m, library, form, call) : undefined;
  if (misused !== undefined) m.observer.mistake(misused, m);
  if (form.kind === 'variables') return differentiateVariables(m, library, form, call);
  const callback = argument(call.arguments, 0);
  const native: NativeValue['call'] = (invocation) => differentiateArguments(library, form, callback, argumentSite(call, 0), call.label, invocation);
  return { kind: 'native', name: call.label, call: native, differentiates: { library, label: call.label, site: call.site } };
}

/** What is wrong with the arguments of a scope by their kinds. */
function callMistake(m: Machine, library: Library, form: ScopeForm, call: Invocation): Mistake | undefined {
  const about = { cause: 'misuse' as Mistake['cause'], chain: m.frame.chain, scope: call.label, library: library.title };
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

/** Written as empty: a list that is filled elsewhere may be so in ways that are not seen. */
function isEmptyList(m: Machine, value: Value, site: Site): boolean {
  return value.kind === 'object' && /^\[\s*\]$/.test(m.program.text(site));
}

function itemsOf(m: Machine, value: Value): readonly Value[] {
  if (value.kind !== 'object' || value.heap.form !== 'array') return [];
  const { items, others } = m.list(value.heap);
  return [...items, others];
}

function differentiateVariables(m: Machine, library: Library, form: Extract<ScopeForm, { kind: 'variables' }>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const callback = argument(args, form.callback);
  const list = argument(args, form.list);
  const everything = list.kind === 'literal';
  const asked = everything ? undefined : askedVariables(m, list, argumentSite(call, form.list));
  const passed = form.passes === true ? passedTo(m, callback) : noArguments;
  const run = record(m, library, form, { callback, callbackSite: argumentSite(call, form.callback), args: passed, label: call.label, site, asked, everything });
  if (form.result === 'cost') return truth(argument(args, 1)) === false || args.values.length < 2 ? literal(null) : m.joiner.values(run, literal(null));
  if (form.result === 'value') return run;
  if (form.result === 'unknown') return unknownFrom(m, [run], site);
  const result: ObjectValue = { kind: 'object', heap: m.heap('record', site) };
  defineMember(m, result.heap, 'value', run, undefined);
  defineMember(m, result.heap, 'grads', gradientsByName(m, library, run, call), undefined);
  return result;
}

/** What the library hands to a function, of which only the types are known. */
function passedTo(m: Machine, callback: Value): Arguments {
  return callback.kind === 'closure' ? argumentsByType(m, callback.code.parameters) : noArguments;
}

function gradientsByName(m: Machine, library: Library, value: Value, { label, site }: Invocation): Value {
  const grads: ObjectValue = { kind: 'object', heap: m.heap('record', site) };
  m.writeList(grads.heap, { items: [], others: tensorOf(library, gradientNode(m, [value], label, site)) });
  return grads;
}

/** What a gradient depends on: in an outer scope, everything the inner one used. */
export function gradientNode(m: Machine, values: readonly Value[], label: string, site: Site): Node {
  const node = m.node('operation', label, site);
  for (const value of values) for (const from of operandNodes(m, value)) node.connect(from, 'flows', site);
  computed(m, { node, muted: m.muted > 0, label, site, chain: m.frame.chain });
  return node;
}

function askedVariables(m: Machine, list: Value, site: Site): readonly AskedSource[] | undefined {
  const refined = refineAt(m, list, site);
  if (refined.kind !== 'object' || refined.heap.form !== 'array') return undefined;
  const { items, others } = m.list(refined.heap);
  const all = others.kind === 'never' ? items : [...items, ...separate(others, refined.heap.certain)];
  const asked = all.flatMap((value) => sourcesOf(m, value).map((node) => ({ value, node, site })));
  const certain = asked.every(({ value, node }) => value.kind === 'tensor' && node !== undefined && node.kind !== 'anything' && node.kind !== 'external' && node.kind !== 'join');
  return certain && all.length > 0 ? asked : undefined;
}

/** What a variable in a list is; of a model's, the weights of the model, of which it may be any. */
function sourcesOf(m: Machine, value: Value): readonly (Node | undefined)[] {
  const node = sourceOf(value);
  const model = node === undefined ? undefined : m.models.byWeights.get(node);
  if (node === undefined || model === undefined) return [node];
  const { complete, list } = weightsIn(m, model);
  return complete && isLinear(m, model) ? list.map((weight) => weight.node) : [undefined];
}

/** The tensors that are certainly among items of which only their join is known; the join itself where they are not all. */
function separate(others: Value, certain: readonly Node[]): readonly Value[] {
  if (others.kind !== 'tensor' || certain.length === 0) return [others];
  return certain.map((node) => ({ ...others, node }));
}

function sourceOf(value: Value): Node | undefined {
  return value.kind === 'tensor' ? value.node : undefined;
}

function differentiateArguments(library: Library, form: Extract<ScopeForm, { kind: 'arguments' }>, callback: Value, callbackSite: Site, label: string, call: Invocation): Value {
  const { machine: m, arguments: args, site } = call;
  const given = argument(args, 0);
  const list = form.several ? m.realm.iterate(m, refineAt(m, given, argumentSite(call, 0)), site) : { items: [given], others: undefined };
  const inputs = list.items.map((value) => asTensor(m, library, refineAt(m, value, argumentSite(call, 0)), argumentSite(call, 0)));
  const rest = list.others === undefined || list.others.kind === 'never' ? undefined : asTensor(m, library, list.others, site);
  const passed: Arguments = { values: inputs, sites: inputs.map(() => argumentSite(call, 0)), others: rest };
  const asked = rest === undefined ? inputs.map((value) => ({ value, node: sourceOf(value), site: argumentSite(call, 0) })) : undefined;
  const value = record(m, library, form, { callback, callbackSite, args: passed, label, site, asked, everything: false });
  const gaps = gapsBetween(library, operandNodes(m, value), new Set(inputs.flatMap((input) => sourceOf(input) ?? [])));
  const gradient = (): Value => {
    const node = gradientNode(m, [value, ...inputs], label, site);
    node.gaps = gaps;
    return tensorOf(library, node);
  };
  const gradients = form.several ? m.realm.array(m, inputs.length > 0 && rest === undefined ? { items: inputs.map(gradient), others: { kind: 'never' } } : { items: [], others: gradient() }, site) : gradient();
  if (form.result === 'gradients') return gradients;
  const result: ObjectValue = { kind: 'object', heap: m.heap('record', site) };
  defineMember(m, result.heap, form.several ? 'grads' : 'grad', gradients, undefined);
  defineMember(m, result.heap, 'value', value, undefined);
  return result;
}

/** The operations between the inputs and the result of a function whose second derivative the library does not have. */
function gapsBetween(library: Library, results: readonly Node[], inputs: ReadonlySet<Node>): Node['gaps'] {
  const behind = new Set(results);
  for (const node of behind) if (!inputs.has(node) && isTaken(node)) for (const edge of node.inputs) if (edge.effect === 'flows') behind.add(edge.from);
  const varied = new Set<Node>(inputs);
  const nodes = [...behind].reverse();
  for (let grown = -1; grown !== varied.size;) {
    grown = varied.size;
    for (const node of nodes) if (node.inputs.some((edge) => edge.effect === 'flows' && varied.has(edge.from))) varied.add(node);
  }
  return nodes.flatMap((operation) => {
    const outcome = operation.kind === 'operation' && varied.has(operation) && !inputs.has(operation) ? secondDerivative(library, operation.path) : undefined;
    return outcome === undefined ? [] : [{ operation, outcome }];
  });
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

/** The library turns numbers and arrays into tensors; what it watches is that tensor. */
function asTensor(m: Machine, library: Library, value: Value, site: Site): Value {
  if (value.kind === 'tensor' || value.kind === 'unknown' || value.kind === 'union') return value;
  if (value.kind === 'instance') return value;
  const tensor: TensorValue = { kind: 'tensor', library, class: 'Tensor', node: m.node('constant', 'tensor', site), facts: dataFactsOf(m, library, value) };
  return tensor;
}

interface Differentiation {
  readonly callback: Value;
  readonly callbackSite: Site;
  readonly args: Arguments;
  readonly label: string;
  readonly site: Site;
  readonly asked: readonly AskedSource[] | undefined;
  readonly everything: boolean;
}

/** Runs the function on the tape and tells the observer; gives what it returned. */
export function record(m: Machine, library: Library, form: ScopeRun['form'], d: Differentiation): Value {
  const outer = m.tapes;
  const shared = library.nestedScopes === 'one tape' ? outer?.of(library) : undefined;
  const { chain } = m.frame;
  const tape = shared ?? m.allocate<Tape>('tape', d.site, () => ({ library, site: d.site, label: form.kind === 'function' ? undefined : d.label, entries: new Map() }), () => undefined);
  m.tapes = opened(tape, outer);
  const frozen = frozenNow(m);
  const code = d.callback.kind === 'closure' ? d.callback.code : undefined;
  const returned = invoke(m, d.callback, undefinedValue, d.args, d.site, d.label);
  const result = refineAt(m, returned, resultSite(code) ?? d.callbackSite);
  const target = targetOf(m, result, d, code);
  m.tapes = outer;
  if (m.muted === 0) {
    // Files are run when something of them is first named, which may be in the scope.
    const variables = m.hasVariables || [...m.models.weights].some((node) => !frozen.has(node));
    m.observer.scope({ library, form, label: d.label, site: d.site, chain, tape, nested: shared !== undefined, result, target, callbackSite: d.callbackSite, callback: code, asked: d.asked, everything: d.everything, variables, frozen }, m);
  }
  return result;
}

function targetOf(m: Machine, result: Value, d: Differentiation, code: FunctionCode | undefined): Node | undefined {
  const differentiable = members(result).every((member) => member.kind === 'tensor' || member.kind === 'unknown');
  if (!differentiable) return undefined;
  const node = new Node('operation', d.label, d.site, code === undefined ? m.frame.chain : { site: d.site, caller: m.frame.chain }, m.tapes);
  for (const from of operandNodes(m, result)) node.connect(from, 'flows', resultSite(code) ?? d.callbackSite);
  return node;
}

/** The expression a function returns, where there is one. */
export function resultSite(code: FunctionCode | undefined): Site | undefined {
  if (code === undefined) return undefined;
  const last = code.body.body.findLast((statement: Statement) => statement.op === 'return');
  return last?.op === 'return' ? last.value?.site : undefined;
}

