/** Calls of a library as far as they make tensors, use them or keep them. */
import type { Node } from '../../domain/graph.ts';
import { allArguments } from '../../domain/invocation.ts';
import type { Arguments, Invocation, Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import type { OperationRow } from '../../libraries/operation.ts';
import type { Site } from '../../program/ir.ts';
import { tensorsIn } from './containers.ts';
import { begin } from './states.ts';
import { tellUse } from './uses.ts';

/** An operation as the program calls it: by its name in the library's tables, and as the user wrote it. */
export interface OperationCall {
  readonly library: Library;
  readonly row: OperationRow;
  readonly path: string;
  readonly label: string;
  readonly arguments: Arguments;
  readonly site: Site;
  /** The position of the tensor whose method it is. */
  readonly receiver?: number;
}

/** Its operands must be there, and its result is a new tensor. */
export function operated(m: Machine, call: OperationCall, perform: () => Value): Value {
  const { library, row, path, site, label } = call;
  const { lifetimes } = library;
  if (lifetimes === undefined) return perform();
  tellUses(m, call, lifetimes);
  const result = perform();
  if (!lifetimes.unusual.includes(path)) for (const node of madeIn(m, row, result)) begin(m, library, node, { site, label });
  return result;
}

/** An operation that gives several tensors gives new ones in a container. */
function madeIn(m: Machine, row: OperationRow, result: Value): readonly Node[] {
  if (row.result === 'tensor') return result.kind === 'tensor' ? [result.node] : [];
  return [...tensorsIn(m, result).keys()].filter((node) => node.several);
}

function tellUses(m: Machine, { library, row, path, label, arguments: args, site, receiver }: OperationCall, { method, operand, otherwise }: NonNullable<Library['lifetimes']>): void {
  const [self, selfSite] = receiver === undefined ? [] : [args.values[receiver], args.sites[receiver]];
  if (self !== undefined) tellUse(m, self, { library, label, site: selfSite ?? site, error: method });
  for (const { at, name } of row.operands) {
    const value = args.values[at];
    const thrown = otherwise[path]?.[name];
    if (value === undefined || at === receiver || thrown === null) continue;
    tellUse(m, value, { library, label, site: args.sites[at] ?? site, error: thrown ?? operand });
  }
}

/** Methods that look at their receiver whatever it is, and throw where it has been disposed. */
export function usedByMethod(m: Machine, library: Library, receiver: Value, label: string, site: Site): void {
  if (library.lifetimes !== undefined) tellUse(m, receiver, { library, label, site, error: library.lifetimes.method });
}

/** Meanings of which it is known what they do with the tensors they are given: they keep none of them. */
const releasing: ReadonlySet<Meaning['is']> = new Set(['leaf', 'operation', 'identity', 'region', 'scope', 'read', 'apply', 'train', 'update', 'metadata', 'ignored', 'apply-gradients', 'weights', 'add-part', 'build', 'parametrised']);

/** Meanings that run no code of the program, or of which it is known what becomes of the tensors in it. */
const clear: ReadonlySet<Meaning['is']> = new Set(['leaf', 'variable', 'identity', 'region', 'scope', 'read', 'metadata', 'instance', 'parametrised']);

export function runsUnseen(meaning: Meaning): boolean {
  return !clear.has(meaning.is);
}

/** What a call keeps, nobody else disposes; of a variable's first value one takes it that it is made once. */
export function keepArguments(m: Machine, meaning: Meaning | undefined, { arguments: args }: Pick<Invocation, 'arguments'>): void {
  if (meaning !== undefined && releasing.has(meaning.is)) return;
  for (const value of allArguments(args)) m.history.lifetimes.withheld.add(value);
}
