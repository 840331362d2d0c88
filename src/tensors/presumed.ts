/** Values of which nothing is known, taken for what they must be for a method to be there. */
import { noArguments } from '../domain/invocation.ts';
import type { Arguments, ClosureValue, UnknownValue, Value } from '../domain/value.ts';
import { members, undefinedValue } from '../domain/values.ts';
import { noFacts } from '../calculus/numbers/facts.ts';
import { escape } from '../interpreter/escape.ts';
import { tried } from '../interpreter/machine/attempt.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';

/** A call of a method, on a value that may be unknown. */
export interface MethodCall {
  readonly name: string;
  readonly arguments: Arguments;
  readonly site: Site;
}

/**
 * A tensor in place of a value that comes from elsewhere without a type, where its method is one that only tensors have;
 * or one that has a tensor for an operand, which is then given away as well. Undefined where it may be something else.
 *
 * That it holds: an object of the program has no such member, for none of its files writes the name; and an object of
 * another package would have to compute with this library's tensors under the library's own names. All these methods
 * let gradients through, or read: a cut is never concluded from the name alone, but from what is done with the result.
 */
export function presumed(m: Machine, value: UnknownValue, call: MethodCall): Value | undefined {
  if (value.type !== undefined && value.type.kind !== 'unknown') return undefined;
  return presumedInstance(m, value, call) ?? presumedTensor(m, value, call);
}

function presumedTensor(m: Machine, value: UnknownValue, call: MethodCall): Value | undefined {
  if (value.node.kind !== 'external') return undefined;
  const library = libraryAtHand(m, call.arguments);
  const names = library?.tensorMethods;
  if (library === undefined || names === undefined) return undefined;
  const { name } = call;
  const isOwn = names.unmistakable.has(name);
  if ((!isOwn && !names.shared.has(name)) || !fits(library, call) || m.program.definesMember(name, call.site)) return undefined;
  const given = tensorsIn(call.arguments);
  if (!isOwn) {
    if (given.length === 0) return undefined;
    escape(m, given, unknownFrom(m, given, call.site));
  }
  return { kind: 'tensor', library, class: 'Tensor', node: value.node, facts: noFacts };
}

/**
 * An optimizer, where its method is called with a function that gives a tensor: no object of the program has such a
 * method, and what another package makes of a function of this library's tensors is what this library makes of it.
 */
function presumedInstance(m: Machine, value: UnknownValue, { name, arguments: args, site }: MethodCall): Value | undefined {
  if (m.program.definesMember(name, site)) return undefined;
  const callback = args.values.find((each) => each.kind === 'closure');
  if (callback === undefined) return undefined;
  const library = libraryOf(m, callback);
  const owner = library && Object.entries(library.classes).find(([, { members: own }]) => Object.hasOwn(own, name) && differentiates(own[name], args, callback));
  return library === undefined || owner === undefined ? undefined : { kind: 'instance', library, class: owner[0], node: value.node };
}

function differentiates(meaning: Meaning | undefined, { values }: Arguments, callback: Value): boolean {
  return meaning?.is === 'scope' && meaning.form.kind === 'variables' && values[meaning.form.callback] === callback;
}

/** Whose tensors a function gives, if it gives nothing else. */
function libraryOf(m: Machine, callback: ClosureValue): Library | undefined {
  const result = tried(m, () => m.invoke(callback, undefinedValue, noArguments, callback.code.site, callback.code.name));
  const libraries = new Set((result === undefined ? [] : members(result)).map((each) => (each.kind === 'tensor' ? each.library : undefined)));
  const [only] = libraries;
  return libraries.size === 1 ? only : undefined;
}

/** Whose tensors are handed over, or else who records. */
function libraryAtHand(m: Machine, args: Arguments): Library | undefined {
  const [given, ...others] = new Set(tensorsIn(args).flatMap((value) => (value.kind === 'tensor' ? value.library : [])));
  return others.length > 0 ? undefined : given ?? m.tapes?.innermost.library;
}

function tensorsIn({ values }: Arguments): readonly Value[] {
  return values.filter((value) => members(value).some(({ kind }) => kind === 'tensor'));
}

/** Whether tensors stand only where the operation takes them, and functions nowhere. */
function fits(library: Library, { name, arguments: { values } }: MethodCall): boolean {
  const method = Object.hasOwn(library.methods, name) ? library.methods[name] : undefined;
  const operands = (method === undefined ? library.methodOperations[name] : library.operations[method.operation])?.operands ?? [];
  const receiver = method?.receiver ?? 0;
  return values.every((value, index) => {
    const at = index < receiver ? index : index + 1;
    const isTaken = operands.some((operand) => operand.at === at);
    return members(value).every(({ kind }) => kind !== 'closure' && kind !== 'class' && kind !== 'library' && (kind !== 'tensor' || isTaken));
  });
}
