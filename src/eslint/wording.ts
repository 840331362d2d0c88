/** How findings are put into words. */
import type { Finding, Fragment, Step } from '../judgements/finding.ts';
import { folderOf, relative } from '../paths.ts';
import { type LineOf, asWritten } from './page.ts';

/** The placeholders that a rule's messages may use. */
export type MessageData = Readonly<Record<'sources' | 'get' | 'be' | 'them' | 'code' | 'scope' | 'path' | 'effect' | 'where' | 'made' | 'name' | 'tensors' | 'variables' | 'arguments', string>> & Readonly<Record<string, string>>;

/** `lineOf` tells lines of the linted file. */
export function messageData(finding: Finding, lineOf: LineOf = asWritten): MessageData {
  const several = finding.sources.length > 1;
  return {
    sources: listed(finding.sources),
    name: finding.sources[0] ?? '',
    tensors: several ? 'plain tensors' : 'a plain tensor',
    variables: several ? 'variables' : 'a variable',
    arguments: several ? 'arguments' : 'an argument',
    get: several ? 'get' : 'gets',
    be: several ? 'are' : 'is',
    them: several ? 'them' : 'it',
    code: quoted(finding.code),
    scope: `\`${finding.scope}\``,
    path: pathText(finding, lineOf),
    made: joined(finding.before.map((step) => madeText(step, finding.site.file, lineOf))),
    effect: effectText(finding, lineOf),
    ...detailTexts(finding, lineOf),
    where: finding.elsewhere === undefined ? '' : ` (in ${pathFrom(finding.site.file, finding.elsewhere.file)}, line ${String(finding.elsewhere.line)})`,
  };
}

/** The placeholders of a rule's own. */
function detailTexts({ details = {}, site }: Finding, lineOf: LineOf): Readonly<Record<string, string>> {
  const textOf = (fragment: Fragment): string => (typeof fragment === 'string' ? inSentence(fragment) : madeText(fragment, site.file, lineOf));
  return Object.fromEntries(Object.entries(details).map(([name, fragments]) => [name, fragments.map(textOf).join('')]));
}

function listed(names: readonly string[], word: Conjunction = 'and'): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  if (names.length > 4) shown.push(`${String(names.length - 4)} more`);
  return joined(shown, word);
}

type Conjunction = 'and' | 'or';

function joined(texts: readonly string[], word: Conjunction = 'and'): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${word} ${last}`;
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
  const rest = after.map((step) => stepText(step, file, lineOf));
  return ` Path: ${pathOf(before, file, lineOf).join(' → ')} ✂ ${shortened(rest).join(' → ')}.`;
}

/** From a source on, which stands without a line. */
function pathOf(steps: readonly Step[], file: string, lineOf: LineOf): readonly string[] {
  return shortened(steps.map((step, index) => (index === 0 ? step.label : stepText(step, file, lineOf))));
}

function stepText({ label, site }: Step, file: string, lineOf: LineOf): string {
  if (site.file !== file) return `${label} (${pathFrom(file, site.file)}:${String(site.line)})`;
  const line = lineOf(site);
  return line === undefined ? label : `${label} (${String(line)})`;
}

/** `encoder` (line 3): where something was made. */
function madeText({ label, site }: Step, file: string, lineOf: LineOf): string {
  if (site.file !== file) return `\`${label}\` (${pathFrom(file, site.file)}:${String(site.line)})`;
  const line = lineOf(site);
  return line === undefined ? `\`${label}\`` : `\`${label}\` (line ${String(line)})`;
}

/** A long path keeps its ends. */
function shortened(steps: readonly string[]): readonly string[] {
  return steps.length <= 8 ? steps : [...steps.slice(0, 4), '…', ...steps.slice(-3)];
}

/** As the linted file would import it: names alone are the same in many folders. */
function pathFrom(file: string, other: string): string {
  return relative(folderOf(file), other);
}

function atStart(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

const whens: Readonly<Record<Extract<Finding['effect'], { kind: 'not-finite' }>['when'], string>> = {
  always: '', 'in the first step': ' in the first step', 'where the guard is needed': ' as soon as one element needs the guard',
  'where one rounds to zero': ' as soon as one element rounds to 0', 'where all are zero': ' as soon as all of them are 0',
};

const onces: Readonly<Record<NonNullable<Extract<Finding['effect'], { kind: 'throws' }>['once']>, string>> = {
  'it is reached': 'Where the scope comes to it then,', 'another round follows': 'Then',
};

function effectText({ effect, sources, site }: Finding, lineOf: LineOf): string {
  const names = listed(sources);
  const several = sources.length > 1;
  switch (effect.kind) {
    case 'skipped': return `${atStart(effect.library)} skips ${names} without an error, so ${several ? 'they never train' : 'it never trains'}.`;
    case 'throws-unless': return `At run time ${effect.library} throws ${inSentence(effect.error)}, unless ${effect.others.length === 0 ? 'something else' : listed(effect.others, 'or')} gets a gradient: then ${names} ${several ? 'get' : 'gets'} none, and no error says so.`;
    case 'left': return `However long the model is fitted, ${names} ${several ? 'stay as they are' : 'stays as it is'}.`;
    case 'zeros': {
      const from = effect.from === undefined ? '' : `, which come from ${madeText(effect.from, site.file, lineOf)}`;
      const zeros = `${atStart(effect.library)} gives zeros for ${names}${from}`;
      if (effect.unless === undefined) return `${zeros}, so ${several ? 'they never move' : 'it never moves'}.`;
      return `${zeros}, or NaN where the derivative of ${madeText(effect.unless, site.file, lineOf)} is not finite, so ${several ? 'they never train' : 'it never trains'}.`;
    }
    case 'null': return `${atStart(effect.library)} gives null for ${names}.`;
    case 'frozen-before': return `In a model, every trainable layer before this one never trains, and ${effect.library} does not say so.`;
    case 'wrong': return `${atStart(effect.library)} returns a wrong gradient without an error, or throws.`;
    case 'misdirected': return `${atStart(effect.library)} says nothing, and does something else than is meant.`;
    case 'untold': return sources.length === 0 ? 'That cannot be differentiated.' : `No gradient of ${effect.library} comes back to ${names}.`;
    case 'partial': return `What stays alive is ${pathOf(effect.alive, site.file, lineOf).join(' → ')}.`;
    case 'slow': return 'Each step takes longer than it has to.';
    case 'built': return `${atStart(effect.library)} builds the model all the same; once it runs, this layer throws, or gives the same whatever goes in.`;
    case 'hampered': return `${atStart(effect.library)} says nothing, and the model learns slowly, badly or not at all.`;
    case 'not-finite': return `${atStart(effect.library)} gives NaN or Infinity as the gradient of ${names}${whens[effect.when]}, and a step with it makes ${several ? 'them' : 'it'} NaN or infinite.`;
    case 'spreads': return `${atStart(effect.library)} says nothing, and all that is computed with it is NaN.`;
    case 'mixed': return `${atStart(effect.library)} moves each variable with the moments of another one, or throws where their shapes differ.`;
    case 'useless': return 'It costs a backward pass, and nothing is trained by it.';
    case 'alike': return 'However long it trains, each layer is as good as one unit.';
    case 'throws': return `${effect.once === undefined ? 'At run time' : onces[effect.once]} ${effect.library} throws ${inSentence(effect.error)}.`;
  }
}

/** What is quoted leaves its own full stop behind: the sentence around it has one. */
function inSentence(quotation: string): string {
  return quotation.replace(/\."$/u, '"');
}
