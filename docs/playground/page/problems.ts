/** The list of problems: each with its sentence, its path line by line, and what can be done. */
import type { Place, Problem, Suggestion } from '../protocol.ts';
import { button, made, prose } from './element.ts';

export interface ProblemActions {
  readonly go: (place: Place) => void;
  readonly accept: (suggestion: Suggestion) => void;
}

export function problemItems(problems: readonly Problem[], chosen: Problem | undefined, actions: ProblemActions): readonly HTMLLIElement[] {
  return problems.map((problem) => problemItem(problem, problem === chosen, actions));
}

function problemItem(problem: Problem, chosen: boolean, { go, accept }: ProblemActions): HTMLLIElement {
  const { severity, rule, place, sentence, stages, suggestions } = problem;
  const item = made('li', `problem ${severity}`);
  if (chosen) item.setAttribute('aria-current', 'true');
  const heading = made('p', 'heading', button('place', `line ${String(place.line)}`, () => { go(place); }));
  if (rule !== undefined) {
    const link = made('a', 'rule', rule.name.replace(/^tensor\//u, ''));
    link.href = rule.url;
    heading.append(link);
  }
  item.append(heading, made('p', 'sentence', ...prose(sentence)));
  if (stages.length > 0) {
    item.append(made('ol', 'stages', ...stages.map(({ role, place: at, note }) => {
      const where = at.file === place.file ? String(at.line) : `${at.file}:${String(at.line)}`;
      return made('li', `stage-item stage-item-${role}`, button('stage-line', where, () => { go(at); }), made('span', '', ...prose(note)));
    })));
  }
  item.append(...suggestions.map((suggestion) => button('suggestion', made('span', '', ...prose(suggestion.title)), () => { accept(suggestion); })));
  return item;
}
