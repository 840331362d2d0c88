/** Custom gradients: what a function that brings its own derivative lets through. */
import { anyDimensions, type Dimensions } from '../calculus/numbers/dimensions.ts';
import { type Gap, gapOfDerivative } from '../calculus/shapes/backward.ts';
import type { Edge, Node } from '../domain/graph.ts';
import type { ScopeRun } from '../domain/history.ts';
import { argumentSite, callWith } from '../domain/invocation.ts';
import type { ClosureValue, Invocation, NativeValue, Value } from '../domain/value.ts';
import { literal, members, never, undefinedValue, uniformOf } from '../domain/values.ts';
import { iterate } from '../interpreter/builtins/iteration.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import { operandNodes } from '../interpreter/values/reach.ts';
import { refineAt } from '../interpreter/values/types.ts';
import type { Library } from '../libraries/library.ts';
import { use } from './gradient-uses.ts';
import { knownArgument } from './ranges.ts';
import { tellGaps } from './shaped.ts';
import { shapeFacts, tensorOf } from './tensor.ts';

export function customGradient(m: Machine, library: Library, definition: Value, name: string): Value {
  if (definition.kind === 'closure' && !m.occasion.isSilent) m.history.executed.callers.set(definition.code, () => { applyAnywhere(m, library, definition, name); });
  // What is called at once, `customGrad(f)(x)`, has no name of its own.
  const call: NativeValue['call'] = (invocation) => applyCustom(m, library, definition, { ...invocation, label: invocation.label === 'call' ? name : invocation.label });
  return { kind: 'native', name, call };
}

/** As code elsewhere may apply it. How many inputs there are is not known before it runs: the last parameter may be the one that saves. */
function applyAnywhere(m: Machine, library: Library, definition: ClosureValue, label: string): void {
  const { parameters, site } = definition.code;
  const inputs = parameters.slice(0, Math.max(1, parameters.length - 1)).map(({ pattern }) => {
    return tensorOf(m, library, m.node({ kind: 'external', handed: true }, 'input', pattern.site));
  });
  const args = { values: inputs, sites: inputs.map(() => site), others: never };
  applyCustom(m, library, definition, { receiver: undefinedValue, arguments: args, site, label });
}

function applyCustom(m: Machine, library: Library, definition: Value, invocation: Invocation): Value {
  const { arguments: args, site, label } = invocation;
  const parts = definition.kind === 'closure' ? runParts(m, library, definition, invocation) : undefined;
  const fails = parts?.inner === undefined ? undefined : library.errors.scopeInGradient;
  const node = m.node({ kind: 'operation', ...fails === undefined ? {} : { fails } }, label, site);
  const inputs = args.values.map((value, index) => operandNodes(m, refineAt(m, value, argumentSite(invocation, index))));
  const gaps = gapsOf(m, parts, args.values);
  if (gaps.length > 0) tellGaps(m, { library, operation: 'customGrad', label, args, given: args.values.map((value) => knownArgument(m, value)), site, node }, gaps);
  for (const [index, nodes] of inputs.entries()) {
    const effect = gaps.some(({ at }) => at === index) ? 'gradient-gap' : effectOn(parts, index);
    for (const from of nodes) node.connect(from, effect, argumentSite(invocation, index));
  }
  if (parts !== undefined && definition.kind === 'closure') {
    for (const source of captured(m, parts.value, inputs.flat())) node.connect(source, 'custom-gradient', site);
    tellMistakes(m, library, definition, parts, invocation);
  }
  return tensorOf(m, library, node, shapeFacts(dimensionsOf(parts?.value)));
}

/** What a custom gradient's two functions gave: the value, and the derivative for each input. */
interface Parts {
  readonly value: Value;
  readonly dy: Node;
  readonly derivatives: readonly Value[];
  /** How many derivatives there are, where that is certain. */
  readonly count: number | undefined;
  /** The function that saves was called: whoever applies it gives as many inputs as there are parameters before that one. */
  readonly saves: boolean;
  /** A scope that the derivative opens. */
  readonly inner: ScopeRun | undefined;
}

function effectOn(parts: Parts | undefined, index: number): Edge['effect'] {
  const derivative = parts?.derivatives[index];
  return derivative !== undefined && isZero(derivative) ? 'stop-gradient' : 'flows';
}

/** Inputs to which the derivative brings a gradient of another shape. */
function gapsOf(m: Machine, parts: Parts | undefined, inputs: readonly Value[]): readonly Gap[] {
  return inputs.flatMap((input, at) => {
    const derivative = parts?.derivatives[at];
    return derivative === undefined ? [] : gapOfDerivative(knownArgument(m, input), knownArgument(m, derivative), at) ?? [];
  });
}

