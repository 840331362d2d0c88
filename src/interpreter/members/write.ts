/** A write to a property, as whoever asks for it says. */
import type { Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';

/** What is written: under which key, undefined where that is not known, and how a report would write the object. */
export interface Writing {
  readonly name: string | undefined;
  /** One that is not known may be none but a number. */
  readonly among?: 'numbers';
  readonly value: Value;
  readonly prefix?: string | undefined;
  readonly site: Site;
  /** What becomes of it where the object does not take it. */
  readonly refused: 'fails' | 'may fail' | 'is left out';
}
