/** What is wrong with a call that prepares or trains a model, whatever the model is. */
import type { Mistake } from '../../domain/history.ts';
import { argument, argumentSite } from '../../domain/invocation.ts';
import type { Block, InstanceValue, Invocation, Value } from '../../domain/value.ts';
import { isUndefined, literal, members, plainHost } from '../../domain/values.ts';
import type { Frame, Machine } from '../../interpreter/machine/machine.ts';
import type { Compiling } from '../../libraries/layer.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';

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

// — fit —

/** Remembers that the model is being trained from now on. */
export function tellTraining(m: Machine, model: InstanceValue, on: Form, call: Invocation): void {
  const { block, library } = model;
  const compiling = library.layers?.compiling;
  if (block === undefined || compiling === undefined || on === 'batch') return;
  const wrong = uncompiled(m, model, block, compiling) ?? ongoing(m, block, compiling) ?? misgiven(m, block, on, compiling, call);
  if (wrong !== undefined) mistake(m, library, { site: call.site, scope: call.label, ...wrong });
  const isStarted = wrong === undefined && m.memory.read(block.compiled)?.kind === 'object';
  m.memory.write(block.training, isStarted ? literal(m.history.trainings.push({ frame: m.frame, waits: m.waits }) - 1) : plainHost);
}

interface Wrong {
  readonly variant: string;
  readonly error: string;
  readonly site?: Site;
}

/** Nothing has compiled it. Who has the model, or can name it, may have done so before a function is called. */
function uncompiled(m: Machine, { node }: InstanceValue, { structure, compiled }: Block, { uncompiled: errors }: Compiling): Wrong | undefined {
  const state = m.memory.read(compiled);
  const isOurs = m.occasion.preparing && !m.frame.late ? true : !compiled.allocation.shared;
  if (state === undefined || !isUndefined(state) || !isOurs || node === undefined || m.history.escaped.has(node)) return undefined;
  return structure.kind === 'sequence' || structure.kind === 'graph' ? { variant: 'uncompiled', error: errors[structure.kind] } : undefined;
}

/** The same code has begun to train it, and has not waited for anything since. */
function ongoing(m: Machine, { training }: Block, { ongoing: error }: Compiling): Wrong | undefined {
  const state = m.memory.read(training);
  const begun = state?.kind === 'literal' && typeof state.value === 'number' ? m.history.trainings[state.value] : undefined;
  if (begun?.waits !== m.waits || m.frame.late) return undefined;
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.caller) if (frame === begun.frame) return { variant: 'ongoing', error };
  return undefined;
}

/** What it is trained on is of the wrong kind. */
function misgiven(m: Machine, { compiled }: Block, on: Form, { noDataset, floatLabels }: Compiling, call: Invocation): Wrong | undefined {
  const [data, labels] = [argument(call.arguments, 0), argument(call.arguments, 1)];
  if (on === 'dataset') return members(data).every(({ kind }) => kind === 'tensor') ? { variant: 'dataset', error: noDataset, site: argumentSite(call, 0) } : undefined;
  const state = m.memory.read(compiled);
  const loss = state?.kind === 'object' ? m.getMember(state, literal('loss'), state.heap.site) : undefined;
  const isOfFloats = loss?.kind === 'literal' && typeof loss.value === 'string' && floatLabels.losses.has(loss.value);
  return isOfFloats && labels.kind === 'tensor' && labels.facts.type === 'int32' ? { variant: 'integers', error: floatLabels.error, site: argumentSite(call, 1) } : undefined;
}
