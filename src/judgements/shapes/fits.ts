/** Layers that do not take what they are put behind, and data that a model does not take. */
import type { LayerShape } from '../../calculus/shapes/layers/layer-shape.ts';
import { shapeText } from '../../calculus/shapes/verdict.ts';
import type { Fit, Given, Misfit } from '../../domain/fits.ts';
import type { FileRun } from '../file-run.ts';
import type { Details, Effect, Finding, Fragment } from '../finding.ts';
import { callsKey, placeOf } from '../places.ts';
import { isForeseen } from './foreseen.ts';
import { type Suspicion, suspicionFinding } from '../suspicions.ts';

/** Words of a test that asks what a model takes: how much data there is has nothing to do with it. */
const aboutModels = /shape|rank|dtype|instanceof/iu;

type Kinds = Misfit['kind'];
type Of<K extends Kinds> = Extract<Misfit, { kind: K }>;

export function judgeFits(run: FileRun): readonly Finding[] {
  const fits = run.history.all('fit');
  const sound = new Set(fits.filter(({ misfit }) => misfit === undefined).map(keyOf));
  return fits.flatMap((fit) => (fit.misfit === undefined || !isCertain(run, sound, fit) ? [] : suspicionFinding(run, suspicionOf(fit, fit.misfit))));
}

/** The same for what happens at one place in the same calls. */
function keyOf({ site, chain }: Fit): string {
  return `${placeOf(site)}|${callsKey(chain)}`;
}

/** That it holds whenever the program gets there, and nobody has changed the model meanwhile or waits for the error. `sound`: where nothing is wrong, for all that is known. */
function isCertain({ exported, program }: FileRun, sound: ReadonlySet<string>, fit: Fit): boolean {
  if (isForeseen(program, { ...fit, sites: [fit.site] }, aboutModels) || fit.changeable.some((node) => exported.nodes.has(node))) return false;
  // The last of the runs that a loop is brought to rest by stands for every round, and the others for the first ones.
  return !fit.repeated || !sound.has(keyOf(fit));
}

function suspicionOf(fit: Fit, misfit: Misfit): Suspicion {
  const { label, site, chain } = fit;
  return { ...toldOf(fit, misfit), site, chain, scope: label, about: [], effect: effectOf(fit, misfit) };
}

function effectOf({ library: { title } }: Fit, misfit: Misfit): Effect {
  if (misfit.error === undefined) return { kind: 'built', library: title };
  return { kind: 'throws', error: misfit.error === '' ? 'an Error' : `"${misfit.error.replace(/\.$/u, '')}"`, library: title };
}

type Told = Pick<Suspicion, 'cause' | 'variant'> & { readonly details: Details };

function toldOf(fit: Fit, misfit: Misfit): Told {
  switch (misfit.kind) {
    case 'refused': return toldOfRefused(misfit);
    case 'nothing left': return { cause: 'layer-chain', variant: 'left', details: { layer: [misfit.layer], shape: [layerShapeText(misfit.shape)], given: givenText(misfit.input) } };
    case 'no beginning': return { cause: 'layer-chain', variant: 'first', details: { layer: [misfit.layer] } };
    case 'data': return { cause: 'model-input', variant: variantOfData(fit, misfit), details: dataDetails(misfit) };
    case 'numbers': return { cause: 'model-input', variant: misfit.as === 'input' ? 'numbers' : 'numbers as labels', details: { wanted: misfit.wanted === undefined ? [''] : [`, ${layerShapeText(misfit.wanted)}`], given: [misfit.from] } };
    case 'count': return { cause: 'model-input', variant: misfit.as === 'input' ? 'inputs' : 'outputs', details: { wanted: [tensors(misfit.wanted)], given: [tensors(misfit.given)] } };
    case 'samples': return { cause: 'model-input', variant: misfit.among === 'both' ? 'samples' : 'unequal', details: samplesDetails(misfit) };
  }
}

// — layers —

function toldOfRefused(misfit: Of<'refused'>): Told {
  const { layer, inputs, refusal, when } = misfit;
  const given = inputs.flatMap((each, index) => [...index === 0 ? [] : [' and '], ...givenText(each)]);
  const details = { layer: [layer], wanted: [refusal.wanted], given };
  return when === 'run' ? { cause: 'model-input', variant: 'layer', details } : { cause: 'layer-chain', variant: variantOfRefused(misfit), details };
}

/** Which advice fits. */
function variantOfRefused({ inputs, refusal: { error, values } }: Of<'refused'>): string {
  const [input, ...more] = inputs;
  if (input === undefined || more.length > 0) return 'merged';
  if (input.from === undefined) return 'beginning';
  const [wanted, found] = [Number(values.wanted), Number(values.found)];
  if (error !== 'rank') return 'refused';
  if (wanted === 3 && found === 2 && (input.from.form === 'recurrence' || input.from.form === 'both ways')) return 'sequences';
  return wanted === 2 && found > 2 ? 'flatten' : 'refused';
}

function givenText({ shape, from }: Given): readonly Fragment[] {
  const text = shape === undefined ? 'an input' : layerShapeText(shape);
  return from === undefined ? [text] : [`${text} from `, from];
}

// — data —

function variantOfData({ library: { layers } }: Fit, { as, wanted, given, loss }: Of<'data'>): string {
  if (as === 'input') return lacksBatch(wanted, given) ? 'batch' : 'input';
  const isColumn = given.length === 1 || given.at(-1) === 1;
  if (isColumn && wanted.length === 2 && loss === layers?.losses.oneHot) return wanted.at(-1) === 1 ? 'column' : 'classes';
  if (!isColumn && wanted.length === given.length && loss === layers?.losses.sparse) return 'sparse';
  return wanted.length > given.length ? 'unflattened' : 'labels';
}

/** One example, where a batch of them is wanted. */
function lacksBatch(wanted: LayerShape, given: LayerShape): boolean {
  const example = wanted.slice(1);
  return given.length === example.length && example.every((length, axis) => length == null || given[axis] == null || given[axis] === length);
}

function dataDetails({ as, wanted, by, given, from, loss }: Of<'data'>): Details {
  return {
    model: by === undefined ? ['the model'] : [by, as === 'input' ? ', with which the model begins,' : ', with which the model ends,'],
    wanted: [layerShapeText(wanted)], given: [layerShapeText(given), ' (', from, ')'], data: [from], loss: [loss ?? ''],
  };
}

function samplesDetails({ inputs, labels, from: [x, y] }: Of<'samples'>): Details {
  return { inputs: [examples(inputs), ...x === undefined ? [] : [' (', x, ')']], labels: [examples(labels), ...y === undefined ? [] : [' (', y, ')']] };
}

// — words —

function layerShapeText(lengths: LayerShape): string {
  return shapeText({ open: false, lengths });
}

function tensors(count: number): string {
  return count === 1 ? 'one tensor' : `${String(count)} tensors`;
}

function examples(count: number): string {
  return count === 1 ? 'one example' : `${String(count)} examples`;
}
