/**
 * A column and a vector that meet in a loss. `[n, 1]` less `[n]` is `[n, n]`: every prediction meets every label. What is
 * made of all pairs does not change where the labels change places, so it cannot tell which belongs to which example.
 *
 * Proven to be wrong is the sum or mean of squares over all pairs of data and what is computed of other data: it is what
 * it would be with the mean of the labels in the place of each. Other forms are meant at times (kernels, ranks), and so
 * are columns that are made where they are used.
 */
import { factsOf, unknown } from '../../calculus/numbers/argument.ts';
import type { Dimensions } from '../../calculus/numbers/dimensions.ts';
import type { Length, Symbolic } from '../../calculus/numbers/length.ts';
import { lengthText, shapeText } from '../../calculus/shapes/verdict.ts';
import type { Node } from '../../domain/graph.ts';
import type { Operation, Shaped } from '../../domain/history.ts';
import { uniformOf } from '../../domain/values.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Survey } from '../gradients/survey.ts';
import type { Trace } from '../gradients/trace.ts';
import { grouped } from '../../grouped.ts';
import { suspicionFinding } from '../suspicions.ts';
import { isForeseen } from './foreseen.ts';
import { detailsOf } from './words.ts';

/** Differences of a column and a vector of one length, with the node that they give. */
interface Stretched {
  readonly call: Shaped;
  readonly node: Node;
  readonly count: number | Symbolic;
}

type Operations = ReadonlyMap<Node, Operation>;

export function judgeBroadcasts(run: FileRun, { verdicts }: Survey): readonly Finding[] {
  const stretched = [...grouped(run.history.all('shaped'), ({ node }) => node)].flatMap(([node, calls]) => (node === undefined ? [] : stretchedBy(run, node, calls)));
  if (stretched.length === 0) return [];
  const operations = new Map(run.history.all('operation').map((operation) => [operation.node, operation]));
  return stretched.flatMap((each) => {
    const forms = verdicts.filter(({ trace }) => trace.live.includes(each.node)).map((verdict) => formOf(run, verdict, each, operations));
    const told = forms.every((form) => form === 'mean of squares') ? forms[0] : forms.find((form) => form !== undefined);
    return told === undefined ? [] : findingOf(run, each, told === 'mean of squares' && forms.every((form) => form === told) ? told : 'all pairs');
  });
}

/** In all the rounds that the node stands for. */
function stretchedBy(run: FileRun, node: Node, calls: readonly Shaped[]): readonly Stretched[] {
  const [call] = calls;
  const counts = new Set(calls.map(countOf));
  const [count] = counts;
  return call === undefined || count === undefined || counts.size > 1 || calls.some((each) => isForeseen(run.program, each)) ? [] : [{ call, node, count }];
}

/** How long the column and the vector are, if they are such. */
function countOf({ library: { usage: { difference }, precision }, operation, given }: Shaped): Length {
  if (operation !== difference) return undefined;
  const [a, b] = given.map((argument) => factsOf(precision, argument).dimensions).map(({ open, lengths }) => (open ? [] : lengths));
  const [column, vector] = a?.length === 2 ? [a, b] : [b, a];
  const [count = 1, width] = column ?? [];
  return column?.length === 2 && width === 1 && vector?.length === 1 && vector[0] === count && count !== 1 && count !== 0 ? count : undefined;
}

/** What is made of the pairs; undefined where it may be meant. */
function formOf({ history }: FileRun, { trace }: Verdict, { call, node, count }: Stretched, operations: Operations): 'mean of squares' | 'all pairs' | undefined {
  const operands = call.nodes.flat().filter((operand) => operand !== undefined);
  const varied = operands.filter((operand) => sourcesBehind(trace, operand).length > 0);
  const [prediction] = varied;
  if (prediction === undefined || varied.length > 1 || operands.some((operand) => operand !== prediction && !isData(trace, operand)) || isColumnMade(call)) return undefined;
  if (!isReduced(history.shapes, trace, node, operations)) return undefined;
  const isOfExamples = sourcesBehind(trace, prediction).every((source) => !hasAxis(source, count));
  return isOfExamples && isSquared(trace, node, operations) ? 'mean of squares' : 'all pairs';
}

/** The column is brought into that shape where it is used. */
function isColumnMade({ library: { usage, precision }, given, nodes }: Shaped): boolean {
  const columns = nodes.filter((_, at) => factsOf(precision, given[at] ?? unknown).dimensions.lengths.length === 2);
  return columns.flat().flatMap((node) => node?.alternatives() ?? []).some(({ path, kind }) => kind === 'operation' && path !== undefined && usage.rearranging.has(path) && !usage.elementwise.has(path));
}

