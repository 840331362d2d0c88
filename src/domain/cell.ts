/** Places that hold values. What they hold is in the store. */

let made = 0;

/** What holds of everything that was made together: of an object and its properties, of the variables of one activation. */
export class Allocation {
  /** It stands for several at run time, as made in the rounds of a loop: a write joins. */
  summary = false;
  /** The code that makes it has run several times: there is one of each run, and only that of the run at hand is known for sure. */
  several = false;
  /** When it was made, or made again by code that runs any number of times: how many had been made before. */
  #born = made++;
  /** `shared`: it was there before any function was run on its own. */
  constructor(readonly shared = false) {}

  /** The code that makes it runs again. */
  renew(): void {
    this.several = true;
    this.#born = made++;
  }

  /** Whether it is there since a moment only, and known to nobody who was there before. */
  isSince(moment: number): boolean {
    return this.#born >= moment;
  }
}

/** The moment between what has been made and what will be. */
export function allocated(): number {
  return made;
}

/** A place that holds a value: a variable of one activation, a property of one object. Compared by identity. */
export class Cell {
  /** Code that runs unseen writes to it: what is written here holds beside what that leaves. */
  unsteady = false;
  readonly #born = made++;

  /** `holder`: of a property, a place that is written when its object is made. */
  constructor(readonly name: string, readonly allocation: Allocation = new Allocation(), readonly holder?: Cell) {}

  /** Whether it is there since a moment only: nobody has looked at it before. */
  isSince(moment: number): boolean {
    return this.#born >= moment;
  }
}
