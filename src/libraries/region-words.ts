/** By which words a program has a library dispose what is made meanwhile. */
import type { Library } from './library.ts';
import type { Meaning } from './meaning.ts';

const known = new WeakMap<Library, RegExp>();

export function regionWords(library: Library): RegExp {
  let words = known.get(library);
  if (words === undefined) {
    const tables = [library.members, ...Object.values(library.classes).map(({ members }) => members)];
    const names = tables.flatMap((table) => Object.entries(table).filter(([, meaning]) => holds(meaning)).map(([name]) => name.slice(name.lastIndexOf('.') + 1)));
    known.set(library, (words = new RegExp(`\\b(?:${[...new Set(names)].join('|')})\\b`, 'u')));
  }
  return words;
}

/** A region; a scope, and what a library runs itself: a model, a layer, training. */
function holds(meaning: Meaning): boolean {
  return meaning.is === 'scope' || (meaning.is === 'region' && meaning.disposes === true);
}

/** By which call a program has a library dispose what is made meanwhile, and by which methods it reads a tensor at once. */
export function regionOf({ members, classes, packages }: Library): { readonly region: string; readonly reads: readonly string[]; readonly packages: ReadonlySet<string> } | undefined {
  const region = Object.entries(members).find(([, meaning]) => meaning.is === 'region' && meaning.disposes === true)?.[0];
  const reads = Object.entries(classes.Tensor?.members ?? {}).filter(([, meaning]) => meaning.is === 'read' && meaning.result === 'host').map(([name]) => name);
  return region === undefined ? undefined : { region, reads, packages };
}
