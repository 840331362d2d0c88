/** Numbers in [0, 1): repeatable for a seed, which is a number or a word; `Math.random` without one. */
export function generator(seed: number | string | null | undefined): () => number {
  if (seed === undefined || seed === null) return Math.random;
  let state = typeof seed === 'string' ? hash(seed) : Math.trunc(seed) | 0;
  // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
const hash = (word: string): number =>
  Array.from(word).reduce((state, letter) => Math.imul(state ^ letter.codePointAt(0)!, 0x01000193), 0x811c9dc5 | 0);
