/** Calls of functions that have no body in the program, and of those that they are handed. */
import { allArguments, noArguments } from '../domain/invocation.ts';
import type { Arguments, ClosureValue, NativeValue, Value } from '../domain/value.ts';
import { host, members, nodeOf, plainHost, undefinedValue } from '../domain/values.ts';
import type { Site } from '../program/ir.ts';
import { anyNumberOfTimes, escapeTo, handOver, returned } from './escape.ts';
import { nowOrLater, runOthers } from './later.ts';
import { siteOf } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { type Caller, listening } from './outside/listeners.ts';
import { reachableNodes } from './values/reach.ts';
import { fromType } from './values/types.ts';
import { computedFrom, unknownFrom } from './values/unknown.ts';

/** The functions among some values. */
export function functionsIn(values: readonly Value[]): readonly ClosureValue[] {
  return values.flatMap((value) => members(value).flatMap((member) => (member.kind === 'closure' ? member : member.kind === 'native' ? member.runs ?? [] : [])));
}

/** Runs functions as unknown code may that was handed them: with anything, any number of times, or never. `take` gets what they give. */
export function mayCall(m: Machine, values: readonly Value[], given: readonly Value[] = values, caller?: Caller, take: (value: Value) => void = leave): void {
  for (const closure of functionsIn(values)) {
    const { site, name } = closure.code;
    anyNumberOfTimes(m, () => {
      const any = unknownFrom(m, given, site);
      const value = m.parted(() => m.invoke(closure, any, { ...noArguments, others: any }, site, name));
      returned(m, value);
      // What it gives may be called, and with it what it has closed over is held.
      if (value.kind === 'closure' || value.kind === 'object' || value.kind === 'union') m.semantics.withheld([value]);
      take(value);
    }, caller && { kind: 'handler', site: closure.code.nameSite, code: closure.code, ...caller });
  }
  for (const settler of settlersIn(m, values)) {
    const site = siteOf(m.frame);
    anyNumberOfTimes(m, () => { m.invoke(settler, undefinedValue, { ...noArguments, others: unknownFrom(m, given, site) }, site, settler.name); });
  }
}

function leave(): void {
  // What a function gives to whoever calls it is not asked for.
}

/** The functions among some values that settle promises which are followed. */
function settlersIn(m: Machine, values: readonly Value[]): readonly NativeValue[] {
  return values.flatMap((value) => members(value).filter((member): member is NativeValue => member.kind === 'native' && m.turns.settled.has(member.call)));
}

/** As `mayCall`, of code that may keep the functions: it may also call them whenever it gets to run. */
export function mayHold(m: Machine, values: readonly Value[], given: readonly Value[] = values, caller?: Caller, take: (value: Value) => void = leave): void {
  if (functionsIn(values).length > 0 || settlersIn(m, values).length > 0) nowOrLater(m, () => { mayCall(m, values, given, caller, take); });
}

export function callUnknown(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string, caller = listening(m, label, args)): Value {
  const values = allArguments(args);
  m.mayThrow();
  if (!m.pending.isTentative) m.history.unfollowed.set(site, nodeOf(callee));
  const given = [callee, receiver, ...values];
  if (callee.kind === 'host') {
    mayHold(m, values, given, caller);
    runOthers(m);
    return host(callee.node);
  }
  const result = unknownFrom(m, given, site);
  escapeTo(m, [receiver, ...values], functionsIn(values), result, () => {
    mayHold(m, values, given, caller, (value) => {
      // What a function gives to the code that calls it, that code has, and may hand on.
      handOver(m, [value], result);
      for (const answer of reachableNodes(m, value)) result.node.connect(answer, 'flows', site);
    });
    // It may call what it was handed before.
    runOthers(m);
    computedFrom(m, result, given, site);
  });
  if (callee.kind !== 'unknown' || callee.type?.kind !== 'function') return result;
  return fromType(m, callee.type.result(site), { node: result.node, site, name: label, plain: plainFrom(m, values, site, label) });
}

/** Numbers and texts that a function computes: of those that it is given and that were read from elsewhere they may be made. */
function plainFrom(m: Machine, values: readonly Value[], site: Site, label: string): Value {
  const reads = values.flatMap((value) => reachableNodes(m, value)).filter(({ kind }) => kind === 'read' || kind === 'host');
  if (reads.length === 0) return plainHost;
  const node = m.node({ kind: 'host' }, label, site);
  for (const read of reads) {
    node.connect(read, 'flows', site);
    // Nothing is known of how it follows them.
    read.coarse = true;
  }
  return host(node);
}
