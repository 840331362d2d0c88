/**
 * What a report can be about: the vocabulary of faults, one record a subject of judgement. One fault, one rule. Each
 * text is one sentence that holds wherever the fault is named. Why a gradient ends the core says, too.
 */
import { causes } from '../calculus/cause.ts';

/** What does not fit. */
const shapeFaults = {
  'shape-mismatch': 'the shapes do not fit',
  'invalid-axis': 'the tensor has no such axis',
  'element-type': 'the elements are of another type than is wanted',
  'accidental-broadcast': 'every prediction meets every label, and which belongs to which makes no difference',
  'suspicious-broadcast': 'a column and a vector meet in all pairs',
  'layer-chain': 'a layer does not take what it is put behind',
  'model-input': 'a model is given data of another shape than it takes',
} as const satisfies Record<string, string>;

/** Tensors that live too long, or not long enough. */
const lifetimeFaults = {
  'disposed-use': 'the tensor has been disposed',
  'disposed-in-round': 'the next round finds the tensor disposed',
  'async-region': 'a region ends before the code that it was given has run to its end',
  'recreated-state': 'what keeps tensors of its own is made each time that the code runs, and nobody can get at it any more',
  'untidied-memory': 'tensors stay in memory unless a caller disposes what the code makes',
  'incomplete-dispose': 'a function disposes some of its tensors, or on some ways, and leaves others',
  'growing-memory': 'tensors stay in memory that nobody can get at any more, and there are more of them each time',
} as const satisfies Record<string, string>;

/** What is wrong with the state of training. */
const trainingFaults = {
  /** A model, or a variable, is trained in a way that its library refuses. */
  'training-call': 'it is not trained in the way that it is meant',
  /** A derivative that is infinite, or infinity times zero. */
  'nan-gradient': 'the derivative is not finite here',
  /** An operation at numbers at which it is not defined. */
  'nan-value': 'a value is NaN here',
  /** What is exact on paper and not in floats, where there is a form that is exact in both. */
  'unstable-form': 'the form loses its value or its derivative where floats round',
  /** Layers that do something in training only, in a step that does not say that it trains. */
  'sleeping-layer': 'the layer does nothing, for nothing says that it trains',
  /** Regularizers of layers, in a step that does not add them. */
  'lost-regularizer': 'the regularizer is not added to the loss',
  /** One optimizer for several lists of variables. */
  'shared-optimizer': 'the moments of the optimizer belong to other variables, or to none',
  /** A step that names no variables moves those of another optimizer. */
  'unlisted-variables': 'the step moves what another optimizer trains',
} as const satisfies Record<string, string>;

const subjects = { gradients: causes, shapes: shapeFaults, lifetimes: lifetimeFaults, training: trainingFaults };

export type Subject = keyof typeof subjects;

export type Reason = { [S in Subject]: keyof (typeof subjects)[S] }[Subject];

const sentences: Readonly<Record<Reason, string>> = { ...causes, ...shapeFaults, ...lifetimeFaults, ...trainingFaults };

export function sentenceOf(reason: Reason): string {
  return sentences[reason];
}

export function subjectOf(reason: Reason): Subject {
  return subjectNames.find((subject) => Object.hasOwn(subjects[subject], reason)) ?? 'gradients';
}

export const subjectNames = Object.keys(subjects) as readonly Subject[];
