/** The numbers of the tensor, or a part of the message. */
export type Outcome = readonly number[] | { readonly throws: string };

export interface Departure {
  readonly id: string;
  /** What departs, in the reader's words. */
  readonly subject: string;
  /** What differs: a value, a first or second derivative, the choice at a kink, or only the error. */
  readonly differs: 'value' | 'first derivative' | 'second derivative' | 'choice at a kink' | 'error';
  /** An expression that runs on both libraries, under the name `tf`, and gives a tensor. */
  readonly program: string;
  readonly core: Outcome;
  readonly tfjs: Outcome;
  readonly why: string;
}
