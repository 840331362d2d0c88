/** Text in which some words are marked that may be other ones: a length, an axis, a type, a name. */
import type { Choices } from '../generate/random.ts';
import type { Shape } from '../syntax.ts';

const [open, close, between] = ['\u27e6', '\u27e7', '\u00a6'];

/** A number that may be another one near it. */
export const number = (value: number): string => `${open}${String(value)}${close}`;

/** A word that may be one of others. */
export const word = (text: string, ...others: readonly string[]): string => `${open}${[text, ...others].join(between)}${close}`;

export const shapeOf = (shape: Shape): string => `[${shape.map(number).join(', ')}]`;

const mark = new RegExp(`${open}([^${close}]*)${close}`, 'gu');

/** The text as it is meant. */
export function meant(text: string): string {
  return text.replaceAll(mark, (_, marked: string) => marked.split(between)[0]!);
}

/** The text with one of the marked words another one. */
export function mistaken(text: string, choices: Choices): string {
  const marks = [...text.matchAll(mark)];
  if (marks.length === 0) return text;
  const chosen = choices.pick(marks);
  const [word = '', ...others] = chosen[1]!.split(between);
  const other = others.length > 0 ? choices.pick(others) : String(near(Number(word), choices));
  return meant(`${text.slice(0, chosen.index)}${other}${text.slice(chosen.index + chosen[0].length)}`);
}

function near(value: number, choices: Choices): number {
  return choices.pick([value + 1, value + 2, value * 2, ...value > 1 ? [value - 1] : []].filter((each) => each !== value));
}
