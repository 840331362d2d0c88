/** Data that is given to models and layers: whether its shape is the one they take, and what shape they give. */
import type { Argument } from '../../calculus/numbers/argument.ts';
import { type LayerShape, jsonOf, joined } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Maker, Misfit } from '../../domain/fits.ts';
import { argument, argumentSite } from '../../domain/invocation.ts';
import type { InstanceValue, Invocation, Structure, Value } from '../../domain/value.ts';
import { literal, never } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { isExact } from '../../interpreter/values/lists.ts';
import { refineAt } from '../../interpreter/values/types.ts';
import { type FeedErrors, type Layers, textOf } from '../../libraries/layer.ts';
import type { FeedForm } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';
import { knownArgument } from '../ranges.ts';
import { makerOf, refusedBy, tellFit } from './chains.ts';
import { compiledAt } from './compiled.ts';
import { refusedInside } from './inside.ts';
import { inputsOf, onlyShape, outcomeOfPart, outputsOf, partsInOrder, shapeOfTensor, shapeOfValue } from './shapes.ts';
import { buildFor } from './stored-shapes.ts';
import { leavesOf } from './weights.ts';

type Role = 'input' | 'labels';

/** One of the tensors that a model is given. */
interface Datum {
  readonly shape: LayerShape | undefined;
  readonly from: Maker;
}

/** The tensors of one argument. */
interface Data {
  readonly tensors: readonly Datum[];
  /** They are given in an array. */
  readonly listed: boolean;
  /** There are none, but numbers: how many stand in the array, where that is known. */
  readonly numbers?: { readonly count: number | undefined; readonly from: Maker };
}

/** What a model asks of its data, or of its labels. */
interface Asked {
  readonly as: Role;
  readonly shapes: readonly (LayerShape | undefined)[];
  readonly by: readonly (Maker | undefined)[];
  readonly losses: readonly (string | undefined)[];
}

/** How the library checks what it is given. */
interface Check {
  readonly layers: Layers;
  readonly form: FeedForm;
  readonly errors: FeedErrors;
}

// — models —

/** `model.predict(x)`, `model.fit(x, y)`: told whether the model takes it. */
export function tellFed(m: Machine, model: InstanceValue, form: FeedForm, call: Invocation): void {
  const { library, node } = model;
  const { layers } = library;
  if (layers === undefined) return;
  const check: Check = { layers, form, errors: form === 'with labels' ? layers.errors.labelled : layers.errors.unlabelled };
  tellFit(m, { library, label: call.label, site: call.site }, misfitOfModel(m, model, check, call), node === undefined ? [] : [node]);
}

function misfitOfModel(m: Machine, model: InstanceValue, check: Check, call: Invocation): Misfit | undefined {
  if (check.form === 'elements') return misfitOfElements(m, model, check, call);
  const [inputs, labels] = [0, 1].map((at) => dataOf(m, argument(call.arguments, at), argumentSite(call, at)));
  if (check.form !== 'with labels') return misfitOfPair(m, model, check, { inputs, labels: undefined });
  const validated = validationOf(m, check, call);
  return misfitOfPair(m, model, check, { inputs, labels }) ?? (validated && misfitOfPair(m, model, check, validated));
}

/** The layers look at what is given to them, and the loss at what it compares. */
function misfitOfElements(m: Machine, model: InstanceValue, check: Check, call: Invocation): Misfit | undefined {
  const given = argument(call.arguments, 0);
  const element = given.kind === 'instance' ? given.element : undefined;
  if (element?.kind !== 'object') return undefined;
  const { elements } = check.layers;
  const [inputs, labels] = [elements.inputs, elements.labels].map((key) => dataIn(m, m.getMember(element, literal(key), call.site), { label: key, site: argumentSite(call, 0) }));
  const [batch, ...others] = [...inputs?.tensors ?? [], ...labels?.tensors ?? []];
  const other = others.find(({ shape }) => shape?.[0] !== batch?.shape?.[0]);
  // What comes together in an element must be of one batch: that is looked at first.
  if (batch !== undefined && other !== undefined) return unequal('both', [batch, other], () => check.layers.errors.batches);
  return refusedOf(m, model, check, inputs) ?? misfitInLoss(m, model, check, labels);
}

