/** What the scopes of a file do to gradients. */
import type { Node } from '../../domain/graph.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { namesAlone, steps } from '../names.ts';
import { mistakeKey, placeOf } from '../places.ts';
import { ScopeVerdict, type Unjudged } from './inspection.ts';
import type { Loss, Verdict } from './losses.ts';
import { type PartialLoss, partialLosses } from './partial.ts';
import { replacements } from './mistakes.ts';
import { earlyUse, mistakeFindings, replacementFindings, Reporter, untilTarget } from './report.ts';
import { isDetachHelper } from './suggestions.ts';
import { Survey } from './survey.ts';

export interface GradientJudgement {
  readonly survey: Survey;
  readonly scopes: readonly ScopeVerdict[];
  readonly unjudged: readonly Unjudged[];
  readonly findings: readonly Finding[];
  /** Places where a path ends of which a finding speaks. */
  readonly spoken: ReadonlySet<string>;
}

export function judgeGradients(run: FileRun): GradientJudgement {
  const survey = new Survey(run);
  const judged = survey.verdicts.map((verdict) => ({ verdict, losses: survey.proven(verdict) }));
  const cuts = new Set(judged.flatMap(({ losses }) => losses.flatMap(cutPlace)));
  const partial = judged.map(({ verdict }) => partialLosses(run.program, verdict).filter(({ at }) => !cuts.has(placeOf(at.after.site))));
  const replacing = replacements(run);
  const replaced = new Set([...replacing].map(({ site }) => placeOf(site)));
  const others = survey.mistakes.filter(({ site }) => !replaced.has(placeOf(site)));
  const mistakes = [...others.flatMap((mistake) => mistakeFindings(run, mistake)), ...[...replacing].flatMap((node) => replacementFindings(run, node))];
  const uses = run.history.all('uninitialised').filter(({ tapes }) => tapes !== undefined).map((use) => ({ use, findings: earlyUse(run, use) }));
  const earlyIn = ({ run: { tape } }: Verdict): readonly Finding[] => uses.filter(({ use }) => use.tapes?.has(tape) === true).flatMap(({ findings }) => findings);
  const scopes = judged.map(({ verdict, losses }, index) => new ScopeVerdict({
    verdict, losses, findings: findingsOf(run, verdict, losses.filter((loss) => !comesOf(loss, replacing)), partial[index] ?? []), mistakes: [...mistakes.filter(({ site }) => isWithin(site, verdict.run.site)), ...earlyIn(verdict)],
    trainsOtherwise: (node) => survey.trainsUntold(verdict.run.site, node),
  }, run));
  const early = uses.flatMap(({ findings }) => findings);
  const spoken = new Set([...cuts, ...partial.flatMap((each) => each.map(({ at }) => placeOf(at.after.site)))]);
  return { survey, scopes, unjudged: unjudgedIn(run, survey, mistakes), findings: told(scopes, [...early, ...mistakes]), spoken };
}

function unjudgedIn(run: FileRun, { failing }: Survey, mistakes: readonly Finding[]): readonly Unjudged[] {
  return run.history.all('scope').filter(({ target }) => target === undefined).map((scope) => {
    const told = mistakes.find(({ effect, site }) => effect.kind === 'throws' && isWithin(site, scope.site))?.effect;
    return { run: scope, throws: told?.kind === 'throws' ? told.error : failing.has(scope.tape) ? scope.library.errors.noTensor : undefined };
  });
}

function cutPlace(loss: Loss): readonly string[] {
  return loss.kind === 'severed' ? [placeOf(loss.at.after.site)] : [];
}

/** What is told where the name was given another value is not told again by all that use it. */
function comesOf(loss: Loss, replacing: ReadonlySet<Node>): boolean {
  return loss.kind === 'severed' && [loss.at.after, ...loss.at.path].some((node) => replacing.has(node));
}

/** What a layer or loss shows alone is told better by the model that it is part of. */
function told(scopes: readonly ScopeVerdict[], besides: readonly Finding[]): readonly Finding[] {
  const isAlone = ({ run }: ScopeVerdict): boolean => run.form.kind === 'function';
  const whole = [...scopes.filter((scope) => !isAlone(scope)).flatMap(({ findings }) => findings), ...besides];
  const places = new Set(whole.map(mistakeKey));
  return [...whole, ...scopes.filter(isAlone).flatMap(({ findings }) => findings.filter((finding) => !places.has(mistakeKey(finding))))];
}

function findingsOf(run: FileRun, verdict: Verdict, losses: readonly Loss[], partial: readonly PartialLoss[]): readonly Finding[] {
  const reporter = new Reporter(run, verdict);
  return [...losses.flatMap((loss) => reporter.report(loss)), ...partial.flatMap((loss) => partialFinding(run, verdict, reporter, loss))];
}

/** A path that is cut beside others. */
function partialFinding(run: FileRun, { trace }: Verdict, reporter: Reporter, { at, form, sources, alive }: PartialLoss): readonly Finding[] {
  const helper = at.cause === 'host-read' ? isDetachHelper(run.program, at, trace) : undefined;
  const { site, chain } = helper ?? at.after;
  return reporter.place({
    cause: 'partial-gradient', variant: form, site, chain, sources: namesAlone(run, sources),
    before: steps(run, at.path), after: steps(run, untilTarget(trace.onward(at.after))),
    effect: { kind: 'partial', alive: steps(run, untilTarget(alive)) },
  });
}
