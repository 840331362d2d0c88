/** Whether, how and why not a gradient arrives: the questions are asked in the order of the answers' strength. */
import type { Cause } from '../../calculus/cause.ts';
import { backpropagate } from '../backpropagation.ts';
import { ones } from '../creation.ts';
import type { Operation } from '../operation.ts';
import { exists, flows, operandNames, pathBetween, reachedFrom, usedBy, uses, type EdgeTest } from '../reach.ts';
import type { Tape } from '../tape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { Variable } from '../variable.ts';
import { stepsOf, type Break, type Explanation } from './explanation.ts';
import { callsSince } from './origin.ts';

/** What the tape says about the gradient of `target` with respect to `source`. */
export function explainOn(tape: Tape, target: Tensor, source: Tensor): Explanation {
  const inquiry = inquire(tape, target, source);
  const named = { source: inquiry.label };
  if (inquiry.way(source.id, target.id, flows) !== null) return { ...named, ...alongFlow(inquiry) };
  if (inquiry.way(source.id, target.id, exists) !== null) return { verdict: 'zero', ...named, breaks: staticBreaks(inquiry, flows) };
  const breaks = distinct([staticBreaks(inquiry, flows), readBreaks(inquiry), assignmentBreaks(inquiry), outsideBreaks(inquiry)].flat());
  return { verdict: 'severed', ...named, breaks: breaks.length > 0 ? breaks : [lastRead(inquiry) ?? placeless(inquiry, 'never-reached')] };
}

/** The same for a source that nobody watches; null if the target does not use it, so that another cause comes first. */
export function explainUnwatched(tape: Tape, target: Tensor, source: Tensor): Explanation | null {
  const inquiry = inquire(tape, target, source);
  const path = source.id === target.id ? [] : inquiry.way(source.id, target.id, exists);
  if (path === null) return null;
  const cause = source instanceof Variable && !source.trainable ? 'not-trainable' : 'unwatched-constant';
  return { verdict: 'severed', source: inquiry.label, breaks: [{ ...placeless(inquiry, cause), onward: stepsOf(path) }] };
}

interface Inquiry {
  readonly tape: Tape;
  readonly target: Tensor;
  readonly source: Tensor;
  /** The user's name for the source, or one that tells it from others. */
  readonly label: string;
  /** The ids of the tensors whose derivative in the source exists, and of those that the target uses. */
  readonly varied: ReadonlySet<number>;
  readonly useful: ReadonlySet<number>;
  readonly way: (from: number, to: number, test: EdgeTest) => Operation[] | null;
}

const inquire = (tape: Tape, target: Tensor, source: Tensor): Inquiry => ({
  tape, target, source,
  label: source instanceof Variable && /^\d+$/.test(source.name) ? `variable ${source.name}` : (source.name ?? `tensor#${source.id}`),
  varied: reachedFrom([source.id], tape.operations, exists),
  useful: usedBy(target.id, tape.operations, uses),
  way: (from, to, test) => pathBetween(from, to, tape.operations, test),
});

/** Several tensors may tell of the same break: the results of a loop outside, for example. */
const distinct = (breaks: readonly Break[]): Break[] => [...new Map(breaks.map((each) => [JSON.stringify(each), each])).values()];

const placeless = ({ label }: Inquiry, cause: Cause): Break => ({ cause, at: label, location: null, path: [], onward: [] });

/** The source is connected by adjoints; whether by more than zeros, the numbers tell. */
function alongFlow(inquiry: Inquiry): { verdict: 'connected'; path: Break['path'] } | { verdict: 'zero'; breaks: Break[] } {
  const { tape: { operations }, target, source } = inquiry;
  const flat: { operation: Operation; operand: string }[] = [];
  const live = new Map<Operation, Set<string>>();
  const [gradient] = backpropagate(operations, target, [source], ones(target.shape), ({ operation, operand, dy, dx }) => {
    if (!isZero(dx)) live.set(operation, (live.get(operation) ?? new Set()).add(operand));
    else if (!isZero(dy)) flat.push({ operation, operand });
  });
  if (!isZero(gradient!)) {
    const path = inquiry.way(source.id, target.id, (operation, operand) => live.get(operation)?.has(operand) ?? false);
    return { verdict: 'connected', path: stepsOf(path ?? []) };
  }
  const breaks = flat.map(({ operation, operand }) => breakAt(inquiry, operation, operand, operation.flat));
  // Behind an operation that made zeros of its cotangent, nothing varies any more.
  const passes: EdgeTest = (operation, operand) => flows(operation, operand) && !flat.some((each) => each.operation === operation && each.operand === operand);
  breaks.push(...staticBreaks(inquiry, passes));
  // No operation made zeros of a cotangent, so contributions that are not zero have cancelled: x − x.
  return { verdict: 'zero', breaks: breaks.length > 0 ? breaks : [cancellation(inquiry, live)] };
}

