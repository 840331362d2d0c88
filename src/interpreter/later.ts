/**
 * What code may write that runs at some later time: callbacks that somebody holds, and what stands behind an `await` that
 * nobody awaits. It is kept as a delta that never loses a write, and joined in wherever such code may have run in between:
 * which of it has run, in which order and how often is not known there.
 */
import type { Cell } from '../domain/cell.ts';
import { sameContent } from '../domain/join.ts';
import type { Delta, Store } from '../domain/store.ts';
import type { Machine } from './machine/machine.ts';

/** Other code may have run since. */
export function meanwhile(m: Machine): void {
  const { memory, pending } = m;
  for (const [cell, content] of pending) {
    const before = memory.store.read(cell);
    if (before === undefined) memory.store.write(cell, content);
    else if (!sameContent(before, content)) memory.absorb([new Map(), new Map([[cell, content]])]);
  }
}

/** Runs code that runs at some time after what is at hand, or never: what it writes is found behind the next step at which others may run. */
export function later(m: Machine, body: () => void): void {
  if (!m.reachable) return;
  const { memory } = m;
  const before = memory.store;
  memory.store = before.fork();
  const trail = memory.trailed(() => { m.either(() => undefined, body); });
  const written = memory.store.since(memory.store);
  memory.store = before;
  pend(m, before, trail, written);
  // What it has made itself nobody else knows yet.
  memory.absorb([new Map([...written].filter(([cell]) => before.read(cell) === undefined))]);
}

/** Runs code that may run now, and at any time later. */
export function nowOrLater(m: Machine, body: () => void): void {
  const { memory } = m;
  const before = memory.store;
  memory.store = before.fork();
  const trail = memory.trailed(body);
  const written = memory.store.since(memory.store);
  memory.store = before;
  pend(m, before, trail, written);
  memory.absorb([written]);
}

/** Code may write this later: what each place held at any time while it ran, for others run between its steps. */
export function pend(m: Machine, before: Store, trail: Delta, written: Delta): void {
  const add = (cell: Cell, delta: Delta): void => {
    const content = delta.get(cell);
    if (content === undefined) return;
    const old = m.pending.get(cell);
    m.pending.set(cell, old === undefined ? content : m.memory.joiner.contents(old, content));
  };
  for (const cell of new Set([...trail.keys(), ...written.keys()])) {
    if (isConstant(cell, before, trail, written)) continue;
    add(cell, trail);
    add(cell, written);
  }
}

/** It made the place, and wrote it once. */
function isConstant(cell: Cell, before: Store, trail: Delta, written: Delta): boolean {
  const [once, end] = [trail.get(cell), written.get(cell)];
  return before.read(cell) === undefined && (once === undefined || end === undefined || sameContent(once, end));
}
