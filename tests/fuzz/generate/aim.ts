/** Which operations of the analyser's tables generated programs can be made to have. */
import { cuts } from '../cuts.ts';
import { flatOperations, operations } from '../operations.ts';
import type { Numbers } from '../shapes.ts';

/** Operands that generated programs only ever give plain numbers. */
const plain: ReadonlySet<string> = new Set(['gather indices']);

/** Whether generated programs can be aimed at the derivative in an operand. */
export function aimable(path: string, operand: string, asMethod: boolean): boolean {
  if (plain.has(`${path} ${operand}`) || operand === 'weights') return false;
  const operation = operations.get(path);
  if (operation === undefined) return !asMethod && spellingsOf(path).length > 0;
  return asMethod === (operation.only === 'method');
}

const spellings = Object.entries(cuts).flatMap(([cut, { spellings: all }]) => all.map((spelling, style) => ({ cut, style, text: spelling('x', '[1]', '') })));
const byOperation: ReadonlySet<string> = new Set(['flat', 'position', 'one-hot', 'condition']);

/** Ways to end a gradient that are this operation. */
function spellingsOf(path: string): readonly { readonly cut: string; readonly style: number }[] {
  const alive = operations.has(path) && !isFlat(path) && path !== 'where';
  return alive ? [] : spellings.filter(({ cut, text }) => byOperation.has(cut) && text.includes(`.${path}(`));
}

/** A way to end a gradient by one of the operations that are aimed at, if any does. */
export function aimedCut(focus: readonly string[], random: Numbers): { readonly cut: string; readonly style: number } | undefined {
  const fitting = focus.flatMap(spellingsOf);
  return fitting.length > 0 && random.chance(0.7) ? random.pick(fitting) : undefined;
}

/** Whether programs that are aimed at the operations should end many gradients. */
export const ends = (focus: readonly string[]): boolean => focus.some((name) => spellingsOf(name).length > 0);

const isFlat = (name: string): boolean => flatOperations.some((operation) => operation.name === name);
