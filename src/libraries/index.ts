/** The libraries whose meaning is known. */
import { autodiff } from './autodiff/index.ts';
import type { Library } from './library.ts';
import { tfjs } from './tfjs/index.ts';

export const libraries: readonly Library[] = [tfjs, autodiff];
