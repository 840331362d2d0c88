/** JavaScript's own operators: on numbers and strings. What a library's value is to them, nobody but JavaScript says. */
import { type Length, dividedBy, plus, times } from '../calculus/numbers/length.ts';
import type { Value } from '../domain/value.ts';
import { callWith } from '../domain/invocation.ts';
import { amount, amountOf, host, isMissing, isNullish, isOfLibrary, keyText, literal, members, nodeOf, symbol, truth } from '../domain/values.ts';
import type { Expression, Site } from '../program/ir.ts';
import { toPrimitive } from './builtins/conversion.ts';
import { fails } from './builtins/errors.ts';
import { isNamespace } from './builtins/globals.ts';
import { roughen } from './builtins/smooth.ts';
import { conditionsOf } from './machine/conditions.ts';
import { touched } from './later.ts';
import type { Machine } from './machine/machine.ts';
import { isInstance } from './members/instance.ts';
import { hasMember } from './members/own.ts';
import { remove } from './members/removal.ts';
import { identical } from './values/identity.ts';

type Operator = Extract<Expression, { op: 'operator' }>;

export function operate(m: Machine, { operator, operands, site }: Operator): Value {
  if (operator === 'delete') return operands[0] === undefined ? literal(true) : remove(m, operands[0]);
  if ((operator === '===' || operator === '!==') && isSelf(operands)) return comparedWithItself(m, operator, m.evaluate(operands[0]), operands[0].site);
  return apply(m, operator, operands.map((operand) => m.evaluate(operand)), operands.map((operand) => operand.site), site);
}

/** What an operator makes of values; `sites` are those of the operands. */
export function apply(m: Machine, operator: string, operands: readonly Value[], sites: readonly Site[], site: Site): Value {
  const [first] = operands;
  if (operator !== 'void') m.semantics.used(operands);
  switch (operator) {
    case '!': {
      const holds = first && truth(first);
      return holds === undefined ? host(undefined) : literal(!holds);
    }
    case 'void': return literal(undefined);
    case 'typeof': return first ? typeName(first) : host(undefined);
    case 'instanceof': return instanceOf(m, operands, site);
    case 'in':
      if (operands[1]?.kind !== 'object') m.mayThrow();
      return first === undefined ? host(undefined) : isIn(m, toPrimitive(m, first, 'string', site), operands[1]);
    case '===': case '!==': return compared(operator, operands);
    default: return applyToPrimitives(m, operator, primitives(m, operator, operands, site), sites, site);
  }
}

function isIn(m: Machine, key: Value, of: Value | undefined): Value {
  const name = keyText(key);
  const found = name === undefined || of === undefined ? undefined : hasMember(m, of, name);
  if (found === undefined) touched(m);
  return found === undefined ? host(undefined) : literal(found);
}

/** A class may say itself what its instances are. */
function instanceOf(m: Machine, [value, of]: readonly Value[], site: Site): Value {
  if (of?.kind === 'literal' || (of?.kind === 'native' && isNamespace(of.name))) return fails(m, 'TypeError', site);
  if (value === undefined || members(value).some(({ kind }) => kind === 'unknown' || kind === 'host')) m.mayThrow();
  if (of?.kind !== 'class' && of?.kind !== 'closure' && of?.kind !== 'native') m.mayThrow();
  const classes = of === undefined ? [] : members(of).filter((member) => member.kind === 'class' || (member.kind === 'object' && member.heap.isRecord));
  const known = value === undefined || of === undefined ? undefined : isInstance(m, value, of);
  if (value === undefined || classes.length === 0) return known === undefined ? host(undefined) : literal(known);
  const asked = new Set<Value>();
  m.either(() => undefined, ...classes.map((each) => () => {
    const method = m.getMember(each, symbol('hasInstance'), site);
    if (method.kind === 'literal') return;
    asked.add(each);
    if (method.kind === 'closure' || method.kind === 'union') m.invoke(method, each, callWith([value], site), site, 'hasInstance');
  }));
  return known === undefined || asked.size > 0 ? host(undefined) : literal(known);
}

function typeName(value: Value): Value {
  if (isMissing(value)) return literal('undefined');
  const [name, ...others] = new Set(members(value).map(typeOf));
  return name === undefined || others.length > 0 ? host(undefined) : literal(name);
}

