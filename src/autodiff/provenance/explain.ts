/** Whether, how and why not a gradient arrives: the questions are asked in the order of the answers' strength. */
import type { Cause } from '../../calculus/cause.ts';
import { backpropagate } from '../backpropagation.ts';
import { ones } from '../creation.ts';
import { exists, flows, operandNames, reachedFrom, usedBy, uses, type EdgeTest } from '../reach.ts';
import type { Operation } from '../tape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { Variable } from '../variable.ts';
import type { Break, Explanation } from './explanation.ts';
import { operationsSince } from './origin.ts';
import { pathBetween, stepsOf } from './path.ts';
import type { Recording } from './recording.ts';

/** A recording, and which tensors may be asked for. */
export interface WatchedRecording extends Recording {
  watches(source: Tensor): boolean;
}

/** What the recording says about the gradient of `target` with respect to `source`. */
export function explainOn(recording: WatchedRecording, target: Tensor, source: Tensor): Explanation {
  const named = { source: labelOf(source) };
  const inquiry: Inquiry = { recording, target, source, label: named.source };
  const unwatched = unwatchedBreak(inquiry);
  if (unwatched !== null) return { verdict: 'severed', ...named, breaks: [unwatched] };
  if (pathBetween(source.id, target.id, recording.operations, flows) !== null) return { ...named, ...alongFlow(inquiry) };
  if (pathBetween(source.id, target.id, recording.operations, exists) !== null) {
    return { verdict: 'zero', ...named, breaks: staticBreaks(inquiry) };
  }
  const breaks = distinct([staticBreaks(inquiry), readBreaks(inquiry), assignmentBreaks(inquiry), outsideBreaks(inquiry)].flat());
  return { verdict: 'severed', ...named, breaks: breaks.length > 0 ? breaks : [lastRead(inquiry) ?? placeless(inquiry, 'never-reached')] };
}

/** Several tensors may tell of the same break: the results of a loop outside, for example. */
const distinct = (breaks: readonly Break[]): Break[] => [...new Map(breaks.map((each) => [JSON.stringify(each), each])).values()];

/** The user's name for the tensor, or one that tells it from others. */
const labelOf = (tensor: Tensor): string =>
  tensor instanceof Variable && /^\d+$/.test(tensor.name) ? `variable ${tensor.name}` : (tensor.name ?? `tensor#${tensor.id}`);

interface Inquiry {
  readonly recording: WatchedRecording;
  readonly target: Tensor;
  readonly source: Tensor;
  readonly label: string;
}

const placeless = ({ label }: Inquiry, cause: Cause): Break => ({ cause, at: label, location: null, path: [], onward: [] });

/** The target uses the source, but no tape was asked to watch it. */
function unwatchedBreak(inquiry: Inquiry): Break | null {
  const { recording, target, source } = inquiry;
  if (recording.watches(source)) return null;
  const path = pathBetween(source.id, target.id, recording.operations, exists);
  if (path === null && source.id !== target.id) return null;
  const cause = source instanceof Variable && !source.trainable ? 'not-trainable' : 'unwatched-constant';
  return { ...placeless(inquiry, cause), onward: stepsOf(path ?? []) };
}

/** The source is connected by adjoints; whether by more than zeros, the numbers tell. */
function alongFlow(inquiry: Inquiry): { verdict: 'connected'; path: Break['path'] } | { verdict: 'zero'; breaks: Break[] } {
  const { recording: { operations }, target, source } = inquiry;
  const flat: { operation: Operation; operand: string }[] = [];
  const live = new Map<Operation, Set<string>>();
  const [gradient] = backpropagate(operations, target, [source], ones(target.shape), ({ operation, operand, dy, dx }) => {
    if (!isZero(dx)) live.set(operation, (live.get(operation) ?? new Set()).add(operand));
    else if (!isZero(dy)) flat.push({ operation, operand });
  });
  if (!isZero(gradient!)) {
    const path = pathBetween(source.id, target.id, operations, (operation, operand) => live.get(operation)?.has(operand) ?? false);
    return { verdict: 'connected', path: stepsOf(path ?? []) };
  }
  const breaks = flat.map(({ operation, operand }) => breakAt(inquiry, operation, operand, operation.flat));
  // Behind an operation that made zeros of its cotangent, nothing varies any more.
  const passes: EdgeTest = (operation, operand) => flows(operation, operand) && !flat.some((each) => each.operation === operation && each.operand === operand);
  breaks.push(...staticBreaks(inquiry, passes));
  // No operation made zeros of a cotangent, so contributions that are not zero have cancelled: x − x.
  return { verdict: 'zero', breaks: breaks.length > 0 ? breaks : [{ ...cancellation(inquiry, live), cause: 'zero-derivative' }] };
}

