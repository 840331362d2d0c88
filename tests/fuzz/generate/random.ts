import type { Numbers } from '../shapes.ts';

const finest = 2 ** 30;

/** Whole numbers between two, both included, as fast-check's source of randomness gives them. */
interface Source {
  nextInt(min: number, max: number): number;
}

/** A source of numbers that gives the same ones for the same seed (mulberry32). */
function seeded(seed: number): Source {
  let state = seed >>> 0;
  return {
    nextInt(min, max) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return min + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (max - min + 1));
    },
  };
}

/** Choices from a source of randomness. */
export class Choices implements Numbers {
  constructor(private readonly source: Source) {}

  #fraction(): number {
    return this.source.nextInt(0, finest - 1) / finest;
  }

  below(count: number): number {
    return count <= 1 ? 0 : this.source.nextInt(0, count - 1);
  }

  chance(probability: number): boolean {
    return this.#fraction() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** One of several, as often as their weights say. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item {
    let at = this.#fraction() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      at -= weight;
      if (at < 0) return item;
    }
    return items.at(-1)![1];
  }

  sample<Item>(items: readonly Item[], count: number): Item[] {
    const rest = [...items];
    return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(this.below(rest.length), 1)[0]!);
  }
}

/** What decides over one of the programs of a campaign. */
export function choicesOf(seed: number, program: number): Choices {
  return new Choices(seeded(Math.imul(seed, 0x9e3779b1) + program));
}
