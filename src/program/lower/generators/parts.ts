/** The expressions that an expression is made of, in the order in which they are computed. */
import type { Argument, ClassCode, Expression, Pattern, Property } from '../../ir.ts';

type Each = (part: Expression) => Expression;

/** The expression with each of its parts replaced; those of patterns and classes stay. */
export function mapParts(e: Expression, each: Each): Expression {
  switch (e.op) {
    case 'member': return { ...e, object: e.object === 'super' ? e.object : each(e.object), key: each(e.key) };
    case 'store': return { ...e, target: mapPlace(e.target, each), value: each(e.value) };
    case 'call': return { ...e, callee: e.callee === 'super' ? e.callee : each(e.callee), arguments: mapArguments(e.arguments, each) };
    case 'construct': return { ...e, callee: each(e.callee), arguments: mapArguments(e.arguments, each) };
    case 'object': return { ...e, properties: e.properties.map((property) => mapProperty(property, each)) };
    case 'array': return { ...e, elements: e.elements.map((element) => element && { ...element, value: each(element.value) }) };
    case 'operator': return { ...e, operands: e.operands.map(each) };
    case 'sequence': return { ...e, expressions: e.expressions.map(each) };
    case 'conditional': return { ...e, test: each(e.test), then: each(e.then), else: each(e.else) };
    case 'logical': return { ...e, left: each(e.left), right: each(e.right) };
    case 'await': return { ...e, value: each(e.value) };
    case 'yield': return { ...e, value: e.value && each(e.value) };
    case 'opaque': return { ...e, parts: e.parts.map(each) };
    default: return e;
  }
}

function mapPlace(target: Pattern, each: Each): Pattern {
  return target.kind === 'member' ? { ...target, object: each(target.object), key: each(target.key) } : target;
}

function mapArguments(args: readonly Argument[], each: Each): readonly Argument[] {
  return args.map((argument) => ({ ...argument, value: each(argument.value) }));
}

function mapProperty(property: Property, each: Each): Property {
  if (property.kind === 'spread' || property.kind === 'prototype') return { ...property, value: each(property.value) };
  return property.kind === 'value' ? { ...property, key: each(property.key), value: each(property.value) } : { ...property, key: each(property.key) };
}

export function partsOf(e: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  mapParts(e, (part) => {
    parts.push(part);
    return part;
  });
  return parts;
}

/** Where code stops, and goes on later. */
export type Stop = 'yield' | 'await';

/** Whether computing an expression may stop. */
export function holdsStop(e: Expression, stops: ReadonlySet<string>): boolean {
  const inside = (part: Expression): boolean => holdsStop(part, stops);
  return stops.has(e.op) || partsOf(e).some(inside) || unmapped(e).some(inside);
}

/** The expressions in an expression that are none of its parts. */
function unmapped(e: Expression): readonly Expression[] {
  switch (e.op) {
    case 'store': return e.target.kind === 'member' ? [] : inPattern(e.target);
    case 'update': return [...inPattern(e.target), ...e.change.kind === 'operator' ? [e.change.operand] : e.change.kind === 'logical' ? [e.change.value] : []];
    case 'class': return inClass(e.class);
    default: return [];
  }
}

/** What a pattern computes: keys, defaults, and the objects whose properties it assigns. */
export function inPattern(target: Pattern): readonly Expression[] {
  switch (target.kind) {
    case 'binding': case 'free': return [];
    case 'member': return [target.object, target.key];
    case 'object': return [...target.properties.flatMap(({ key, pattern, default: fallback }) => [key, ...inPattern(pattern), ...fallback === undefined ? [] : [fallback]]), ...target.rest === undefined ? [] : inPattern(target.rest)];
    case 'array': return [...target.elements.flatMap((element) => (element === undefined ? [] : [...inPattern(element.pattern), ...element.default === undefined ? [] : [element.default]])), ...target.rest === undefined ? [] : inPattern(target.rest)];
  }
}

/** What is computed where a class is defined, outside of its functions. */
export function inClass({ extends: base, members }: ClassCode): readonly Expression[] {
  return [...base === undefined ? [] : [base], ...members.map(({ key }) => key)];
}
