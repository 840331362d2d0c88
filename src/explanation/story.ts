/** A finding as the stages of a path: where the gradient should have gone, where it ends, what lies beyond. */
import { sentenceOf } from '../domain/reasons.ts';
import type { Finding } from '../judgements/finding.ts';
import type { Site } from '../program/index.ts';

export type Role =
  | 'source'
  /** A gradient would come through here. */
  | 'step'
  /** The call in the linted file that leads to a break in another one. */
  | 'call'
  | 'break'
  /** Beyond the break: what comes from the target does not come back. */
  | 'beyond'
  | 'target'
  /** Where a name that was used too early is declared. */
  | 'declaration';

export interface Stage {
  readonly role: Role;
  readonly site: Site;
  /** The operation or the value, as the user wrote it. */
  readonly label: string;
  /** What to say of it. */
  readonly note: string;
}

export function stagesOf(finding: Finding): readonly Stage[] {
  const { before, after, cause } = finding;
  const at = finding.elsewhere ?? finding.site;
  if (cause === 'uninitialised') {
    return [
      { role: 'break', site: at, label: '', note: 'used here' },
      ...after.map(({ label, site }): Stage => ({ role: 'declaration', site, label: '', note: `\`${label}\` is declared here` })),
    ];
  }
  const [first, ...later] = after;
  const merged = first !== undefined && samePlace(first.site, at);
  const beyond = merged ? later : after;
  // The scope itself stands for a target that came about before it.
  const known = beyond.filter(({ label }) => label !== finding.scope);
  return [
    ...before.map(({ label, site }, index): Stage => (index === 0 ? { role: 'source', site, label, note: sourceNote(finding, label) } : { role: 'step', site, label, note: label })),
    ...(finding.elsewhere === undefined ? [] : [{ role: 'call', site: finding.site, label: '', note: 'reached from here' } satisfies Stage]),
    { role: 'break', site: at, label: merged ? first.label : '', note: breakNote(finding) },
    ...known.map(({ label, site }, index): Stage => (index === known.length - 1 ? { role: 'target', site, label, note: `${label}: what ${finding.scope} differentiates` } : { role: 'beyond', site, label, note: label })),
  ];
}

/** The sentence of the cause, unless the finding is of a kind that it does not fit. */
function breakNote({ cause, variant }: Finding): string {
  if (cause === 'unwatched-constant' && variant === 'ignored') return 'the function does not use its argument';
  if (cause === 'unwatched-constant' && variant === 'inside') return 'it is made anew in every run';
  return sentenceOf(cause);
}

function sourceNote({ sources, cause }: Finding, label: string): string {
  if (!sources.includes(label)) return label;
  return `${label}: gets ${cause === 'partial-gradient' ? 'only a part of its gradient' : 'no gradient'}`;
}

function samePlace(a: Site, b: Site): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
