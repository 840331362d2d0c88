/** What a layer takes whose weights are there: the lengths that they were made for. */
import { isAbsent, numberOf } from '../../numbers/argument.ts';
import type { ShapeForm } from './forms.ts';
import { type LayerShape, type Outcome, joined, refuses } from './layer-shape.ts';
import { type Settings, word } from './settings.ts';

/** `built`: the shape that it was built for. */
export function refusesOther(form: ShapeForm, settings: Settings, built: LayerShape, shape: LayerShape): Outcome | undefined {
  if (form.form === 'recurrence') return refusesOtherFeatures(built, shape);
  const axis = weighedAxis(form, settings, built.length);
  if (axis === undefined || axis < -1 || axis >= built.length) return undefined;
  const [wanted, found] = [built.at(axis), shape.at(axis)];
  return isOther(wanted, found) ? refuses('built axis', `a length of ${String(wanted)} on axis ${String(axis)}, for which it was built`, { axis: String(axis), wanted: String(wanted), shape: joined(shape) }) : undefined;
}

function refusesOtherFeatures(built: LayerShape, shape: LayerShape): Outcome | undefined {
  const [wanted, found] = [built[2], shape[2]];
  return isOther(wanted, found) ? refuses('built shape', `[batch, steps, ${String(wanted)}], for which it was built`, { wanted: joined([null, null, wanted]), shape: joined(shape) }) : undefined;
}

function isOther(wanted: LayerShape[number], found: LayerShape[number]): boolean {
  return wanted != null && found != null && wanted !== found;
}

/** The axis that the library holds to the weights, as it names it. */
function weighedAxis(form: ShapeForm, settings: Settings, rank: number): number | undefined {
  switch (form.form) {
    case 'dense': return -1;
    case 'convolution': case 'transposed convolution': case 'separable convolution': {
      const order = word(settings('dataFormat'), 'channelsLast');
      return order === 'channelsLast' ? rank - 1 : order === 'channelsFirst' ? 1 : undefined;
    }
    case 'normalisation': {
      const axis = isAbsent(settings('axis')) ? -1 : numberOf(settings('axis'));
      return axis === undefined || axis >= 0 ? axis : axis + rank;
    }
    default: return undefined;
  }
}
