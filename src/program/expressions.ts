/** All expressions of a file, wherever they stand in it. */
import type { Argument, ClassCode, Expression, FunctionCode, ModuleCode, Pattern, Property, Statement } from './ir.ts';

export interface Written {
  readonly expression: Expression;
  /** The function around it; undefined at the top level. */
  readonly code: FunctionCode | undefined;
}

/** What is written in a place: code is run in the function that it belongs to. */
type Part =
  | { readonly kind: 'expression'; readonly part: Expression }
  | { readonly kind: 'statement'; readonly part: Statement }
  | { readonly kind: 'pattern'; readonly part: Pattern }
  | { readonly kind: 'function'; readonly part: FunctionCode }
  | { readonly kind: 'class'; readonly part: ClassCode };

/** In no order that means anything. Lowers every function of the file. */
export function* expressionsOf(module: ModuleCode): Iterable<Written> {
  // Chains of operators may be longer than the stack is deep.
  const pending: { readonly of: Part; readonly code: FunctionCode | undefined }[] = [{ of: { kind: 'statement', part: module.body }, code: undefined }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { of, code } = next;
    if (of.kind === 'expression') yield { expression: of.part, code };
    const inner = of.kind === 'function' ? of.part : code;
    // Nor can all items of a long list be arguments of one call.
    for (const part of partsOf(of)) pending.push({ of: part, code: inner });
  }
}

/** Whether a statement of code in steps may stop. */
export function isStopping(s: Statement): boolean {
  return s.op === 'yield' || s.op === 'await' || (s.op === 'iterate' && s.awaited) || inStatement(s).some((each) => each.kind === 'statement' && isStopping(each.part));
}

function partsOf(of: Part): readonly Part[] {
  switch (of.kind) {
    case 'expression': return inExpression(of.part);
    case 'statement': return inStatement(of.part);
    case 'pattern': return inPattern(of.part);
    case 'function': return [...of.part.parameters.flatMap(({ pattern, default: value }) => [...patterns([pattern]), ...expressions([value])]), ...statements([of.part.body])];
    case 'class': return inClass(of.part);
  }
}

function inExpression(e: Expression): readonly Part[] {
  switch (e.op) {
    case 'constant': case 'load': case 'free': case 'this': case 'module': return [];
    case 'member': return expressions([e.object === 'super' ? undefined : e.object, e.key]);
    case 'store': return [...patterns([e.target]), ...expressions([e.value])];
    case 'update': return expressions([e.current, e.change.kind === 'operator' ? e.change.operand : e.change.kind === 'logical' ? e.change.value : undefined]);
    case 'call': return expressions([e.callee === 'super' ? undefined : e.callee, ...values(e.arguments)]);
    case 'construct': return expressions([e.callee, ...values(e.arguments)]);
    case 'closure': return functions([e.function]);
    case 'class': return [{ kind: 'class', part: e.class }];
    case 'object': return e.properties.flatMap(inProperty);
    case 'array': return expressions(values(e.elements));
    case 'operator': return expressions(e.operands);
    case 'sequence': return expressions(e.expressions);
    case 'conditional': return expressions([e.test, e.then, e.else]);
    case 'logical': return expressions([e.left, e.right]);
    case 'await': case 'yield': return expressions([e.value]);
    case 'opaque': return expressions(e.parts);
  }
}

function inStatement(s: Statement): readonly Part[] {
  switch (s.op) {
    case 'evaluate': case 'throw': case 'return': case 'yield': case 'await': return expressions([s.value]);
    case 'declare': return [...patterns([s.target]), ...expressions([s.init])];
    case 'class': return [{ kind: 'class', part: s.class }];
    case 'branch': return [...expressions([s.test]), ...statements([s.then, s.else])];
    case 'switch': return [...expressions([s.subject, ...s.cases.map(({ test }) => test)]), ...statements(s.cases.flatMap(({ body }) => body)), ...functions(s.functions.map((each) => each.function))];
    case 'loop': return [...statements([...s.init, s.body]), ...expressions([s.test, s.update])];
    case 'iterate': return [...patterns([s.target]), ...expressions([s.subject]), ...statements([s.body])];
    case 'jump': return [];
    case 'label': return statements([s.body]);
    case 'try': return [...statements([s.block, s.handler, s.finalizer]), ...patterns([s.parameter])];
    case 'block': return [...statements(s.body), ...functions(s.functions.map((each) => each.function))];
  }
}

function inPattern(pattern: Pattern): readonly Part[] {
  switch (pattern.kind) {
    case 'binding': case 'free': return [];
    case 'member': return expressions([pattern.object, pattern.key]);
    case 'object': return [...pattern.properties.flatMap((each) => [...expressions([each.key, each.default]), ...patterns([each.pattern])]), ...patterns([pattern.rest])];
    case 'array': return [...pattern.elements.flatMap((each) => [...expressions([each?.default]), ...patterns([each?.pattern])]), ...patterns([pattern.rest])];
  }
}

function inProperty(property: Property): readonly Part[] {
  switch (property.kind) {
    case 'value': return expressions([property.key, property.value]);
    case 'spread': case 'prototype': return expressions([property.value]);
    case 'get': case 'set': return [...expressions([property.key]), ...functions([property.function])];
  }
}

function inClass(code: ClassCode): readonly Part[] {
  return [...expressions([code.extends, ...code.members.map(({ key }) => key)]), ...functions([code.constructorCode, ...code.members.map((member) => member.function)])];
}

function values(list: readonly (Argument | undefined)[]): readonly (Expression | undefined)[] {
  return list.map((each) => each?.value);
}

function expressions(parts: readonly (Expression | undefined)[]): readonly Part[] {
  return parts.flatMap((part) => (part === undefined ? [] : { kind: 'expression', part } as const));
}

function statements(parts: readonly (Statement | undefined)[]): readonly Part[] {
  return parts.flatMap((part) => (part === undefined ? [] : { kind: 'statement', part } as const));
}

function patterns(parts: readonly (Pattern | undefined)[]): readonly Part[] {
  return parts.flatMap((part) => (part === undefined ? [] : { kind: 'pattern', part } as const));
}

function functions(parts: readonly (FunctionCode | undefined)[]): readonly Part[] {
  return parts.flatMap((part) => (part === undefined ? [] : { kind: 'function', part } as const));
}