/** What `typeof` says of a value; undefined where that is not known. */
function typeOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'literal': return typeof value.value;
    case 'symbol': return 'symbol';
    case 'closure': case 'class': return 'function';
    case 'native': return value.perhaps === true ? undefined : isNamespace(value.name) ? 'object' : 'function';
    // What inherits from a class that nobody knows may be a function.
    case 'object': return value.heap.callable ? 'function' : value.heap.open === undefined ? 'object' : undefined;
    case 'promise': return 'object';
    default: return undefined;
  }
}

/** What the operator takes: `==` asks an object only where the other side is no object, and not nothing. */
function primitives(m: Machine, operator: string, operands: readonly Value[], site: Site): readonly Value[] {
  if (operator === '==' || operator === '!=') {
    const isLoose = operands.some((operand) => members(operand).some(({ kind }) => kind === 'host' || kind === 'unknown' || kind === 'literal' || kind === 'symbol')) && !operands.some(isNullish);
    if (!isLoose) return operands;
  }
  const hint = operator === '`' ? 'string' : operator === '+' || operator === '==' || operator === '!=' ? 'default' : 'number';
  return operands.map((operand) => toPrimitive(m, operand, operator === '+' && operands.length === 1 ? 'number' : hint, site));
}

/** Both sides name the same variable: between them nothing happens. */
function isSelf(operands: readonly Expression[]): operands is readonly [Expression, Expression] {
  const [a, b] = operands;
  return a?.op === 'load' && b?.op === 'load' && a.binding === b.binding;
}

/** All that is no number is itself. */
function comparedWithItself(m: Machine, operator: string, value: Value, site: Site): Value {
  const isThing = members(value).every(({ kind }) => kind === 'object' || kind === 'closure' || kind === 'class' || kind === 'native' || kind === 'symbol' || kind === 'promise');
  return isThing ? literal(operator === '===') : apply(m, operator, [value, value], [site, site], site);
}

function compared(operator: string, [a, b]: readonly Value[]): Value {
  const equal = a && b && strictlyEqual(a, b);
  return equal === undefined ? host(undefined) : literal(equal === (operator === '==='));
}

function applyToPrimitives(m: Machine, operator: string, operands: readonly Value[], sites: readonly Site[], site: Site): Value {
  const known = operands.map((operand) => (operand.kind === 'literal' ? operand : undefined));
  if (known.every((operand) => operand !== undefined)) {
    const result = compute(m, operator, known.map((operand) => operand.value), site);
    if (result !== undefined) return result;
  } else if (!operands.every(isPlain)) m.mayThrow();
  if (comparisons.has(operator)) return compare(operator, operands);
  const value = derived(m, operator, operands, sites, site);
  if (value.kind !== 'host' || !givesNumbers(operator, operands)) return value;
  const length = value.node === undefined ? lengthOf(operator, operands) : undefined;
  return length === undefined ? host(value.node, []) : amount(length);
}

/** Sums, products and quotients of lengths; undefined of what is none. */
function lengthOf(operator: string, operands: readonly Value[]): Length {
  const [a, b, ...more] = operands.map(amountOf);
  if (b === undefined || more.length > 0) return undefined;
  switch (operator) {
    case '+': return plus(a, b);
    case '-': return plus(a, times(-1, b));
    case '*': return times(a, b);
    case '/': return dividedBy(a, b);
    default: return undefined;
  }
}

/** No symbol, and no big number that goes with no other. */
function isPlain(value: Value): boolean {
  return (value.kind === 'literal' && typeof value.value !== 'bigint') || (value.kind === 'host' && value.lengths?.length === 0);
}

/** What the operator gives is a number, for certain: of big numbers it gives such. */
function givesNumbers(operator: string, operands: readonly Value[]): boolean {
  const isNumber = (value: Value): boolean => (value.kind === 'literal' ? typeof value.value === 'number' : value.kind === 'host' && value.lengths?.length === 0);
  return arithmetic.has(operator) && (operator === '+' ? operands.every(isNumber) : operands.some(isNumber));
}

const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

/** What wants numbers: `+` may be meant to make a text. */
const arithmetic = new Set(['-', '*', '/', '%', '**', '+']);

