/** What is wrong with a call that prepares or trains a model, whatever the model is. */
import type { Begun, Mistake } from '../../domain/history.ts';
import { argument, argumentSite } from '../../domain/invocation.ts';
import type { Block, InstanceValue, Invocation, Value } from '../../domain/value.ts';
import { isUndefined, literal, members, plainHost } from '../../domain/values.ts';
import { refineAt } from '../../interpreter/values/types.ts';
import { ownerOf } from '../../libraries/owner.ts';
import type { Frame } from '../../interpreter/machine/frame.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Compiling } from '../../libraries/layer.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';
import type { StaticType } from '../../program/program.ts';
import { goesOn } from '../lifetimes/disposals.ts';
import { compiledAt } from './compiled.ts';
import { hasOutgrown, isTakenForBuilt } from './outdated.ts';

type Form = Extract<Meaning, { is: 'train' }>['on'];
type Kind = keyof Compiling['names'];

function mistake(m: Machine, { title }: Library, about: Pick<Mistake, 'variant' | 'site' | 'scope' | 'error'>): void {
  m.tell({ ...about, kind: 'mistake', cause: 'training-call', chain: m.frame.chain, library: title });
}

// — compile —

/** Losses, optimizers and metrics by names that nobody knows. */
export function tellNames(m: Machine, library: Library, config: Value, call: Invocation): void {
  const names = library.layers?.compiling.names;
  if (names === undefined || config.kind !== 'object') return;
  for (const kind of ['optimizer', 'loss', 'metrics'] satisfies readonly Kind[]) {
    const { known, error } = names[kind];
    const unknown = textsIn(m, m.getMember(config, literal(kind), call.site)).find((text) => !known.has(text));
    if (unknown === undefined) continue;
    mistake(m, library, { variant: kind, site: call.site, scope: unknown, error: `"${error} ${unknown}"` });
    return;
  }
}

/** A text, or those in an array. */
function textsIn(m: Machine, value: Value): readonly string[] {
  if (value.kind === 'literal') return typeof value.value === 'string' ? [value.value] : [];
  return value.kind === 'object' && value.heap.isArray ? m.memory.list(value.heap).items.flatMap((item) => (item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : [])) : [];
}

// — layers —

/** A layer of the program's own gives a promise to the model that runs it. */
export function tellPromised(m: Machine, library: Library, site: Site, label: string): void {
  if (library.layers !== undefined) mistake(m, library, { variant: 'asyncLayer', site, scope: label, error: library.layers.compiling.promised });
}

// — fit —

/** Remembers that the model is being trained from now on. */
export function tellTraining(m: Machine, model: InstanceValue, on: Form, call: Invocation): void {
  const { block, library } = model;
  const compiling = library.layers?.compiling;
  if (block === undefined || compiling === undefined || on === 'batch') return;
  const tensors = [0, 1].flatMap((at) => { const data = argument(call.arguments, at); return data.kind === 'tensor' ? data.node : []; });
  goesOn(m, { library, tensors, site: call.site, label: call.label, chain: m.frame.chain });
  const wrong = uncompiled(m, model, block, compiling) ?? ongoing(m, block, compiling, call.site) ?? misgiven(m, library, block, on, compiling, call);
  if (wrong !== undefined) mistake(m, library, { site: call.site, scope: call.label, ...wrong });
  const isStarted = wrong === undefined && compiledAt(m, block) !== undefined;
  m.memory.write(block.training, isStarted ? literal(m.history.trainings.push({ frames: atOnce(m), waits: m.waits, site: call.site }) - 1) : plainHost);
}

interface Wrong {
  readonly variant: string;
  readonly error: string;
  readonly site?: Site;
}

/** A model is tried, not trained, with labels: that too needs one that is compiled. */
export function tellTried(m: Machine, model: InstanceValue, call: Invocation): void {
  const { block, library } = model;
  const compiling = library.layers?.compiling;
  const wrong = block && compiling && uncompiled(m, model, block, compiling);
  if (wrong !== undefined) mistake(m, library, { site: call.site, scope: call.label, ...wrong, variant: wrong.variant === 'uncompiled' ? 'untried' : wrong.variant });
}

/** Nothing has compiled it, or not since it got a layer. */
function uncompiled(m: Machine, model: InstanceValue, block: Block, compiling: Compiling): Wrong | undefined {
  if (!isOurs(m, model, block)) return undefined;
  const state = m.memory.read(block.compiled);
  if (state === undefined || !isUndefined(state)) return outgrown(m, block, compiling);
  const { kind } = block.structure;
  return kind === 'sequence' || kind === 'graph' ? { variant: 'uncompiled', error: uncompiledError(m, block, compiling) } : undefined;
}

