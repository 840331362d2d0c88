/** What the body of a class defines, by key. */
import type { ClassValue, ClosureValue, Value } from '../../domain/value.ts';
import type { ClassCode, ClassMember, FunctionCode } from '../../program/ir.ts';

/** A method, accessor or initialiser of a class as a function value. */
export function memberClosure(home: ClassValue, code: FunctionCode): ClosureValue {
  return { kind: 'closure', code, environment: home.environment, receiver: undefined, home };
}

const tables = new WeakMap<ClassCode, ReadonlyMap<string, readonly ClassMember[]>>();

/** The members of a class by key, without those whose key is computed. */
function memberTable(code: ClassCode): ReadonlyMap<string, readonly ClassMember[]> {
  let table = tables.get(code);
  if (table === undefined) {
    const entries = new Map<string, ClassMember[]>();
    for (const member of code.members) {
      if (member.key.op !== 'constant') continue;
      const key = String(member.key.value);
      entries.set(key, [...(entries.get(key) ?? []), member]);
    }
    tables.set(code, table = entries);
  }
  return table;
}

/** Whether a member is one of the instances, or of the class itself. */
export type Side = 'instance' | 'static';

/** The method or accessor under a key, from a class or the nearest parent that has it. */
export function findMember(from: ClassValue, key: string, kind: 'method' | 'get' | 'set', side: Side = 'instance'): ClosureValue | undefined {
  for (let home: Value | undefined = from; home?.kind === 'class'; home = home.parent) {
    const found = memberTable(home.code).get(key)?.find((member) => member.static === (side === 'static') && member.kind === kind);
    if (found?.function !== undefined) return memberClosure(home, found.function);
  }
  return undefined;
}