function sourcesBehind(trace: Trace, start: Node): readonly Node[] {
  const behind = new Set([start]);
  for (const node of behind) if (node.kind !== 'source') for (const { from, effect } of node.inputsAt(trace.moment)) if (effect === 'flows') behind.add(from);
  return [...behind].filter((node) => trace.reached.has(node) && !node.transparent);
}

/** Nothing that is trained, or that nobody knows, has a part in it. */
function isData(trace: Trace, node: Node): boolean {
  return trace.origins(node).every(({ kind }) => kind === 'constant' || kind === 'operation' || kind === 'host' || kind === 'join');
}

/** Of a layer's weights no axis is one of the examples. */
function hasAxis({ role }: Node, length: number | Symbolic): boolean {
  if (role.kind !== 'source') return true;
  return role.made !== 'weights' && role.made !== 'weight' && role.made !== 'pretrained' && (role.shape === undefined || role.shape.some((each) => each === length));
}

// — what is made of the pairs —

/** What stands behind a node on the way to the target, what is only one of several values left out. */
function usersOf(trace: Trace, node: Node): readonly Node[] {
  return trace.usersOf(node).flatMap(({ to }) => (to.transparent ? usersOf(trace, to) : [to]));
}

/** All of it becomes one number, and on the way only what is done to each element alone. */
function isReduced(shapes: FileRun['history']['shapes'], trace: Trace, node: Node, operations: Operations, depth = 0): boolean {
  const users = usersOf(trace, node);
  return depth < deepest && users.length > 0 && users.every((user) => {
    const dimensions = shapes.get(user);
    if (dimensions === undefined || user.path === undefined) return false;
    if (isScalar(dimensions)) return true;
    const { usage } = operations.get(user)?.library ?? trace.tape.library;
    const isAlone = usage.elementwise.has(user.path) || usage.products.has(user.path) || usage.forms.totals.has(user.path) || user.path === usage.forms.power;
    return isAlone && isReduced(shapes, trace, user, operations, depth + 1);
  });
}

/** Operations from the pairs to the number. */
const deepest = 8;

function isScalar({ open, lengths }: Dimensions): boolean {
  return !open && lengths.length === 0;
}

/** The pairs are squared, and then scaled and added up alone. */
function isSquared(trace: Trace, node: Node, operations: Operations): boolean {
  const users = usersOf(trace, node);
  return users.length > 0 && users.every((user) => isSquareOf(user, node, operations) && isAddedUp(trace, user, operations));
}

function isSquareOf(user: Node, node: Node, operations: Operations): boolean {
  const { path, operands: [first, second] = [], library } = operations.get(user) ?? {};
  if (path === undefined || library === undefined || first?.kind !== 'tensor' || first.node !== node) return false;
  const { forms, products } = library.usage;
  if (path === forms.square) return true;
  if (path === forms.power) return second !== undefined && uniformOf(second) === 2;
  return products.has(path) && !Object.hasOwn(library.usage.singular, path) && second?.kind === 'tensor' && second.node === node;
}

function isAddedUp(trace: Trace, node: Node, operations: Operations): boolean {
  const users = usersOf(trace, node);
  return users.length > 0 && users.every((user) => {
    const { path, operands = [], library } = operations.get(user) ?? {};
    if (path === undefined || library === undefined) return false;
    if (library.usage.forms.totals.has(path)) return user === trace.target || usersOf(trace, user).length > 0;
    return library.usage.products.has(path) && operands.some((operand) => uniformOf(operand) !== undefined) && isAddedUp(trace, user, operations);
  });
}

// — words —

function findingOf(run: FileRun, { call, count }: Stretched, form: 'mean of squares' | 'all pairs'): readonly Finding[] {
  const { library, label, site, chain, given } = call;
  const shown = given.slice(0, 2).map((argument, at) => ({ text: shapeText(factsOf(library.precision, argument).dimensions), argument: at }));
  const length = lengthText(count);
  return suspicionFinding(run, {
    cause: form === 'mean of squares' ? 'accidental-broadcast' : 'suspicious-broadcast', variant: 'pairs', site, chain, scope: label, about: [],
    effect: { kind: 'hampered', library: library.title },
    details: { ...detailsOf(run, call, { given: shown, why: '', advice: '' }), result: [`[${length}, ${length}]`], column: [`[${length}, 1]`] },
  });
}
