/** Places that hold values. What they hold is in the store. */

/** What holds of everything that was made together: of an object and its properties, of the variables of one activation. */
export class Allocation {
  /** It stands for several at run time, as made in the rounds of a loop: a write joins. */
  summary = false;
  /** `shared`: it was there before any function was run on its own. */
  constructor(readonly shared = false) {}
}

/** A place that holds a value: a variable of one activation, a property of one object. Compared by identity. */
export class Cell {
  /** Code that runs unseen writes to it: what is written here holds beside what that leaves. */
  unsteady = false;

  constructor(readonly name: string, readonly allocation: Allocation = new Allocation()) {}
}
