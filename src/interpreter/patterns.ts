/** Assignment to the left-hand sides of the language. */
import type { Pattern, PatternElement } from '../program/ir.ts';
import { evaluate } from './expressions.ts';
import { isGradientFunction, isPartOfGradients, tellTakenForGradients } from '../tensors/gradient-functions.ts';
import type { Machine } from './machine.ts';
import { getMember, omitMembers, setMember } from './members.ts';
import { handedOn, nameSources } from './naming.ts';
import { refineAt } from './types.ts';
import { use } from '../tensors/uses.ts';
import { type ListState, type Value, isNullish, members, never, nonNullish, undefinedValue } from '../domain/value.ts';

/** `depth` is that of the names given to sources: of the calls in progress, or `handedOn`. */
export function assign(m: Machine, target: Pattern, value: Value, depth = m.depth): void {
  switch (target.kind) {
    case 'binding': {
      if (!target.declares) use(m, [value]);
      nameSources(m, value, target.binding.name, target.binding.kind === 'parameter' ? handedOn : depth);
      m.realm.store(m, target.binding, value, target.declares);
      return;
    }
    case 'free': use(m, [value]); return;
    case 'member': {
      const object = evaluate(m, target.object);
      const key = evaluate(m, target.key);
      setMember(m, nonNullish(object), key, value, target);
      return;
    }
    case 'object': assignObject(m, target, value, depth); return;
    case 'array': assignArray(m, target, value, depth); return;
  }
}

function assignObject(m: Machine, target: Extract<Pattern, { kind: 'object' }>, value: Value, depth: number): void {
  const source = refineAt(m, nonNullish(value), target.site);
  const taken: string[] = [];
  for (const property of target.properties) {
    const key = evaluate(m, property.key);
    if (key.kind === 'literal') taken.push(String(key.value));
    if (isGradientFunction(source) && key.kind === 'literal' && isPartOfGradients(String(key.value))) tellTakenForGradients(m, source, source.differentiates.site, undefined);
    element(m, property, getMember(m, source, key, property.pattern.site), depth);
  }
  if (target.rest !== undefined) assign(m, target.rest, omitMembers(m, source, taken, target.site), depth);
}

function assignArray(m: Machine, target: Extract<Pattern, { kind: 'array' }>, value: Value, depth: number): void {
  const items = m.realm.iterate(m, refineAt(m, nonNullish(value), target.site), target.site);
  for (const [index, part] of target.elements.entries()) {
    if (part !== undefined) element(m, part, itemAt(m, items, index), depth);
  }
  if (target.rest !== undefined) {
    assign(m, target.rest, m.realm.array(m, { items: items.items.slice(target.elements.length), others: items.others }, target.rest.site), depth);
  }
}

export function itemAt(m: Machine, list: ListState, index: number): Value {
  const known = list.items[index];
  if (known !== undefined) return known;
  return list.others.kind === 'never' ? undefinedValue : m.joiner.values(list.others, never);
}

/** Assigns with the default where the value may be undefined. */
function element(m: Machine, part: PatternElement, value: Value, depth: number): void {
  assign(m, part.pattern, withDefault(m, part, value), depth);
}

export function withDefault(m: Machine, part: PatternElement, value: Value): Value {
  const fallback = part.default;
  if (fallback === undefined) return value;
  const absent = members(value).some((member) => member.kind === 'literal' && member.value === undefined);
  if (!absent) return value.kind === 'unknown' && value.type === undefined ? m.eitherValue(() => value, () => evaluate(m, fallback)) : value;
  if (isNullish(value)) return evaluate(m, fallback);
  return m.eitherValue(() => nonNullish(value), () => evaluate(m, fallback));
}