function outgrown(m: Machine, block: Block, compiling: Compiling): Wrong | undefined {
  return hasOutgrown(m, block) ? { variant: 'outgrown', error: uncompiledError(m, block, compiling) } : undefined;
}

function uncompiledError(m: Machine, block: Block, { uncompiled: errors }: Compiling): string {
  const isBuilt = isTakenForBuilt(m, block);
  return isBuilt === undefined ? errors.either : isBuilt ? errors.built : errors.unbuilt;
}

/** Who has the model, or can name it, may have compiled it before a function is called. */
function isOurs(m: Machine, { node }: InstanceValue, { compiled }: Block): boolean {
  const isSeen = (m.occasion.preparing && !m.frame.late) || !compiled.allocation.shared;
  return isSeen && node !== undefined && !m.history.escaped.has(node);
}

/** Code that has not waited for anything since has begun to train it; where it is run for each of several items, by the same call for another one. */
function ongoing(m: Machine, { training }: Block, { ongoing: error }: Compiling, site: Site): Wrong | undefined {
  const state = m.memory.read(training);
  if (state === undefined || m.frame.late) return undefined;
  const states = members(state);
  const begun = states.flatMap((each) => (each.kind === 'literal' && typeof each.value === 'number' ? m.history.trainings[each.value] ?? [] : []));
  const current = atOnce(m);
  const isGoingOn = (each: Begun): boolean => each.waits === m.waits && [...each.frames].some((frame) => current.has(frame));
  if (begun.length === 0 || !begun.every(isGoingOn)) return undefined;
  if (begun.length === states.length) return { variant: 'ongoing', error };
  const isForEach = m.allocator.isRepeating && m.frame.caller !== undefined && m.frame.conditions === m.frame.caller.conditions;
  return isForEach && begun.every((each) => each.site === site) && states.every((each) => isUndefined(each) || each.kind === 'literal') ? { variant: 'each', error } : undefined;
}

/** The calls in progress that led here without waiting for anything. */
function atOnce(m: Machine): ReadonlySet<object> {
  const found = new Set<object>();
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.waits === m.waits ? frame.caller : undefined) found.add(frame);
  return found;
}

/** What it is trained on is of the wrong kind. */
function misgiven(m: Machine, library: Library, { compiled }: Block, on: Form, { noDataset, dataset, floatLabels }: Compiling, call: Invocation): Wrong | undefined {
  const [data, labels] = [argument(call.arguments, 0), argument(call.arguments, 1)];
  const at = argumentSite(call, 0);
  if (on === 'tensors' && isDataset(library, refineAt(m, data, at), dataset)) return { variant: 'noTensors', error: dataset.error, site: at };
  if (on === 'dataset' && members(data).every((each) => isRows(each, dataset))) return { variant: 'unbatched', error: dataset.unbatched, site: at };
  if (on === 'dataset') return members(data).every(({ kind }) => kind === 'tensor') ? { variant: 'dataset', error: noDataset, site: at } : undefined;
  const state = m.memory.read(compiled);
  const loss = state?.kind === 'object' ? m.getMember(state, literal('loss'), state.heap.site) : undefined;
  const isOfFloats = loss?.kind === 'literal' && typeof loss.value === 'string' && floatLabels.losses.has(loss.value);
  return isOfFloats && labels.kind === 'tensor' && labels.facts.type === 'int32' ? { variant: 'integers', error: floatLabels.error, site: argumentSite(call, 1) } : undefined;
}

/** By its type, which is that of what makes it: a data set is nothing else. */
function isDataset(library: Library, value: Value, dataset: Compiling['dataset']): boolean {
  return members(value).every((member) => isRows(member, dataset) || (member.kind === 'instance' && member.class === dataset.others) || (member.kind === 'unknown' && member.type?.kind === 'instance' && isOfClass(library, member.type, dataset.class)));
}

function isRows(value: Value, { rows }: Compiling['dataset']): boolean {
  return value.kind === 'instance' && value.class === rows;
}

/** Classes that extend one another, before one is found. */
const deepest = 8;

function isOfClass(library: Library, type: StaticType, name: string, depth = 0): boolean {
  if (type.kind !== 'instance' || depth > deepest) return false;
  return (type.name === name && ownerOf([library], type) !== undefined) || type.bases().some((base) => isOfClass(library, base, name, depth + 1));
}
