/** What the body of a class defines, by key. */
import type { ClassValue, ClosureValue, Value } from '../../domain/value.ts';
import { keyText } from '../../domain/values.ts';
import type { ClassMember, FunctionCode } from '../../program/ir.ts';

/** A method, accessor or initialiser of a class as a function value. */
export function memberClosure(home: ClassValue, code: FunctionCode): ClosureValue {
  return { kind: 'closure', code, environment: home.environment, receiver: undefined, home };
}

const tables = new WeakMap<ClassValue['keys'], ReadonlyMap<string, readonly ClassMember[]>>();

/** Whether it is, or is an instance of, a class that is made once: one that stands in no function. */
export function isOfOneClass(value: Value): boolean {
  const home = value.kind === 'object' ? value.heap.class : value;
  return home?.kind === 'class' && home.statics.single && home.environment.outer?.outer === undefined;
}

/** What a class makes may be found where arrays are declared. */
export function makesArrays({ parent }: ClassValue): boolean {
  return parent?.kind === 'class' ? makesArrays(parent) : parent?.kind === 'native' && parent.path === 'Array';
}

/** The members of a class by key, without those whose key is not known. */
function memberTable(of: ClassValue): ReadonlyMap<string, readonly ClassMember[]> {
  let table = tables.get(of.keys);
  if (table === undefined) {
    const entries = new Map<string, ClassMember[]>();
    for (const member of of.code.members) {
      const key = keyOf(of, member);
      if (key !== undefined) entries.set(key, [...(entries.get(key) ?? []), member]);
    }
    tables.set(of.keys, table = entries);
  }
  return table;
}

/** The key of a member as text; undefined where it is not known, as that of a symbol. */
export function keyOf({ keys }: ClassValue, member: ClassMember): string | undefined {
  if (member.key.op === 'constant') return member.kind === 'block' ? undefined : String(member.key.value);
  const key = keys.get(member);
  return key && keyText(key);
}

/** Whether there are members of which it is not known under which key. */
export function hasUnknownMembers(of: ClassValue, side: Side): boolean {
  return of.code.members.some((member) => member.static === (side === 'static') && member.kind !== 'block' && keyOf(of, member) === undefined);
}

/** Whether a member is one of the instances, or of the class itself. */
export type Side = 'instance' | 'static';

/** The method or accessor under a key, from the nearest class that has something under it: half an accessor hides both halves of those behind it. */
export function findMember(from: ClassValue, key: string, kind: 'method' | 'get' | 'set', side: Side = 'instance', above: (home: ClassValue) => Value | undefined = ({ parent }) => parent): ClosureValue | undefined {
  for (let home: Value | undefined = from; home?.kind === 'class'; home = above(home)) {
    const there = memberTable(home).get(key)?.filter((member) => member.static === (side === 'static') && member.kind !== 'field') ?? [];
    if (there.length > 0) return closureAmong(home, there, kind);
  }
  return undefined;
}

/** The last of one kind. */
function closureAmong(home: ClassValue, among: readonly ClassMember[], kind: ClassMember['kind']): ClosureValue | undefined {
  const found = among.findLast((member) => member.kind === kind);
  return found?.function && memberClosure(home, found.function);
}

/** All of one kind that a class and its parents define, whatever their key. */
export function allMembers(from: ClassValue, kind: 'method' | 'get' | 'set', side: Side): readonly ClosureValue[] {
  const found: ClosureValue[] = [];
  for (let home: Value | undefined = from; home?.kind === 'class'; home = home.parent) {
    for (const member of home.code.members) if (member.kind === kind && member.static === (side === 'static') && member.function !== undefined) found.push(memberClosure(home, member.function));
  }
  return found;
}

/** The method or accessor that the body of a class itself defines under a key: the last one. */
export function ownMember(home: ClassValue, key: string, kind: 'method' | 'get' | 'set', side: Side): ClosureValue | undefined {
  return closureAmong(home, memberTable(home).get(key)?.filter((member) => member.static === (side === 'static')) ?? [], kind);
}
