/** Whether values are in the form that a loss expects: logits, or what an activation makes of them. */
import type { Node } from '../../domain/graph.ts';
import type { History, Operation, Preparation } from '../../domain/history.ts';
import type { LayerSettings } from '../../domain/models.ts';
import type { Value } from '../../domain/value.ts';
import type { Library } from '../../libraries/library.ts';
import { lastName } from '../../libraries/owner.ts';
import type { Form } from '../../libraries/usage.ts';
import type { Suspicion } from '../suspicions.ts';

/** Values in a form, and what has brought them into it. */
export interface Formed {
  readonly form: Form;
  readonly by: Node;
}

export function activationMismatches(history: History): readonly Suspicion[] {
  return history.events.flatMap((event) => {
    switch (event.kind) {
      case 'operation': return ofOperation(history, event);
      case 'compiled': return ofCompiled(event);
      default: return [];
    }
  });
}

/** An activation, or a loss that applies one, on values that have been through one. */
function ofOperation(history: History, { library, path, label, operands = [], site, chain }: Operation): readonly Suspicion[] {
  const { usage } = library;
  const loss = Object.hasOwn(usage.fromLogits, path) ? usage.fromLogits[path] : undefined;
  const activation = Object.hasOwn(usage.activations, path) ? usage.activations[path] : undefined;
  const operand = loss === undefined ? activation && operands[0] : operands[loss.at];
  if (operand?.kind !== 'tensor') return [];
  // Another shape may have another last axis, over which a softmax is taken.
  const formed = formOf(history, operand.node, usage, activation === 'softmax' ? 'as it is' : 'rearranged');
  if (formed === undefined || (activation !== undefined && formed.form !== activation)) return [];
  return [suspicion(library, { variant: loss === undefined ? 'twice' : 'probabilities', site, chain, scope: label, about: [formed.by] })];
}

/** Which form a value has, where that is certain: as an activation, or a model, gives it. */
export function formOf(history: History, node: Node, usage: Library['usage'], how: 'as it is' | 'rearranged'): Formed | undefined {
  const layers = history.predictions.get(node);
  if (layers !== undefined) return outputOf(layers);
  const { path } = node;
  if (node.kind === 'operation' && path !== undefined) {
    const form = Object.hasOwn(usage.activations, path) ? usage.activations[path] : undefined;
    if (form !== undefined) return { form, by: node };
    const [only] = node.inputs;
    return how === 'rearranged' && usage.rearranging.has(path) && only !== undefined ? formOf(history, only.from, usage, how) : undefined;
  }
  if (!node.transparent) return undefined;
  const forms = node.inputs.map(({ from }) => formOf(history, from, usage, how));
  return forms.every((each) => each !== undefined && each.form === forms[0]?.form) ? forms[0] : undefined;
}

/** What the last layer of a model gives. */
function outputOf(layers: readonly (LayerSettings | undefined)[]): Formed | undefined {
  const last = layers.at(-1);
  return last === undefined || last.activation === 'linear' || last.activation === 'other' ? undefined : { form: last.activation, by: last.node };
}

/** `model.compile({ loss })`, of a model with one output: by name or as a function of the library. */
function ofCompiled({ library, layers, losses, site, chain }: Preparation): readonly Suspicion[] {
  const [loss, ...others] = losses;
  const last = layers.at(-1);
  if (last === undefined || loss === undefined || others.length > 0) return [];
  const mismatch = ofLoss(library, loss, last);
  return mismatch === undefined ? [] : [suspicion(library, { ...mismatch, site, chain, about: [last.node] })];
}

function ofLoss({ usage }: Library, loss: Value, last: LayerSettings): Pick<Suspicion, 'variant' | 'scope'> | undefined {
  if (loss.kind === 'library') return Object.hasOwn(usage.fromLogits, loss.path) && outputOf([last]) !== undefined ? { variant: 'probabilities', scope: lastName(loss.path) } : undefined;
  const name = loss.kind === 'literal' ? String(loss.value) : '';
  const wanted = Object.hasOwn(usage.ofProbabilities, name) ? usage.ofProbabilities[name] : undefined;
  if (wanted === undefined || last.activation !== 'linear' || !Object.hasOwn(usage.layers.withUnits, last.kind)) return undefined;
  return { variant: wanted === 'softmax' ? 'logits' : 'logit', scope: name };
}

function suspicion({ title }: Library, about: Omit<Suspicion, 'cause' | 'effect'>): Suspicion {
  return { ...about, cause: 'activation-mismatch', effect: { kind: 'hampered', library: title } };
}
