/** How many rounds a loop has, as far as the program has said that before: as many as it counts to, or as it has things to go through. */
import type { LoopStatement, Repetition } from '../../domain/lifetimes.ts';
import type { Value } from '../../domain/value.ts';
import { isOfLibrary, members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Binding, Expression, Pattern } from '../../program/ir.ts';
import { expressionsIn } from '../../program/within.ts';
import { valueAtHand } from './at-hand.ts';
import { mostItems } from './most-items.ts';

type Member = Extract<Expression, { op: 'member' }>;

/**
 * Memory cannot grow without end by a loop that counts to a number that is known, or goes through names, or through what
 * is of the library itself, of which there is as much in memory.
 */
export function roundsOf(m: Machine, { statement, items, list }: Extract<Repetition, { kind: 'loop' }>): 'any number' | 'counted' | 'as many as there are' {
  if (statement.op === 'iterate') {
    if (statement.over === 'keys' || (items !== undefined && holdsTensors(m, items)) || goesThrough(m, statement, bindingsOf(statement.target))) return 'as many as there are';
    // The program has put together what it goes through.
    return list === 'followed' || mostItems(m, statement.subject) < Infinity ? 'counted' : 'any number';
  }
  if (goesThrough(m, statement, statement.perIteration)) return 'as many as there are';
  return isCounted(m, statement) ? 'counted' : 'any number';
}

/** Values of the library, or lists with one of them, as entries are. */
function holdsTensors(m: Machine, items: Value): boolean {
  return members(items).some((item) => isOfLibrary(item) || (item.kind === 'object' && item.heap.isArray && contentsOf(m, item).some(isOfLibrary)));
}

function contentsOf(m: Machine, { heap }: Extract<Value, { kind: 'object' }>): readonly Value[] {
  const { items, others } = m.memory.list(heap);
  return [...items, others].flatMap((item) => members(item));
}

/** What has to hold for one more round compares what is counted with a number that is known, or with how many things of the library there are. */
function isCounted(m: Machine, loop: Extract<LoopStatement, { op: 'loop' }>): boolean {
  if (loop.test === undefined) return false;
  return conjuncts(loop.test).some((test) => {
    if (test.op !== 'operator' || !/^(?:[<>]=?|!==?)$/u.test(test.operator)) return false;
    const [left, right] = test.operands;
    return left !== undefined && right !== undefined && ((counts(left, loop) && isLimit(m, right)) || (counts(right, loop) && isLimit(m, left)));
  });
}

function conjuncts(test: Expression): readonly Expression[] {
  return test.op === 'logical' && test.operator === '&&' ? [...conjuncts(test.left), ...conjuncts(test.right)] : [test];
}

function counts(expression: Expression, loop: LoopStatement): boolean {
  return isCounter(expression, loop) || isLengthOfGrowing(expression, loop);
}

/** How many items a list has that the loop adds to, and does nothing else with. */
function isLengthOfGrowing(expression: Expression, loop: LoopStatement): boolean {
  if (expression.op !== 'member' || !isNamed(expression, 'length') || expression.object === 'super' || expression.object.op !== 'load') return false;
  const { binding } = expression.object;
  const inside = expressionsIn(loop);
  const isOfList = (each: Expression): each is Member => each.op === 'member' && each.object !== 'super' && each.object.op === 'load' && each.object.binding === binding;
  const isReplaced = inside.some((each) => (each.op === 'update' || each.op === 'store') && bindingsOf(each.target).includes(binding));
  return !isReplaced && inside.some((each) => each.op === 'call' && each.callee !== 'super' && isOfList(each.callee) && isNamed(each.callee, 'push')) && inside.filter(isOfList).every((each) => isNamed(each, 'length') || isNamed(each, 'push'));
}

function isNamed({ key }: Member, name: string): boolean {
  return key.op === 'constant' && key.value === name;
}

/** A variable that the loop changes by a step each time that it changes it. */
function isCounter(expression: Expression, loop: LoopStatement): boolean {
  const binding = expression.op === 'update' ? bindingOf(expression.target) : expression.op === 'load' ? expression.binding : undefined;
  if (binding === undefined) return false;
  const changes = expressionsIn(loop).filter((each) => (each.op === 'update' || each.op === 'store') && bindingsOf(each.target).includes(binding));
  return changes.length > 0 && changes.every((each) => isStep(each, binding));
}

function isStep(change: Expression, binding: Binding): boolean {
  if (change.op === 'update') return change.change.kind === 'step' || (change.change.kind === 'operator' && change.change.operand.op === 'constant');
  if (change.op !== 'store' || change.value.op !== 'operator') return false;
  const [left, right] = change.value.operands;
  return left?.op === 'load' && left.binding === binding && right?.op === 'constant';
}

function isLimit(m: Machine, expression: Expression): boolean {
  const value = valueAtHand(m, expression);
  if (value?.kind === 'literal' && typeof value.value === 'number') return true;
  if (isSmallest(expression)) return expression.arguments.some((each) => isLimit(m, each.value));
  return expression.op === 'member' && isNamed(expression, 'length') && isOfTensors(m, expression);
}

/** `Math.min(most, …)` */
function isSmallest(expression: Expression): expression is Extract<Expression, { op: 'call' }> {
  return expression.op === 'call' && expression.callee !== 'super' && expression.callee.op === 'member' && isNamed(expression.callee, 'min');
}

/** A round takes, by the variable of the loop, one of several things of the library: there are as many rounds as there are of those. */
function goesThrough(m: Machine, loop: LoopStatement, variables: readonly Binding[]): boolean {
  return expressionsIn(loop).some((each) => each.op === 'member' && each.key.op === 'load' && variables.includes(each.key.binding) && isOfTensors(m, each));
}

/** A member of a list, or of an object, that has things of the library. */
function isOfTensors(m: Machine, { object }: Member): boolean {
  const holder = object === 'super' ? undefined : valueAtHand(m, object);
  if (holder?.kind !== 'object') return false;
  const named = [...holder.heap.properties.values()].flatMap((cell) => m.memory.read(cell) ?? []);
  return [...contentsOf(m, holder), ...named.flatMap((value) => members(value))].some(isOfLibrary);
}

function bindingOf(pattern: Pattern): Binding | undefined {
  return pattern.kind === 'binding' ? pattern.binding : undefined;
}

function bindingsOf(pattern: Pattern): readonly Binding[] {
  switch (pattern.kind) {
    case 'binding': return [pattern.binding];
    case 'object': return [...pattern.properties.map((each) => each.pattern), ...(pattern.rest === undefined ? [] : [pattern.rest])].flatMap(bindingsOf);
    case 'array': return [...pattern.elements.flatMap((each) => each?.pattern ?? []), ...(pattern.rest === undefined ? [] : [pattern.rest])].flatMap(bindingsOf);
    default: return [];
  }
}
