/** What the page and its worker say to each other. Offsets count from 0, lines from 1. */
import type { Fate } from '../../src/judgements/gradients/inspection.ts';
import type { Role } from '../../src/explanation/story.ts';
import type { Code, Level } from './example.ts';

export interface Place {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

export type Request =
  | { readonly kind: 'check'; readonly code: Code; readonly level: Level; readonly cursor: number }
  | { readonly kind: 'types'; readonly code: Code; readonly offset: number }
  | { readonly kind: 'completions'; readonly code: Code; readonly offset: number };

export interface Answers {
  readonly check: Report;
  readonly types: TypeInfo | undefined;
  readonly completions: Completions;
}

export interface Question {
  readonly id: number;
  readonly request: Request;
}

export type Reply = { readonly id: number; readonly answer: Answers[Request['kind']] } | { readonly id: number; readonly failure: string };

/** What is said of the open file. */
export interface Report {
  readonly problems: readonly Problem[];
  readonly scopes: readonly Scope[];
  /** The graph of the scope under the cursor, or of the one with the most to say. */
  readonly flow: Flow | undefined;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Undefined for what is no matter of a rule, such as an error of syntax. */
  readonly rule: { readonly name: string; readonly url: string } | undefined;
  readonly place: Place;
  readonly sentence: string;
  /** The path of the gradient, from the source to the target. */
  readonly stages: readonly Stage[];
  readonly suggestions: readonly Suggestion[];
}

export interface Stage {
  readonly role: Role;
  readonly place: Place;
  readonly note: string;
}

export interface Suggestion {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Scope {
  readonly label: string;
  readonly place: Place;
}

export interface Flow {
  readonly scope: Scope;
  /** Its nodes have the attribute `data-node`, an index into `nodes`. */
  readonly svg: string;
  readonly nodes: readonly Place[];
  readonly verdicts: readonly { readonly name: string; readonly fate: Fate; readonly sign: string; readonly text: string }[];
  /** Everything in the target is known. */
  readonly complete: boolean;
}

export interface TypeInfo {
  readonly from: number;
  readonly to: number;
  readonly type: string;
  /** Of a tensor, as far as the analysis knows it. */
  readonly shape: string | undefined;
  readonly documentation: string;
}

export interface Completions {
  readonly from: number;
  readonly options: readonly { readonly label: string; readonly kind: string }[];
}
