/** How findings are put into words. */
import type { Effect, Finding, Step } from '../flow/finding.ts';
import { type LineOf, asWritten } from './page.ts';

/** The placeholders that a rule's messages may use. */
export type MessageData = Readonly<Record<'sources' | 'get' | 'be' | 'them' | 'code' | 'scope' | 'path' | 'effect' | 'where', string>>;

/** `lineOf` tells lines of the linted file. */
export function messageData(finding: Finding, lineOf: LineOf = asWritten): MessageData {
  const several = finding.sources.length > 1;
  return {
    sources: listed(finding.sources),
    get: several ? 'get' : 'gets',
    be: several ? 'are' : 'is',
    them: several ? 'them' : 'it',
    code: quoted(finding.code),
    scope: `\`${finding.scope}\``,
    path: pathText(finding, lineOf),
    effect: effectText(finding.effect, finding.sources),
    where: finding.elsewhere === undefined ? '' : ` (in ${baseName(finding.elsewhere.file)}, line ${String(finding.elsewhere.line)})`,
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  if (names.length > 4) shown.push(`${String(names.length - 4)} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** Code on one line, cut where it is long. */
function quoted(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return `\`${line.length <= 60 ? line : `${line.slice(0, 59)}…`}\``;
}

/** `w → matMul (12) → dataSync (14) ✂ tensor (15) → mean (17)`: lines of the linted file, other files by name. */
function pathText(finding: Finding, lineOf: LineOf): string {
  const { before, after, site } = finding;
  if (before.length + after.length === 0) return '';
  const file = site.file;
  const shown = before.map((step, index) => (index === 0 ? step.label : stepText(step, file, lineOf)));
  const rest = after.map((step) => stepText(step, file, lineOf));
  return ` Path: ${shortened(shown).join(' → ')} ✂ ${shortened(rest).join(' → ')}.`;
}

function stepText({ label, site }: Step, file: string, lineOf: LineOf): string {
  if (site.file !== file) return `${label} (${baseName(site.file)}:${String(site.line)})`;
  const line = lineOf(site);
  return line === undefined ? label : `${label} (${String(line)})`;
}

/** A long path keeps its ends. */
function shortened(steps: readonly string[]): readonly string[] {
  return steps.length <= 8 ? steps : [...steps.slice(0, 4), '…', ...steps.slice(-3)];
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function atStart(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function effectText(effect: Effect, sources: readonly string[]): string {
  const names = listed(sources);
  const several = sources.length > 1;
  switch (effect.kind) {
    case 'skipped': return `${atStart(effect.library)} skips ${names} without an error, so ${several ? 'they never train' : 'it never trains'}.`;
    case 'zeros': return `${atStart(effect.library)} gives zeros for ${names}, so ${several ? 'they never move' : 'it never moves'}.`;
    case 'null': return `${atStart(effect.library)} gives null for ${names}.`;
    case 'frozen-before': return `In a model, every trainable layer before this one never trains, and ${effect.library} does not say so.`;
    case 'wrong': return `${atStart(effect.library)} returns a wrong gradient without an error, or throws.`;
    case 'misdirected': return `${atStart(effect.library)} says nothing, and does something else than is meant.`;
    case 'untold': return sources.length === 0 ? 'That cannot be differentiated.' : `No gradient of ${effect.library} comes back to ${names}.`;
    case 'throws': return `At run time ${effect.library} throws ${effect.error}.`;
  }
}
