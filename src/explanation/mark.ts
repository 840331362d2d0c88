/** What to underline for a stage: the one name that counts, not all the code around it. */
import type { Site } from '../program/index.ts';
import type { Sources } from './sources.ts';

export interface Mark {
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly length: number;
}

/** The operation in a chain of calls; a value where its name is declared, if that is on the line where it is made. */
export function markOf(sources: Sources, site: Site, label: string): Mark {
  const offset = label === '' ? undefined : nameAt(sources.text(site), label);
  const { line, column } = sources.position(site.file, site.start + (offset ?? 0));
  if (offset !== undefined) return { line, column, length: label.length };
  const name = declaredName(sources.line(site.file, line).slice(0, column - 1), label);
  if (name !== undefined) return { line, ...name };
  const end = sources.position(site.file, site.end);
  const length = end.line === line ? end.column - column : sources.line(site.file, line).length - column + 1;
  return { line, column, length: Math.max(1, length) };
}

/** `const w = `, `this.w = `, `w: ` before the expression that makes `w`, or `model.w`. */
function declaredName(before: string, label: string): Omit<Mark, 'line'> | undefined {
  const name = /[\p{ID_Continue}$]+$/u.exec(label)?.[0];
  const declared = /([\p{ID_Continue}$]+)(?:\s*:[^=]*)?\s*[=:]\s*$/u.exec(before);
  return name !== undefined && declared?.[1] === name ? { column: declared.index + 1, length: name.length } : undefined;
}

/** Where an operation is named, outside all brackets: its arguments may name it, too. */
function nameAt(text: string, name: string): number | undefined {
  let depth = 0;
  let found: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && text.startsWith(name, at) && !isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + name.length))) found = at;
  }
  return found;
}

function isWord(character: string): boolean {
  return /[\p{ID_Continue}$]/u.test(character);
}