function runParts(m: Machine, library: Library, definition: Value, { arguments: args, site }: Invocation): Parts | undefined {
  let saves = false;
  const save: NativeValue = { kind: 'native', name: 'save', call: () => {
    saves = true;
    return undefinedValue;
  } };
  // Neither part is recorded: the tape sees the whole as one operation.
  return m.taped(undefined, () => {
    const result = m.invoke(definition, undefinedValue, callWith([...args.values, save], site), site, 'forward');
    const objects = members(result);
    const [object] = objects;
    if (object?.kind !== 'object' || objects.length > 1) return undefined;
    const dy = m.node({ kind: 'external', handed: false }, 'dy', site);
    // Of what was saved is known neither the order nor the number.
    const saved = array(m, { items: [], others: m.memory.joiner.all([...args.values, undefinedValue]) }, site);
    const told = m.history.events.length;
    const value = m.getMember(object, literal('value'), site);
    const derivatives = m.invoke(m.getMember(object, literal('gradFunc'), site), undefinedValue, callWith([tensorOf(m, library, dy, shapeFacts(dimensionsOf(value))), saved], site), site, 'gradFunc');
    const inner = m.history.events.slice(told).find((event) => event.kind === 'scope' && event.library === library);
    // The library goes on with what it is given.
    use(m, [derivatives]);
    const list = derivatives.kind === 'object' ? iterate(m, derivatives, site) : undefined;
    const each = derivatives.kind === 'tensor' ? args.values.map(() => derivatives) : list?.items ?? [];
    const count = derivatives.kind === 'tensor' ? 1 : list?.others.kind === 'never' && list.items.length > 0 ? list.items.length : undefined;
    return { value, dy, derivatives: each, count, saves, inner: inner?.kind === 'scope' ? inner : undefined };
  });
}

function dimensionsOf(value: Value | undefined): Dimensions {
  return value?.kind === 'tensor' ? value.facts.dimensions : anyDimensions;
}

/** Trainable variables that the value uses without their being inputs: no derivative is asked for them. */
function captured(m: Machine, value: Value, inputs: readonly Node[]): readonly Node[] {
  const fromInputs = behind(inputs);
  return [...behind(operandNodes(m, value))].filter((node) => node.kind === 'source' && node.trainability() === 'yes' && !fromInputs.has(node));
}

/** Whatever the operations on the way would give back: they are not recorded, or not asked. */
function behind(nodes: readonly Node[]): ReadonlySet<Node> {
  const seen = new Set(nodes);
  for (const node of seen) if (node.kind !== 'source') for (const { from } of node.inputs) seen.add(from);
  return seen;
}

function tellMistakes(m: Machine, library: Library, definition: ClosureValue, { dy, derivatives, count, saves, inner }: Parts, { arguments: args, label }: Invocation): void {
  // It is wrong whoever calls it: told where it is written, not in the files that use it.
  const about = { kind: 'mistake', cause: 'custom-gradient', site: definition.code.site, chain: undefined, scope: label, library: library.title } as const;
  const { parameters } = definition.code;
  const isCounted = args.others === undefined || (saves && parameters.every(({ rest }) => !rest) && parameters.length === args.values.length + 1);
  if (count !== undefined && isCounted && count !== args.values.length) m.tell({ ...about, variant: 'count', error: library.errors.customGradient });
  const { scopeInGradient } = library.errors;
  if (inner !== undefined && scopeInGradient !== undefined) m.tell({ ...about, variant: 'scope', site: inner.site.file === about.site.file ? inner.site : about.site, scope: inner.label, error: scopeInGradient });
  const ignoring = derivatives.find((derivative) => derivative.kind === 'tensor' && !isZero(derivative) && ignores(derivative.node, dy));
  if (ignoring !== undefined) m.tell({ ...about, variant: 'ignoresDy', error: undefined });
}

/** Whether nothing of `dy` is in a derivative, for certain. */
function ignores(derivative: Node, dy: Node): boolean {
  const nodes = new Set([derivative]);
  for (const node of nodes) for (const edge of node.inputs) nodes.add(edge.from);
  return !nodes.has(dy) && ![...nodes].some((node) => node.kind === 'anything' || (node.kind === 'external' && !node.handed));
}

function isZero(value: Value): boolean {
  return value.kind === 'tensor' && uniformOf(value) === 0;
}
