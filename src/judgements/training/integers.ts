/** Variables of integers: a step would give them fractions, and is refused. */
import type { FileRun } from '../file-run.ts';
import type { Survey } from '../gradients/survey.ts';
import type { Suspicion } from '../suspicions.ts';

export function integerVariables({ history }: FileRun, survey: Survey): readonly Suspicion[] {
  return survey.verdicts.flatMap((verdict) => {
    const { run: { form, label, library }, trace, trained } = verdict;
    const isStep = form.kind === 'variables' && form.result === 'cost' && !trace.anything;
    const about = isStep ? trained.filter((node) => history.initial.get(node)?.type === 'int32' && trace.trains(node) && trace.surelyReaches(node)).sort((a, b) => a.moment - b.moment) : [];
    const [first] = about;
    const error = library.layers?.compiling.integers;
    if (first === undefined || error === undefined || survey.proven(verdict).length > 0) return [];
    return [{ cause: 'training-call' as const, variant: 'integerVariable', site: first.site, chain: first.chain, scope: label, about, effect: { kind: 'throws' as const, library: library.title, error } }];
  });
}
