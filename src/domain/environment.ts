
/** The variables of one activation of a function or block, inside those of the code around it. */
import type { Binding } from '../program/ir.ts';
import { Allocation, Cell } from './cell.ts';

/** The place of a variable. */
export class VariableCell extends Cell {
  constructor(readonly binding: Binding, allocation: Allocation) {
    super(binding.name, allocation);
  }
}

export class Environment {
  readonly allocation = new Allocation();
  readonly #cells = new Map<Binding, Cell>();
  constructor(readonly outer: Environment | undefined) {}

  declare(binding: Binding): Cell {
    let cell = this.#cells.get(binding);
    if (cell === undefined) {
      cell = new VariableCell(binding, this.allocation);
      this.#cells.set(binding, cell);
    }
    return cell;
  }

  find(binding: Binding): Cell | undefined {
    const own = this.#cells.get(binding);
    if (own !== undefined) return own;
    for (let scope = this.outer; scope !== undefined; scope = scope.outer) {
      const cell = scope.#cells.get(binding);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  /** The variables declared here, without those around. */
  entries(): Iterable<readonly [Binding, Cell]> {
    return this.#cells;
  }

  /** As `entries`, the places alone. */
  cells(): Iterable<Cell> {
    return this.#cells.values();
  }
}
