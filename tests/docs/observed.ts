/** What a page says of a run, held against what was observed. */
import { readFileSync } from 'node:fs';

import type { Gradient, Observation, Thrown } from '../truth/observation.ts';

const gradients: Readonly<Record<string, Gradient>> = {
  'gets a gradient': 'non-zero',
  'gets NaN': 'NaN',
  'gets zeros': 'zeros',
  'gets no gradient': 'absent',
};

const throwsText = /^throws "(?<text>.+)"$/u;
const gradientText = new RegExp(`^(?<source>[\\w#]+|the argument) (?<what>${Object.keys(gradients).join('|')})$`, 'u');

/** What is wrong with the statements; nothing where they hold. */
/** What is said of a program without gradients: no error that is not told of. */
const runs = 'it runs to its end';

export function contradictions(said: readonly string[], observation: Observation): readonly string[] {
  const errors = [...observation.scopes.flatMap(({ threw }) => threw ?? []), ...observation.uncaught];
  const promised = said.flatMap((statement) => throwsText.exec(statement)?.groups?.text ?? []);
  return [
    ...(said.length === 0 ? ['the example does not say what happens at run time'] : []),
    ...(observation.scopes.length === 0 && errors.length === 0 && !said.includes(runs) ? ['nothing was differentiated'] : []),
    ...said.flatMap((statement) => contradiction(statement, observation, errors)),
    ...errors.filter((error) => !promised.some((text) => begins(error, text))).map(({ message }) => `it throws: ${message}`),
  ];
}

function contradiction(statement: string, { scopes }: Observation, errors: readonly Thrown[]): readonly string[] {
  if (statement === runs) return [];
  const text = throwsText.exec(statement)?.groups?.text;
  if (text !== undefined) return errors.some((error) => begins(error, text)) ? [] : [`"${text}" is not thrown`];
  const groups = gradientText.exec(statement)?.groups;
  if (groups === undefined) return [`this says nothing that can be checked: ${statement}`];
  const { source = '', what = '' } = groups;
  const seen = new Set(scopes.flatMap(({ sources }) => sources.filter(({ made, owner }) => nameAt(made[0]) === source || (owner.length > 0 && nameAt(owner[0]) === source)).map(({ gradient }) => gradient)));
  const [only, ...others] = seen;
  return only === gradients[what] && others.length === 0 ? [] : [`${source} is said to get ${what}; seen: ${[...seen].map(String).join(', ') || 'nothing'}`];
}

/** `…` in the page's text stands for what it leaves out. */
function begins({ message }: Thrown, text: string): boolean {
  return message.replace(/\s+/gu, ' ').startsWith(text.replace(/ ?…$/u, ''));
}

/** The name that the line gives where a variable is made, or the layer whose weight it is. */
function nameAt(made: { readonly file: string; readonly line: number } | undefined): string | undefined {
  if (made === undefined) return 'the argument';
  return /(?<name>[\w#]+)\s*[=:]/u.exec(readFileSync(made.file, 'utf8').split('\n')[made.line - 1] ?? '')?.groups?.name;
}
