/** Data sets of plain rows: what a model is trained on is batches of them. */
import { argument, argumentSite, callWith } from '../domain/invocation.ts';
import type { InstanceValue, Invocation, Value } from '../domain/value.ts';
import { members, never, plainHost, undefinedValue } from '../domain/values.ts';
import { anyNumberOfTimes } from '../interpreter/escape.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { callUnknown, functionsIn } from '../interpreter/unknown-calls.ts';
import { contents } from '../interpreter/values/reach.ts';
import { fromType, refineAt } from '../interpreter/values/types.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Subject } from './subject.ts';

/** What a function that makes data sets gives, or a method of one of plain rows; undefined where a row may have a tensor in it. */
export function rowsOf(m: Machine, { library }: Subject, { of, class: name }: Extract<Meaning, { is: 'rows' }>, call: Invocation): InstanceValue | undefined {
  const given = refineAt(m, argument(call.arguments, 0), argumentSite(call, 0));
  const rows = of === 'a file' || (of !== 'anything' && isPlain(m, of === 'callback' ? answersOf(m, given, call) : given, name));
  return rows ? { kind: 'instance', library, class: name, node: undefined } : undefined;
}

/** What a method gives of which no more is known. */
export function otherRows(m: Machine, receiver: Value, { arguments: args, site, label }: Invocation): Value {
  const result = callUnknown(m, unknownFrom(m, [receiver], site), receiver, args, site, label);
  return result.kind === 'unknown' ? fromType(m, m.program.typeOf(site), { node: result.node, site, name: label }) : result;
}

/** Numbers, texts and what is made of them, or further data sets of plain rows. */
function isPlain(m: Machine, value: Value, name: string, within: readonly object[] = []): boolean {
  const each = members(value);
  return each.length > 0 && each.every((member) => {
    if (member.kind === 'literal' || member.kind === 'host') return true;
    if (member.kind === 'instance') return member.class === name;
    if (member.kind !== 'object' || within.includes(member.heap) || !(member.heap.isArray || member.heap.isRecord) || member.heap.open !== undefined) return false;
    return contents(m, member.heap).filter(({ kind }) => kind !== 'never').every((held) => isPlain(m, held, name, [...within, member.heap]));
  });
}

/** What a function makes of plain rows, which it is given one after the other when they are asked for. */
function answersOf(m: Machine, callback: Value, { site }: Invocation): Value {
  let answers: Value = never;
  for (const closure of functionsIn([callback])) {
    anyNumberOfTimes(m, () => { answers = m.memory.joiner.values(answers, m.invoke(closure, undefinedValue, callWith([plainHost], site), site, closure.code.name)); });
  }
  return answers;
}
