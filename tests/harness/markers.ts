/** Reads the markers of a fixture. The grammar stands in tests/fixtures/README.md. */
import type { Report, Suggestion } from './report.ts';

/** A report as a fixture expects it; `message` and suggestions are patterns. */
export interface Marker extends Report {
  /** Number of the marker's first line. */
  readonly at: number;
  /** The marker as written. */
  readonly source: readonly string[];
}

const MARKER = /^(?<indent>\s*)\/\/(?<gap>\s*)(?:(?<tildes>~+)|@(?<from>\d+)-(?<to>\d+))(?<continues>>?) \[(?<rule>[\w/-]+)\] (?<message>.*\S)\s*$/u;
const LIKE_A_MARKER = /^\s*\/\/\s*(?:~~|~>? \[|@\d+-\d)/u;
const SUGGESTION = /^\s*\/\/\s*suggest(?: \((?<description>.+?)\))?:(?: (?<result>.*))?$/u;
const MORE = /^\s*\/\/\s*… (?<text>.*)$/u;

export function parseMarkers(source: string): Marker[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let code = 0;
  for (const [index, text] of source.split('\n').entries()) {
    const line = index + 1;
    const groups = MARKER.exec(text)?.groups;
    if (groups) {
      if (code === 0) throw new Error(`Line ${line}: this marker has no code above it.`);
      open = { groups, line: code, at: line, source: [text] };
      blocks.push(open);
    } else if (open && (SUGGESTION.test(text) || MORE.test(text))) {
      open.source.push(text);
    } else if (LIKE_A_MARKER.test(text)) {
      throw new Error(`Line ${line}: this looks like a marker, but is none: ${text.trim()}`);
    } else {
      open = undefined;
      code = line;
    }
  }
  return blocks.map(readBlock);
}

type Groups = Readonly<Record<string, string | undefined>>;

/** A marker with the lines that belong to it. */
interface Block {
  readonly groups: Groups;
  readonly line: number;
  readonly at: number;
  readonly source: string[];
}

function readBlock({ groups, line, at, source }: Block): Marker {
  let message = groups.message!;
  const suggestions: Suggestion[] = [];
  for (const text of source.slice(1)) {
    const suggestion = SUGGESTION.exec(text)?.groups as Groups | undefined;
    const more = MORE.exec(text)?.groups?.text ?? '';
    const last = suggestions.at(-1);
    if (suggestion) suggestions.push({ description: suggestion.description, result: suggestion.result ?? '' });
    else if (last) suggestions.splice(-1, 1, { ...last, result: `${last.result}\n${more}` });
    else message += `\n${more}`;
  }
  return { ...readPlace(groups), line, rule: groups.rule!, message, suggestions, at, source };
}

function readPlace({ indent, gap, tildes, from, to, continues }: Groups): Pick<Report, 'column' | 'endColumn' | 'continues'> {
  const goesOn = continues === '>';
  if (tildes === undefined) return { column: Number(from), endColumn: Number(to) + 1, continues: goesOn };
  const slashes = indent!.length + 1;
  const first = slashes + '//'.length + gap!.length;
  // `//~~~`: the slashes are part of the underline.
  return { column: gap === '' ? slashes : first, endColumn: first + tildes.length, continues: goesOn };
}