/** A host value computed from others: it remembers what went into it. */
function derived(m: Machine, operator: string, operands: readonly Value[], sites: readonly Site[], site: Site): Value {
  const nodes = operands.flatMap((operand) => members(operand).flatMap((member) => nodeOf(member) ?? []));
  const [only] = nodes;
  roughen(operator, nodes);
  const isArithmetic = arithmetic.has(operator);
  const isMisfit = m.runsForCertain && isArithmetic && operands.some((operand) => isOfLibrary(operand) && nodeOf(operand) !== undefined);
  if (only === undefined || (!isMisfit && nodes.length === 1 && only.kind !== 'operation' && only.kind !== 'source')) return host(only);
  const node = m.node({ kind: 'host', ...isMisfit ? { misfit: true } : {} }, operator, site);
  if (isArithmetic && !m.occasion.isSilent && conditionsOf(m).every(({ of }) => of === 'loop') && operands.some((operand) => isFirstOfLibrary(operand, site))) m.history.misfits.add(node);
  for (const [index, operand] of operands.entries()) {
    for (const member of members(operand)) {
      const from = nodeOf(member);
      if (from === undefined) continue;
      node.connect(from, isOfLibrary(member) ? 'host-arithmetic' : 'flows', sites[index] ?? site);
    }
  }
  return host(node);
}

/** A library's value, or else what the operator at the place has made of one itself: the first time that it ran, it found the library's. */
function isFirstOfLibrary(operand: Value, site: Site): boolean {
  const [made, found] = [members(operand), members(operand).filter(isOfLibrary)];
  return found.length > 0 && made.every((member) => (isOfLibrary(member) ? nodeOf(member) !== undefined : nodeOf(member)?.site === site));
}

/** Whether `===` holds; undefined where that is not known. */
export function strictlyEqual(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'literal' && b.kind === 'literal') return a.value === b.value;
  if (a.kind === 'symbol' && b.kind === 'symbol') return a.name === b.name;
  const same = identical(a, b);
  if (same !== undefined) return same;
  const [one, other] = [typeOf(a), typeOf(b)];
  if (one !== undefined && other !== undefined && one !== other) return false;
  return sameNullish(a, b, true);
}

function compare(operator: string, [a, b]: readonly Value[]): Value {
  const equal = a && b && (operator === '==' || operator === '!=') ? sameNullish(a, b, false) : undefined;
  return equal === undefined ? host(undefined) : literal(equal === (operator === '=='));
}

/** Whether a comparison with `null` or `undefined` is decided by what kind of value the other one is. */
function sameNullish(a: Value, b: Value, strict: boolean): boolean | undefined {
  if (!isNothing(a)) return isNothing(b) ? sameNullish(b, a, strict) : undefined;
  const other = b;
  if (isNothing(other)) return !strict || a.value === other.value;
  const decided = members(other).every((member) => !['unknown', 'host', 'never', 'uninitialised'].includes(member.kind) && !isNothing(member));
  return decided ? false : undefined;
}

function isNothing(value: Value): value is { kind: 'literal'; value: undefined | null } {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

/** What an operator gives for certain; undefined where nothing is known, or where it throws: a big number goes with no other, and not with every operator. */
function compute(m: Machine, operator: string, values: readonly unknown[], site: Site): Value | undefined {
  if (!values.some((value) => typeof value === 'bigint')) return computed(operator, values);
  try {
    return computed(operator, values);
  } catch (error) {
    return m.trial === undefined ? undefined : fails(m, error instanceof RangeError ? 'RangeError' : 'TypeError', site);
  }
}

function computed(operator: string, values: readonly unknown[]): Value | undefined {
  const [a, b] = values as [never, never];
  if (values.length === 1) {
    switch (operator) {
      case '`': return literal(String(a));
      case '-': return literal(-a);
      case '+': return literal(+a);
      case '~': return literal(~a);
      default: return undefined;
    }
  }
  switch (operator) {
    // Numbers in fact, or text: what the operator does with them is its own affair.
    case '+': return literal((a as number) + (b as number));
    case '-': return literal(a - b);
    case '*': return literal(a * b);
    case '/': return literal(a / b);
    case '%': return literal(a % b);
    case '**': return literal(a ** b);
    case '&': return literal(a & b);
    case '|': return literal(a | b);
    case '^': return literal(a ^ b);
    case '<<': return literal(a << b);
    case '>>': return literal(a >> b);
    case '>>>': return literal(a >>> b);
    case '<': return literal(a < b);
    case '>': return literal(a > b);
    case '<=': return literal(a <= b);
    case '>=': return literal(a >= b);
    case '===': return literal(a === b);
    case '!==': return literal(a !== b);
    // eslint-disable-next-line eqeqeq -- JavaScript's own operator is what is computed here.
    case '==': return literal(a == b);
    // eslint-disable-next-line eqeqeq -- as above.
    case '!=': return literal(a != b);
    case '`': return literal(values.map(String).join(''));
    default: return undefined;
  }
}
