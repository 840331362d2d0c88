/** What the program has put on prototypes of the language, or taken away from them: by the name under which. */
export class Patches {
  readonly #names = new Set<string>();
  #isAny = false;
  #hasNew = false;
  #hasItem = false;

  /** `name`: undefined where it is not known. `isNew`: the language itself has nothing under it, so that loops come by it. */
  add(name: string | undefined, isNew: boolean): void {
    if (name === undefined) this.#isAny = true;
    else this.#names.add(name);
    this.#hasNew ||= isNew;
    this.#hasItem ||= name === undefined || /^\d+$/.test(name);
  }

  get some(): boolean {
    return this.#isAny || this.#names.size > 0;
  }

  /** Whether all that inherits from the language may have more keys to go through. */
  get addsKeys(): boolean {
    return this.#isAny || this.#hasNew;
  }

  /** Whether something may stand in the holes of lists. */
  get addsItems(): boolean {
    return this.#hasItem;
  }

  /** Whether what stands under one of some names may be the program's. */
  touches(...names: readonly string[]): boolean {
    return this.#isAny || names.some((name) => this.#names.has(name));
  }
}
