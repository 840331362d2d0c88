/** Numbers in [0, 1): repeatable for a seed, `Math.random` without one. */
export function generator(seed: number | undefined): () => number {
  if (seed === undefined) return Math.random;
  let state = Math.trunc(seed) | 0;
  // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
