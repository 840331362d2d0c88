/** Data sets: what each of their elements is, and whether a model that is trained on them gets batches. */
import { type Dimensions, closed, joinDimensions } from '../calculus/numbers/dimensions.ts';
import { argument, argumentSite, callWith } from '../domain/invocation.ts';
import type { Invocation, ObjectValue, Value } from '../domain/value.ts';
import { host, members, never, nodeOf, plainHost, undefinedValue } from '../domain/values.ts';
import { iterate } from '../interpreter/builtins/iteration.ts';
import { anyNumberOfTimes } from '../interpreter/escape.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { callUnknown, functionsIn } from '../interpreter/unknown-calls.ts';
import { array, isExact } from '../interpreter/values/lists.ts';
import { record } from '../interpreter/values/properties.ts';
import { contents, operandNodes } from '../interpreter/values/reach.ts';
import { fromType, refineAt } from '../interpreter/values/types.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';
import { dataFactsOf } from './ranges.ts';
import type { Subject } from './subject.ts';
import { shapeFacts, tensorOf } from './tensor.ts';

type Making = Extract<Meaning, { is: 'rows' }>;

/** What a function that makes data sets gives, or a method of one. `otherwise`: what is known of it at least. */
export function dataSetOf(m: Machine, subject: Subject, making: Making, call: Invocation, otherwise: () => Value): Value {
  const { library } = subject;
  const given = refineAt(m, argument(call.arguments, 0), argumentSite(call, 0));
  const element = elementOf(m, subject, making, given, call);
  if (isOfPlainRows(m, making, given, element)) return { kind: 'instance', library, class: making.class, node: undefined, element };
  const result = otherwise();
  return element === undefined ? result : { kind: 'instance', library, class: making.others, node: nodeOf(result), element };
}

function isOfPlainRows(m: Machine, { of, class: name }: Making, given: Value, element: Value | undefined): boolean {
  if (of === 'a file') return true;
  return of === 'items' || of === 'data sets' ? isPlain(m, given, name) : of === 'callback' && element !== undefined && isPlain(m, element, name);
}

/** What a method gives of which no more is known. */
export function otherRows(m: Machine, receiver: Value, { of }: Making, { arguments: args, site, label }: Invocation): Value {
  // It disposes the elements, and nothing that the callback makes of them.
  const caller = of === 'each element' ? { by: label, once: false } : undefined;
  const result = callUnknown(m, unknownFrom(m, [receiver], site), receiver, args, site, label, caller);
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

// — elements —

/** An element as it is at a moment: what is made in code that may not run is not to be read behind it. */
type Row = { readonly fields: ReadonlyMap<string, Row> } | { readonly value: Value } | { readonly numbers: number };

function elementOf(m: Machine, { library, receiver }: Subject, { of }: Making, given: Value, call: Invocation): Value | undefined {
  const row = rowOf(m, library, receiver, of, given, call);
  return row && valueOf(m, row, call.site);
}

function rowOf(m: Machine, library: Library, receiver: Value | undefined, of: Making['of'], given: Value, call: Invocation): Row | undefined {
  const element = receiver?.kind === 'instance' ? receiver.element : undefined;
  switch (of) {
    case 'items': return given.kind === 'object' && given.heap.isArray ? itemOf(m, given, call.site) : undefined;
    case 'data sets': return togetherOf(m, given);
    case 'generator': return answersOf(m, given, [], call, (result) => itemOf(m, result, call.site));
    case 'callback': return receiver?.kind === 'instance' ? answersOf(m, given, [element ?? plainHost], call, (result) => rowIn(m, result)) : undefined;
    case 'batches': return element && batched(m, library, rowIn(m, element), call.site);
    case 'a file': case 'each element': case 'anything': return undefined;
  }
}

function valueOf(m: Machine, row: Row, site: Site): Value {
  if ('value' in row) return row.value;
  if ('numbers' in row) return m.allocator.along('numbers', () => array(m, { items: new Array<Value>(row.numbers).fill(host(undefined, [])), others: never }, site));
  return m.allocator.along('element', () => record(m, site, Object.fromEntries([...row.fields].map(([key, field]) => [key, m.allocator.along(key, () => valueOf(m, field, site))]))));
}

function rowIn(m: Machine, value: Value): Row {
  if (!isRecord(value)) return { value };
  return { fields: new Map([...value.heap.properties].map(([key, cell]) => [key, rowIn(m, m.memory.read(cell) ?? never)])) };
}

function isRecord(value: Value): value is ObjectValue {
  return value.kind === 'object' && value.heap.isRecord && value.heap.open === undefined;
}

/** One of the items of an array, whichever. */
function itemOf(m: Machine, items: Value, site: Site): Row | undefined {
  const list = iterate(m, items, site);
  return oneOf(m, [...list.items, list.others].filter(({ kind }) => kind !== 'never').flatMap(members).map((item) => rowIn(m, item)));
}

/** One of several: of records with the same keys one whose properties may be those of any. */
function oneOf(m: Machine, rows: readonly Row[]): Row | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  if ('value' in first) return rows.every((row) => 'value' in row) ? oneValueOf(m, rows.map(({ value }) => value)) : undefined;
  if ('numbers' in first) return rows.every((row) => 'numbers' in row && row.numbers === first.numbers) ? first : undefined;
  const fields = [...first.fields.keys()].map((key) => [key, oneOf(m, rows.flatMap((row) => ('fields' in row ? row.fields.get(key) ?? [] : [])))] as const);
  return rows.every((row) => 'fields' in row && row.fields.size === fields.length) ? allKnown(fields) : undefined;
}

