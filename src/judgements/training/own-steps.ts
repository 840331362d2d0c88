/** What `fit` does besides and a step of the program's own leaves out: it says that the model trains, and adds penalties. */
import type { Node } from '../../domain/graph.ts';
import type { Application, History } from '../../domain/history.ts';
import type { LayerSettings } from '../../domain/models.ts';
import type { FileRun } from '../file-run.ts';
import type { Step } from '../finding.ts';
import type { Verdict } from '../gradients/losses.ts';
import type { Survey } from '../gradients/survey.ts';
import { placeOf } from '../places.ts';
import type { Suspicion } from '../suspicions.ts';

/** A model is run in a step that trains some of its layers. */
interface Trained {
  readonly application: Application;
  readonly verdict: Verdict;
  readonly layers: readonly LayerSettings[];
}

/** Layers that are nowhere told that they train: a second look without noise, beside one with it, is a technique. */
export function sleepingLayers(run: FileRun, survey: Survey): readonly Suspicion[] {
  const told = new Set(run.history.all('application').filter(({ training }) => training === 'said').flatMap(({ layers }) => layers.flatMap((layer) => layer ?? []).map(makerOf)));
  return trainedIn(run.history, survey).flatMap(({ application, verdict, layers }) => {
    const isTrained = ({ awake, node }: LayerSettings): boolean => awake === 'noise' || (awake === 'statistics' && verdict.trained.includes(node));
    const asleep = application.training === 'said' ? [] : layers.filter((layer) => isTrained(layer) && !told.has(makerOf(layer)));
    const kinds = new Set(asleep.map(({ awake }) => awake));
    const [first] = kinds;
    if (first === undefined) return [];
    return [suspicionOf({ application, variant: kinds.size > 1 ? 'both' : first, cause: 'sleeping-layer', layers: asleep })];
  });
}

/** Layers whose weights reach the loss through the model alone, in this step and in every other, and that are given a regularizer. */
export function lostRegularizers(run: FileRun, survey: Survey): readonly Suspicion[] {
  const isAlone = (node: Node): boolean => survey.verdicts.every((verdict) => isOfLayersAlone(node, verdict));
  return trainedIn(run.history, survey).flatMap(({ application, verdict, layers }) => {
    const lost = layers.filter(({ regularised, node }) => regularised && verdict.trained.includes(node) && isAlone(node));
    return lost.length === 0 ? [] : [suspicionOf({ application, variant: 'step', cause: 'lost-regularizer', layers: lost })];
  });
}

/** Whether nothing but layers and models uses the weights: no penalty is written by hand, or made of what a model gives unseen. */
function isOfLayersAlone(weights: Node, { trace }: Verdict): boolean {
  if (trace.anything || !trace.isKnown) return false;
  const holders = [weights, ...trace.used.filter(({ parts }) => parts.includes(weights))];
  return holders.flatMap((node) => trace.usersOf(node)).every(({ to }) => to.kind === 'operation' && (to.path === undefined || to.path.startsWith('layers.')));
}

/** Applications through which a step, not an analysis, comes to weights of the model itself. */
function trainedIn(history: History, survey: Survey): readonly Trained[] {
  const applications = history.all('application');
  return survey.verdicts.flatMap((verdict) => {
    const { run: { form, tape }, trace, trained } = verdict;
    if (form.kind !== 'variables') return [];
    const live = new Set(trace.live);
    return applications.flatMap((application) => {
      const layers = application.layers.flatMap((layer) => layer ?? []);
      const isPart = application.tapes.has(tape) && application.outputs.some((node) => live.has(node));
      return isPart && layers.some(({ node }) => trained.includes(node)) ? [{ application, verdict, layers }] : [];
    });
  });
}

/** Where a layer is made: one that has no weights has no node that stays the same. */
function makerOf({ node }: LayerSettings): string {
  return placeOf(node.site);
}

interface LeftOut {
  readonly application: Application;
  readonly cause: 'sleeping-layer' | 'lost-regularizer';
  readonly variant: string;
  readonly layers: readonly LayerSettings[];
}

function suspicionOf({ application: { label, site, chain, library }, cause, variant, layers }: LeftOut): Suspicion {
  const made = layers.map(({ kind, node }): Step => ({ label: kind, site: node.site }));
  return { cause, variant, site, chain, scope: label, about: layers.map(({ node }) => node), effect: { kind: 'hampered', library: library.title }, details: { layers: listed(made) } };
}

function listed(made: readonly Step[]): readonly (string | Step)[] {
  return made.flatMap((step, index) => (index === 0 ? [step] : [index === made.length - 1 ? ' and ' : ', ', step]));
}
