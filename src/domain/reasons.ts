/**
 * What a report can be about: the vocabulary of faults, one record a subject of judgement. One fault, one rule. Each
 * text is one sentence that holds wherever the fault is named. Why a gradient ends the core says, too.
 */
import { causes } from '../calculus/cause.ts';

/** What does not fit. */
const shapeFaults = {} as const satisfies Record<string, string>;

/** Tensors that live too long, or not long enough. */
const lifetimeFaults = {
  'disposed-use': 'A tensor is used that has been disposed.',
  'async-region': 'A region ends, and disposes what was made in it, before the code that it was given has run to its end.',
  'recreated-state': 'What keeps tensors of its own is made each time that code runs, and nobody can get at it any more.',
  'growing-memory': 'Tensors stay in memory that nobody can get at any more, and there are more of them each time.',
} as const satisfies Record<string, string>;

/** What is wrong with the state of training. */
const trainingFaults = {} as const satisfies Record<string, string>;

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

const subjectNames = Object.keys(subjects) as readonly Subject[];
