
/** The variables of one activation of a function or block, inside those of the code around it. */
import type { Binding } from '../program/ir.ts';
import { Allocation, Cell } from './cell.ts';

export class Environment {
  readonly allocation = new Allocation();
  readonly #cells = new Map<Binding, Cell>();
  constructor(readonly outer: Environment | undefined) {}

  declare(binding: Binding): Cell {
    let cell = this.#cells.get(binding);
    if (cell === undefined) {
      cell = new Cell(binding.name, this.allocation);
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