/** Labels that cannot be brought together with what the model gives. */
function misfitInLoss(m: Machine, model: InstanceValue, { layers }: Check, labels: Data | undefined): Misfit | undefined {
  const outputs = outputsOf(m, model);
  const losses = outputs && lossesOf(m, model, layers, outputs.length);
  for (const [index, { shape, from }] of (labels?.tensors ?? []).entries()) {
    const [wanted, loss] = [outputs?.[index], losses?.[index]];
    if (shape === undefined || wanted === undefined || loss === undefined || loss === otherLoss || loss === layers.losses.sparse || areBroadcast(wanted, shape)) continue;
    return { kind: 'data', as: 'labels', wanted, by: endsOf(m, model)[index], given: shape, from, loss, error: layers.errors.apart };
  }
  return undefined;
}

function areBroadcast(a: LayerShape, b: LayerShape): boolean {
  return Array.from({ length: Math.min(a.length, b.length) }, (_, index) => [a.at(-1 - index), b.at(-1 - index)]).every(([left, right]) => left == null || right == null || left === right || left === 1 || right === 1);
}

/** What a model is asked of, and what it is held to. */
interface Pair {
  readonly inputs: Data | undefined;
  readonly labels: Data | undefined;
}

/** The pair on which a model that is being trained is tried. It is looked at before the first step. */
function validationOf(m: Machine, { layers: { validation } }: Check, call: Invocation): Pair | undefined {
  const options = argument(call.arguments, validation.options);
  const cell = options.kind === 'object' && options.heap.isRecord && options.heap.open === undefined ? options.heap.properties.get(validation.key) : undefined;
  const pair = cell && m.memory.read(cell);
  const list = pair?.kind === 'object' && pair.heap.isArray ? m.memory.list(pair.heap) : undefined;
  if (list === undefined || !isExact(list) || list.items.length !== 2) return undefined;
  const [inputs, labels] = list.items.map((item) => dataIn(m, item, { label: validation.key, site: argumentSite(call, validation.options) }));
  return { inputs, labels };
}

function misfitOfPair(m: Machine, model: InstanceValue, check: Check, pair: Pair): Misfit | undefined {
  const shapes = inputsOf(m, model);
  if (shapes === undefined) return undefined;
  const { inputs } = pair;
  const misfit = misfitAmong(check, { as: 'input', shapes, by: beginningsOf(m, model), losses: [] }, inputs);
  if (misfit !== undefined || check.form !== 'with labels') return misfit ?? refusedOf(m, model, check, inputs);
  return misfitOfLabels(m, model, check, pair);
}

function misfitOfLabels(m: Machine, model: InstanceValue, check: Check, { inputs, labels }: Pair): Misfit | undefined {
  const outputs = outputsOf(m, model);
  const losses = outputs && lossesOf(m, model, check.layers, outputs.length);
  if (outputs === undefined || losses === undefined) return undefined;
  const shapes = outputs.map((shape, index) => (shape !== undefined && losses[index] === check.layers.losses.sparse ? [...shape.slice(0, -1), 1] : shape));
  const misfit = misfitAmong(check, { as: 'labels', shapes, by: endsOf(m, model), losses }, labels) ?? misfitOfSamples(check, inputs, labels);
  return misfit ?? misfitOfLoss(check, losses, endsOf(m, model), labels) ?? refusedOf(m, model, check, inputs);
}

/** Labels of one column are no rows that say how probable each class is. */
function misfitOfLoss({ layers }: Check, losses: readonly (string | undefined)[], by: readonly (Maker | undefined)[], labels: Data | undefined): Misfit | undefined {
  for (const [index, datum] of (labels?.tensors ?? []).entries()) {
    const shape = widened(datum.shape, 'with labels');
    if (shape === undefined || losses[index] !== layers.losses.oneHot || shape.at(-1) !== 1) continue;
    return { kind: 'data', as: 'labels', wanted: [null, 1], by: by[index], given: datum.shape ?? shape, from: datum.from, loss: losses[index], error: textOf(layers.errors.oneHot, { given: joined(shape) }) };
  }
  return undefined;
}

