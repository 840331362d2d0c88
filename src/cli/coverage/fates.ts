/** The fate of a source, in one word. */
import type { Fate } from '../../judgements/gradients/inspection.ts';
import type { Style } from '../terminal.ts';

export const fateWords: Readonly<Record<Fate, readonly [word: string, style: Style]>> = {
  'connected': ['connected', 'green'], 'severed': ['severed', 'red'], 'unused': ['not used', 'yellow'], 'not-asked': ['not trained here', 'dim'], 'unknown': ['unknown', 'yellow'],
};