/** Of numbers and texts it does not matter which, and of arrays of them only how long they are. */
function oneValueOf(m: Machine, values: readonly Value[]): Row {
  if (values.every(isNumberOrText)) return { value: plainHost };
  const [count, ...others] = values.map((value) => countOfNumbers(m, value));
  return count !== undefined && others.length > 0 && others.every((other) => other === count) ? { numbers: count } : { value: m.memory.joiner.all(values) };
}

function isNumberOrText(value: Value): boolean {
  return value.kind === 'literal' || (value.kind === 'host' && value.lengths === undefined);
}

function countOfNumbers(m: Machine, value: Value): number | undefined {
  const list = value.kind === 'object' && value.heap.isArray ? m.memory.list(value.heap) : undefined;
  return list !== undefined && isExact(list) && list.items.every(isNumberOrText) ? list.items.length : undefined;
}

function allKnown(fields: readonly (readonly [key: string, row: Row | undefined])[]): Row | undefined {
  const known = fields.flatMap(([key, row]) => (row === undefined ? [] : [[key, row] as const]));
  return known.length < fields.length ? undefined : { fields: new Map(known) };
}

/** One element of each of several data sets, under their names. */
function togetherOf(m: Machine, given: Value): Row | undefined {
  if (!isRecord(given)) return undefined;
  return allKnown([...given.heap.properties].map(([key, cell]) => {
    const each = m.memory.read(cell);
    return [key, each?.kind === 'instance' && each.element !== undefined ? rowIn(m, each.element) : undefined] as const;
  }));
}

/** What a function gives that is called for each element when it is asked for. */
function answersOf(m: Machine, callback: Value, args: readonly Value[], { site }: Invocation, take: (result: Value) => Row | undefined): Row | undefined {
  const answers: (Row | undefined)[] = [];
  for (const closure of functionsIn([callback])) {
    anyNumberOfTimes(m, () => { answers.push(take(m.invoke(closure, undefinedValue, callWith(args, site), site, closure.code.name))); });
  }
  return answers.every((answer) => answer !== undefined) ? oneOf(m, answers) : undefined;
}

// — batches —

/** So many elements are put together; there may be fewer in the last batch. */
function batched(m: Machine, library: Library, row: Row, site: Site): Row | undefined {
  if ('fields' in row) return allKnown([...row.fields].map(([key, field]) => [key, m.allocator.along(key, () => batched(m, library, field, site))] as const));
  if ('numbers' in row) return { value: tensorOf(m, library, m.node({ kind: 'operation' }, 'batch', site), shapeFacts(closed([undefined, row.numbers]))) };
  const dimensions = members(row.value).map((each) => dimensionsOf(m, library, each)).reduce((a, b) => a && b && joinDimensions(a, b));
  if (dimensions === undefined) return undefined;
  const node = m.node({ kind: 'operation' }, 'batch', site);
  for (const from of operandNodes(m, row.value)) node.connect(from, 'flows', site);
  return { value: tensorOf(m, library, node, shapeFacts(dimensions.open ? dimensions : closed([undefined, ...dimensions.lengths]))) };
}

/** Of a tensor, or of numbers that are made one. */
function dimensionsOf(m: Machine, library: Library, value: Value): Dimensions | undefined {
  if (value.kind === 'tensor') return value.facts.dimensions;
  return value.kind === 'literal' || value.kind === 'host' || (value.kind === 'object' && value.heap.isArray) ? dataFactsOf(m, library, value).dimensions : undefined;
}