/** The names of the losses of the outputs, `other` for functions; undefined where they are not known. */
function lossesOf(m: Machine, { block }: InstanceValue, layers: Layers, count: number): readonly string[] | undefined {
  const compiled = block && compiledAt(m, block);
  if (compiled === undefined) return undefined;
  const { loss } = compiled;
  if (loss.kind !== 'object') {
    const name = lossName(loss);
    return name === undefined ? undefined : new Array<string>(count).fill(name);
  }
  const list = loss.heap.isArray ? m.memory.list(loss.heap) : undefined;
  if (list === undefined || !isExact(list) || list.items.length !== count) return undefined;
  const names = list.items.map(lossName);
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** A loss of the program's own, or one that is no name. */
const otherLoss = 'other';

function lossName(loss: Value): string | undefined {
  if (loss.kind === 'literal') return typeof loss.value === 'string' ? loss.value : undefined;
  return loss.kind === 'closure' || loss.kind === 'library' ? otherLoss : undefined;
}

// — comparing —

function misfitAmong(check: Check, asked: Asked, data: Data | undefined): Misfit | undefined {
  if (data === undefined) return undefined;
  const { as, shapes } = asked;
  if (data.numbers !== undefined) return { kind: 'numbers', as, wanted: shapes[0], from: data.numbers.from, error: errorOfNumbers(check, as, shapes.length, data.numbers.count) };
  const { length } = data.tensors;
  if (length !== shapes.length) return { kind: 'count', as, wanted: shapes.length, given: length, error: errorOfCount(check, as, shapes.length, data) };
  for (const [index, datum] of data.tensors.entries()) {
    const wanted = shapes[index];
    const misfit = wanted === undefined ? undefined : misfitOf(check, asked, index, wanted, datum);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

/** An array is taken for one of tensors: there are not as many as are wanted, or they have no shape. */
function errorOfNumbers(check: Check, as: Role, wanted: number, count: number | undefined): string {
  if (count === undefined) return '';
  return count === wanted ? 'Cannot read properties of undefined (reading \'length\')' : textOf(check.errors.count, { as: roleText(as), wanted: String(wanted), count: String(count) });
}

function errorOfCount({ errors, form }: Check, as: Role, wanted: number, { tensors, listed }: Data): string {
  // What is predicted of is made an array first.
  return textOf(listed || form === 'predict' ? errors.count : errors.single, { as: roleText(as), wanted: String(wanted), count: String(tensors.length) });
}

function misfitOf(check: Check, { as, by, losses }: Asked, index: number, wanted: LayerShape, { shape, from }: Datum): Misfit | undefined {
  const { form, layers, errors } = check;
  const given = widened(shape, form);
  if (shape === undefined || given === undefined) return undefined;
  const misfit = (error: string): Misfit => ({ kind: 'data', as, wanted, by: by[index], given: shape, from, loss: losses[index], error });
  if (given.length === 0) return form === 'one batch' ? misfit(textOf(errors.rank, textsOf(as, wanted, given))) : misfit(layers.errors.scalar);
  if (given.length !== wanted.length) return misfit(textOf(errors.rank, textsOf(as, wanted, given)));
  const isOther = wanted.some((length, axis) => (axis > 0 || form === 'one batch') && length != null && length >= 0 && given[axis] != null && given[axis] !== length);
  return isOther ? misfit(textOf(errors.length, textsOf(as, wanted, given))) : undefined;
}

/** A vector becomes a column before it is looked at. */
function widened(shape: LayerShape | undefined, form: FeedForm): LayerShape | undefined {
  return shape?.length === 1 && form !== 'one batch' && form !== 'elements' ? [...shape, 1] : shape;
}

function textsOf(as: Role, wanted: LayerShape, given: LayerShape): Readonly<Record<string, string>> {
  return {
    as: roleText(as), rank: String(wanted.length), wanted: jsonOf(wanted), given: jsonOf(given), wantedRest: joined(wanted.slice(1)),
    samples: given[0] === undefined ? '…' : String(given[0]), givenRest: joined(given.slice(1)), givenList: joined(given),
  };
}

const roleText = (as: Role): string => (as === 'input' ? 'input' : 'target');

function misfitOfSamples({ layers: { errors } }: Check, inputs: Data | undefined, labels: Data | undefined): Misfit | undefined {
  const [input, label] = [inputs?.tensors[0], labels?.tensors[0]];
  return unequal('inputs', inputs?.tensors ?? [], () => errors.unequalInputs)
    ?? unequal('labels', labels?.tensors ?? [], () => errors.unequalLabels)
    ?? (input && label && unequal('both', [input, label], (given, expected) => textOf(errors.samples, { inputs: String(given), labels: String(expected) })));
}

/** The first of the tensors, and one that has not as many examples. */
function unequal(among: Extract<Misfit, { kind: 'samples' }>['among'], [first, ...others]: readonly Datum[], error: (given: number, expected: number) => string): Misfit | undefined {
  const given = first?.shape?.[0];
  const other = others.find(({ shape }) => shape?.[0] != null && shape[0] !== given);
  const expected = other?.shape?.[0];
  if (first === undefined || other === undefined || given == null || expected == null) return undefined;
  return { kind: 'samples', among, inputs: given, labels: expected, from: [first.from, other.from], error: error(given, expected) };
}

function refusedOf(m: Machine, model: InstanceValue, { form }: Check, inputs: Data | undefined): Misfit | undefined {
  const shapes = inputs?.tensors.map(({ shape }) => widened(shape, form)) ?? [];
  return refusedInside(m, model, isOfOneSize(shapes) ? shapes : shapes.map((shape) => shape && [undefined, ...shape.slice(1)]));
}

/** Of inputs with different numbers of examples, the library runs batches of as many examples of each. */
function isOfOneSize([first, ...others]: readonly (LayerShape | undefined)[]): boolean {
  return others.every((other) => other?.[0] === first?.[0]);
}

// — layers —

/** `layer.apply(x)`, `model.apply(x)` on tensors: told whether the layer takes them, or those inside of the model do. */
export function tellApplied(m: Machine, part: InstanceValue, inputs: readonly Value[], call: Invocation): void {
  const site = argumentSite(call, 0);
  const data = inputs.map((input) => datumOf(input, { label: m.program.text(site), site }));
  const shapes = data.map((datum) => datum?.shape);
  const isLayer = part.block?.structure.kind === 'layer';
  const misfit = isLayer ? refusedBy(part.library, part, outcomeOfPart(m, part, shapes), data.map((datum) => ({ shape: datum?.shape, from: datum?.from })), 'run') : refusedInside(m, part, shapes);
  if (isLayer) buildFor(m, part, shapes.length === 1 ? shapes[0] : undefined);
  tellFit(m, { library: part.library, label: call.label, site: call.site }, misfit, isLayer || part.node === undefined ? [] : [part.node]);
}

/** The shape of what a layer or model gives for these tensors. */
export function shapeGiven(m: Machine, part: InstanceValue, inputs: readonly Value[], form: FeedForm | undefined): LayerShape | undefined {
  // What a layer of the program's own says before it runs need not be what it gives.
  if (leavesOf(m, part).some(({ kind }) => kind === 'object')) return undefined;
  const shapes = inputs.map(shapeOfValue).map((shape) => (form === 'predict' ? widened(shape, form) : shape));
  const shape = onlyShape(outcomeOfPart(m, part, shapes));
  // What is used up may be anything once it runs.
  return shape?.some((length) => length != null && length < 0) === true ? undefined : shape;
}

// — where shapes come from —

/** The tensors of an argument, one or an array of them; undefined where they are not known one by one. */
function dataOf(m: Machine, value: Value, site: Site): Data | undefined {
  return dataIn(m, refineAt(m, value, site), { label: m.program.text(site), site });
}

/** `named`: how it is called where nothing else tells. */
function dataIn(m: Machine, given: Value, named: Maker): Data | undefined {
  const listed = given.kind === 'object' && given.heap.isArray;
  const list = listed ? m.memory.list(given.heap) : { items: [given], others: never };
  const known = knownArgument(m, given);
  if (areNumbers(known)) return { tensors: [], listed, numbers: { count: known.kind === 'list' && known.complete && known.of === undefined ? known.items.length : undefined, from: named } };
  const tensors = isExact(list) ? list.items.map((item) => datumOf(item, named)) : [];
  return tensors.length > 0 && tensors.every((datum) => datum !== undefined) ? { tensors, listed } : undefined;
}

/** A number, or an array in which nothing else stands. */
function areNumbers(argument: Argument): boolean {
  if (argument.kind === 'list') return argument.items.length > 0 && argument.items.every(areNumbers);
  return argument.kind === 'number' || (argument.kind === 'constant' && (typeof argument.value === 'number' || typeof argument.value === 'boolean'));
}

function datumOf(value: Value, named: Maker): Datum | undefined {
  if (value.kind !== 'tensor') return undefined;
  const { node } = value;
  return { shape: shapeOfTensor(value), from: node.transparent ? named : { label: node.name ?? node.label, site: node.site } };
}

/** What makes the inputs of a model. */
function beginningsOf(m: Machine, model: InstanceValue): readonly (Maker | undefined)[] {
  const structure = model.block?.structure;
  if (structure?.kind === 'graph') return structure.inputs.map(({ name, label, site }) => ({ label: name ?? label, site }));
  const [first] = ofSequence(m, structure);
  return [first && makerOf(first)];
}

function endsOf(m: Machine, model: InstanceValue): readonly (Maker | undefined)[] {
  const structure = model.block?.structure;
  if (structure?.kind !== 'graph') return [ofSequence(m, structure).at(-1)].map((last) => last && makerOf(last));
  return structure.outputs.map((node) => {
    const part = m.history.models.symbolic.get(node)?.part;
    return part && makerOf(part);
  });
}

function ofSequence(m: Machine, structure: Structure | undefined): readonly Value[] {
  return structure?.kind === 'sequence' ? partsInOrder(m, structure) ?? [] : [];
}