function cancellation(inquiry: Inquiry, live: ReadonlyMap<Operation, unknown>): Break {
  const { tape: { operations }, target, source } = inquiry;
  const last = operations.find((operation) => live.has(operation));
  if (last === undefined) return placeless(inquiry, 'zero-derivative');
  const path = inquiry.way(source.id, last.result.id, flows) ?? [last];
  const onward = inquiry.way(last.result.id, target.id, flows) ?? [];
  return { cause: 'zero-derivative', at: stepsOf([last])[0]!.operation, location: last.location, path: stepsOf(path), onward: stepsOf(onward) };
}

/** Operations on the way that pass no gradient, whatever the numbers are. */
function staticBreaks(inquiry: Inquiry, passes: EdgeTest): Break[] {
  const { tape: { operations }, source, useful } = inquiry;
  const varied = reachedFrom([source.id], operations, passes);
  return operations.flatMap((operation) => operandNames(operation).flatMap((operand) => {
    const adjoint = operation.adjoints[operand]!;
    const cuts = typeof adjoint !== 'function' && varied.has(operation.operands[operand]!.id) && useful.has(operation.result.id);
    return cuts ? [breakAt(inquiry, operation, operand, adjoint)] : [];
  }));
}

function breakAt({ target, source, way }: Inquiry, operation: Operation, operand: string, cause: Cause): Break {
  const before = way(source.id, operation.operands[operand]!.id, exists) ?? [];
  const after = way(operation.result.id, target.id, uses) ?? [];
  const steps = stepsOf([...before, operation]);
  return { cause, at: steps.at(-1)!.operation, location: operation.location, path: steps, onward: stepsOf(after) };
}

/** Values on the way that went to the host before a tensor was made from numbers which the target uses. */
function readBreaks(inquiry: Inquiry): Break[] {
  const { tape: { reads, leaves }, varied, useful } = inquiry;
  return reads.flatMap((read) => {
    const back = leaves.find((leaf) => leaf.at >= read.at && useful.has(leaf.tensorId));
    if (!varied.has(read.tensorId) || back === undefined) return [];
    return [besideTape(inquiry, { cause: 'host-read', at: read.how, location: read.location }, read.tensorId, back.tensorId)];
  });
}

/** A read of the source that nothing visible follows. */
function lastRead(inquiry: Inquiry): Break | null {
  const read = inquiry.tape.reads.findLast((each) => inquiry.varied.has(each.tensorId));
  return read === undefined ? null : besideTape(inquiry, { cause: 'host-read', at: read.how, location: read.location }, read.tensorId, null);
}

/** Variables that the target uses after they took a value on the way. */
function assignmentBreaks(inquiry: Inquiry): Break[] {
  const { tape: { assignments }, varied, useful } = inquiry;
  return assignments.flatMap(({ variableId, valueId, location }) =>
    varied.has(valueId) && useful.has(variableId) ? [besideTape(inquiry, { cause: 'assign', at: 'assign', location }, valueId, variableId)] : [],
  );
}

/** Numbers that left the tape with tensor `leaves`, and came back, if they did, as tensor `returns`. */
function besideTape({ target, source, way }: Inquiry, place: Pick<Break, 'cause' | 'at' | 'location'>, leaves: number, returns: number | null): Break {
  const onward = returns === null ? null : way(returns, target.id, uses);
  return { ...place, path: stepsOf(way(source.id, leaves, exists) ?? []), onward: stepsOf(onward ?? []) };
}

/** Tensors that the target uses and that were computed from the source where this tape did not run. */
function outsideBreaks({ tape: { operations }, target, source, useful, way }: Inquiry): Break[] {
  const made = new Map(operations.map((operation) => [operation.result.id, operation]));
  const tensors = new Map(operations.flatMap((operation) => [...Object.values(operation.operands), operation.result]).concat(target).map((each) => [each.id, each]));
  return [...useful].flatMap((id) => {
    const maker = made.get(id);
    if (maker !== undefined && maker.name !== 'customGrad') return [];
    const tensor = tensors.get(id);
    const before = tensor === undefined || id === source.id ? null : callsSince(tensor.origin, source.id);
    if (before === null || before.length === 0) return [];
    return [{
      cause: maker === undefined ? 'computed-outside' as const : 'custom-gradient' as const,
      at: before.at(-1)!,
      location: maker?.location ?? null,
      path: before.map((operation, index) => ({ operation, shape: index === before.length - 1 ? tensor!.shape : [], location: null })),
      onward: stepsOf(way(id, target.id, uses) ?? []),
    }];
  });
}

const isZero = (tensor: Tensor): boolean => valuesOf(tensor).every((value) => value === 0);
