/** Whether values are in the form that a loss expects: logits, or what an activation makes of them. */
import type { Library } from '../../libraries/library.ts';
import { lastName } from '../../libraries/owner.ts';
import type { Form } from '../../libraries/usage.ts';
import type { Site } from '../../program/ir.ts';
import type { Node } from '../../domain/graph.ts';
import { type Invocation, argument } from '../../interpreter/invocation.ts';
import { lossesIn } from '../../tensors/layers/layer-scopes.ts';
import { layersOf } from '../../tensors/layers/layer-settings.ts';
import type { Machine } from '../../interpreter/machine.ts';
import { getMember } from '../../interpreter/members.ts';
import type { Suspicion } from './suspicions.ts';
import { type InstanceValue, type Value, literal } from '../../domain/value.ts';

/** Values in a form, and what has brought them into it. */
interface Formed {
  readonly form: Form;
  readonly by: Node;
}

/** An activation, or a loss that applies one, on values that have been through one. */
export function checkOperand(m: Machine, library: Library, path: string, label: string, values: readonly Value[], site: Site): void {
  const { usage } = library;
  if (m.muted > 0) return;
  const loss = Object.hasOwn(usage.fromLogits, path) ? usage.fromLogits[path] : undefined;
  const activation = Object.hasOwn(usage.activations, path) ? usage.activations[path] : undefined;
  const operand = loss === undefined ? activation && values[0] : values[loss.at];
  if (operand?.kind !== 'tensor') return;
  // Another shape may have another last axis, over which a softmax is taken.
  const formed = formOf(m, operand.node, usage, activation === 'softmax' ? 'as it is' : 'rearranged');
  if (formed === undefined || (activation !== undefined && formed.form !== activation)) return;
  tell(m, library, { variant: loss === undefined ? 'twice' : 'probabilities', site, scope: label, about: [formed.by] });
}

function formOf(m: Machine, node: Node, usage: Library['usage'], how: 'as it is' | 'rearranged'): Formed | undefined {
  const model = m.predictions.get(node);
  if (model !== undefined) return outputOf(m, model);
  const { path } = node;
  if (node.kind === 'operation' && path !== undefined) {
    const form = Object.hasOwn(usage.activations, path) ? usage.activations[path] : undefined;
    if (form !== undefined) return { form, by: node };
    const [only] = node.inputs;
    return how === 'rearranged' && usage.rearranging.has(path) && only !== undefined ? formOf(m, only.from, usage, how) : undefined;
  }
  if (node.transparent) {
    const forms = node.inputs.map(({ from }) => formOf(m, from, usage, how));
    return forms.every((each) => each !== undefined && each.form === forms[0]?.form) ? forms[0] : undefined;
  }
  return undefined;
}

function outputOf(m: Machine, model: InstanceValue): Formed | undefined {
  const last = layersOf(m, model).at(-1);
  return last === undefined || last.activation === 'linear' || last.activation === 'other' ? undefined : { form: last.activation, by: last.node };
}

/** `model.compile({ loss })`, by name or as a function of the library. */
export function checkCompiled(m: Machine, library: Library, model: Value | undefined, call: Invocation): void {
  const { usage } = library;
  const config = argument(call.arguments, 0);
  const last = model?.kind === 'instance' ? layersOf(m, model).at(-1) : undefined;
  if (m.muted > 0 || last === undefined || config.kind !== 'object') return;
  for (const loss of onlyLoss(m, getMember(m, config, literal('loss'), call.site))) {
    const about = { site: call.site, about: [last.node] };
    if (loss.kind === 'library' && Object.hasOwn(usage.fromLogits, loss.path) && last.activation !== 'linear' && last.activation !== 'other') tell(m, library, { ...about, variant: 'probabilities', scope: lastName(loss.path) });
    const name = loss.kind === 'literal' ? String(loss.value) : '';
    const wanted = Object.hasOwn(usage.ofProbabilities, name) ? usage.ofProbabilities[name] : undefined;
    if (wanted !== undefined && last.activation === 'linear' && Object.hasOwn(usage.layers.withUnits, last.kind)) tell(m, library, { ...about, variant: wanted === 'softmax' ? 'logits' : 'logit', scope: name });
  }
}

/** The one loss of a model with one output. */
function onlyLoss(m: Machine, loss: Value): readonly Value[] {
  const [only, ...more] = lossesIn(m, loss).filter(({ kind }) => kind !== 'never');
  return only === undefined || more.length > 0 ? [] : [only];
}

function tell(m: Machine, library: Library, suspicion: Pick<Suspicion, 'variant' | 'site' | 'scope' | 'about'>): void {
  m.observer.suspicion({ ...suspicion, cause: 'activation-mismatch', chain: m.frame.chain, effect: { kind: 'hampered', library: library.title } });
}
