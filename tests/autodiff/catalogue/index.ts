import { arrangements } from './arrangements.ts';
import type { Case } from './case.ts';
import { elementwise } from './elementwise.ts';
import { losses } from './losses.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';

/** Every operation of the core, with cases over shapes, broadcasts and dtypes. */
export const catalogue: readonly Case[] = [...elementwise, ...reductions, ...arrangements, ...products, ...losses];
