/** Layers that go through the steps of a sequence. */
import { isAbsent, numberOf } from '../../numbers/argument.ts';
import { type LayerShape, type Outcome, computed, gives, jsonOf, refuses, unknownOutcome } from './layer-shape.ts';
import { type Settings, switched, word } from './settings.ts';
import { refusesRank } from './windows.ts';

/** What a layer that another one runs makes of a shape. */
export type Inner = (shape: LayerShape) => Outcome;

const wanted = '[batch, steps, features]';

export function recurrence(settings: Settings, shape: LayerShape, states: number): Outcome {
  const refused = refusesRank(shape, 3, wanted);
  if (refused !== undefined) return refused;
  const units = numberOf(settings('units'));
  const [sequences, state] = [switched(settings('returnSequences')), switched(settings('returnState'))];
  // The kernel would have an open length.
  if (state === undefined || shape[2] === null) return unknownOutcome;
  const output = sequences === undefined ? undefined : sequences ? [shape[0], shape[1], units] : [shape[0], units];
  if (!state) return gives(output);
  return { kind: 'gives', shapes: [output, ...new Array<LayerShape>(states).fill([shape[0], units])], several: true };
}

export function bothWays(settings: Settings, shape: LayerShape, inner: Inner): Outcome {
  const refused = refusesRank(shape, 3, wanted);
  if (refused !== undefined) return refused;
  const outcome = inner(shape);
  const mode = settings('mergeMode');
  if (outcome.kind !== 'gives' || outcome.several || (isAbsent(mode) && !(mode.kind === 'constant' && mode.value === undefined))) return unknownOutcome;
  const [output] = outcome.shapes;
  const how = word(mode, 'concat');
  if (how === undefined || output === undefined) return gives(undefined);
  return gives(how === 'concat' ? [...output.slice(0, -1), computed([output.at(-1)], (length = 0) => 2 * length)] : output);
}

export function eachStep(shape: LayerShape, inner: Inner): Outcome {
  if (shape.length < 3) return refuses('rank of time distributed', 'rank 3 or more, [batch, steps, …]', { shape: jsonOf(shape) });
  const outcome = inner([shape[0], ...shape.slice(2)]);
  const [output] = outcome.kind === 'gives' && !outcome.several ? outcome.shapes : [];
  return output === undefined ? unknownOutcome : gives([output[0], shape[1], ...output.slice(1)]);
}