function cancellation(inquiry: Inquiry, live: ReadonlyMap<Operation, unknown>): Break {
  const { recording: { operations }, target, source } = inquiry;
  const last = operations.find((operation) => live.has(operation));
  if (last === undefined) return placeless(inquiry, 'zero-derivative');
  const path = pathBetween(source.id, last.result.id, operations, flows) ?? [last];
  const onward = pathBetween(last.result.id, target.id, operations, flows) ?? [];
  return { cause: 'zero-derivative', at: stepsOf([last])[0]!.operation, location: last.location, path: stepsOf(path), onward: stepsOf(onward) };
}

/** Operations on the way that pass no gradient, whatever the numbers are. */
function staticBreaks(inquiry: Inquiry, passes: EdgeTest = flows): Break[] {
  const { recording: { operations }, target, source } = inquiry;
  const varied = reachedFrom([source.id], operations, passes);
  const useful = usedBy(target.id, operations, uses);
  return operations.flatMap((operation) => operandNames(operation).flatMap((operand) => {
    const adjoint = operation.adjoints[operand]!;
    const cuts = typeof adjoint !== 'function' && varied.has(operation.operands[operand]!.id) && useful.has(operation.result.id);
    return cuts ? [breakAt(inquiry, operation, operand, adjoint)] : [];
  }));
}

function breakAt({ recording: { operations }, target, source }: Inquiry, operation: Operation, operand: string, cause: Cause): Break {
  const before = pathBetween(source.id, operation.operands[operand]!.id, operations, exists) ?? [];
  const after = pathBetween(operation.result.id, target.id, operations, uses) ?? [];
  const steps = stepsOf([...before, operation]);
  return { cause, at: steps.at(-1)!.operation, location: operation.location, path: steps, onward: stepsOf(after) };
}

/** Values on the way that went to the host before a tensor was made from numbers which the target uses. */
function readBreaks(inquiry: Inquiry): Break[] {
  const { recording, target, source } = inquiry;
  const varied = reachedFrom([source.id], recording.operations, exists);
  const useful = usedBy(target.id, recording.operations, uses);
  return recording.reads.flatMap((read) => {
    const back = recording.leaves.find((leaf) => leaf.at >= read.at && useful.has(leaf.tensorId));
    if (!varied.has(read.tensorId) || back === undefined) return [];
    return [offTape(inquiry, 'host-read', read.how, read.tensorId, back.tensorId, read.location, exists)];
  });
}

/** A read of the source that nothing visible follows. */
function lastRead(inquiry: Inquiry): Break | null {
  const { recording, source } = inquiry;
  const varied = reachedFrom([source.id], recording.operations, exists);
  const read = recording.reads.findLast((each) => varied.has(each.tensorId));
  return read === undefined ? null : offTape(inquiry, 'host-read', read.how, read.tensorId, null, read.location, exists);
}

/** Variables that the target uses after they took a value on the way. */
function assignmentBreaks(inquiry: Inquiry): Break[] {
  const { recording, target, source } = inquiry;
  const varied = reachedFrom([source.id], recording.operations, exists);
  const useful = usedBy(target.id, recording.operations, uses);
  return recording.assignments.flatMap(({ variableId, valueId, location }) =>
    varied.has(valueId) && useful.has(variableId) ? [offTape(inquiry, 'assign', 'assign', valueId, variableId, location, exists)] : [],
  );
}

function offTape(
  { recording: { operations }, target, source }: Inquiry,
  cause: Cause, at: string, leaves: number, returns: number | null, location: string | null, test: EdgeTest,
): Break {
  const path = stepsOf(pathBetween(source.id, leaves, operations, test) ?? []);
  const onward = returns === null ? [] : stepsOf(pathBetween(returns, target.id, operations, uses) ?? []);
  return { cause, at, location, path, onward };
}

/** Tensors that the target uses and that were computed from the source where this tape did not record. */
function outsideBreaks(inquiry: Inquiry): Break[] {
  const { recording: { operations }, target, source } = inquiry;
  const useful = usedBy(target.id, operations, uses);
  const made = new Map(operations.map((operation) => [operation.result.id, operation]));
  const tensors = new Map(operations.flatMap((operation) => [...Object.values(operation.operands), operation.result]).concat(target).map((each) => [each.id, each]));
  return [...useful].flatMap((id) => {
    const maker = made.get(id);
    if (maker !== undefined && maker.name !== 'customGrad') return [];
    const tensor = tensors.get(id);
    const before = tensor === undefined || id === source.id ? null : operationsSince(tensor.origin, source.id);
    if (before === null || before.length === 0) return [];
    return [{
      cause: maker === undefined ? 'computed-outside' as const : 'custom-gradient' as const,
      at: before.at(-1)!,
      location: maker?.location ?? null,
      path: before.map((operation, index) => ({ operation, shape: index === before.length - 1 ? tensor!.shape : [], location: null })),
      onward: stepsOf(pathBetween(id, target.id, operations, uses) ?? []),
    }];
  });
}

const isZero = (tensor: Tensor): boolean => valuesOf(tensor).every((value) => value === 0);
