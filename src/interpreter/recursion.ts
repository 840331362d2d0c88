/**
 * Recursive functions: the first calls are followed one by one, all deeper ones together, by a fixpoint over what they are
 * given, what they give and what they write.
 */
import { Cell } from '../domain/cell.ts';
import { allArguments } from '../domain/invocation.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { host, never } from '../domain/values.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import { fixpoint } from './fixpoint.ts';
import type { DeeperCalls } from './machine/deeper-calls.ts';
import type { Machine } from './machine/machine.ts';
import { unknownFrom } from './values/unknown.ts';

/** Runs the function for all calls that are deeper than those that are followed, the first of them given these arguments. */
export function settle(m: Machine, code: FunctionCode, args: Arguments, site: Site, run: (args: Arguments) => Value): Value {
  const { memory } = m;
  const calls: DeeperCalls = { result: new Cell('result'), arguments: args.values.map((_, index) => new Cell(`argument ${String(index)}`)), others: new Cell('arguments'), base: memory.store, begun: [] };
  memory.write(calls.result, never);
  for (const [index, cell] of calls.arguments.entries()) memory.write(cell, coarse(args.values[index] ?? never));
  memory.write(calls.others, args.others ?? never);
  m.deeperCalls.set(code, calls);
  try {
    fixpoint(m, () => {
      m.either(() => {
        const result = run(argumentsOf(m, calls, args, site));
        memory.write(calls.result, memory.joiner.values(memory.read(calls.result) ?? never, result));
      }, () => { begin(m, calls); });
    });
  } finally {
    m.deeperCalls.delete(code);
  }
  const result = memory.read(calls.result) ?? never;
  // It never comes back, but by an error.
  return result.kind === 'never' ? unknownFrom(m, allArguments(args), site) : result;
}

/** A deeper call begins with what the one around it has written by then, whatever that puts back when it ends. */
function begin(m: Machine, { begun }: DeeperCalls): void {
  const ways = begun.splice(0);
  if (ways.length === 0) m.reachable = false;
  else m.memory.absorb(ways);
}

/** One of the deeper calls: it adds to what they are given, and gives what they have given so far. One that has given nothing does not come back yet. */
export function callDeeper(m: Machine, calls: DeeperCalls, args: Arguments): Value {
  const { memory } = m;
  const add = (cell: Cell, value: Value): void => { memory.write(cell, memory.joiner.values(memory.read(cell) ?? never, value)); };
  for (const [index, cell] of calls.arguments.entries()) add(cell, args.values[index] ?? args.others ?? never);
  for (const value of allArguments({ ...args, values: args.values.slice(calls.arguments.length) })) add(calls.others, value);
  calls.begun.push(new Map(memory.store.since(calls.base)));
  const result = memory.read(calls.result) ?? never;
  if (result.kind === 'never') m.reachable = false;
  return result;
}

function argumentsOf(m: Machine, calls: DeeperCalls, { sites }: Arguments, site: Site): Arguments {
  const others = m.memory.read(calls.others) ?? never;
  return { values: calls.arguments.map((cell) => m.memory.read(cell) ?? never), sites: sites.length === 0 ? [site] : sites, others: others.kind === 'never' ? undefined : others };
}

/** A number that counts the calls is another one in each of them. */
function coarse(value: Value): Value {
  return value.kind === 'literal' && typeof value.value === 'number' ? host(undefined) : value;
}
