/** The programs to choose from: the scripts of docs/examples, the examples on the pages of rules, the one in the README. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

import { rules } from '../../../rules/index.ts';
import { type Example as Block, examplesOf } from '../../../tests/docs/examples.ts';
import { parseMarkers } from '../../../tests/harness/markers.ts';
import type { Code, Example } from '../example.ts';

const folder = path.resolve(import.meta.dirname, '..', '..', 'examples');
const id = 'virtual:examples';

/** The module `virtual:examples`, an array of `Example`. */
export function examples(): Plugin {
  return {
    name: 'examples',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(allExamples())};` : undefined),
  };
}

export function allExamples(): readonly Example[] {
  return [readme(), ...scripts(), ...Object.entries(rules).map(([name, { meta }]) => ofRule(name, meta.docs?.recommended ?? 'recommended'))];
}

function readme(): Example {
  const [block] = examplesOf('README.md');
  // What was seen at run time is said of the mistake.
  const mistake = { ...block!, code: block!.code.replace(/^\/\/ at run time: .*\n/gmu, '') };
  return { id: 'readme', title: 'Half a network that never trains', group: 'Start', level: 'recommended', mistake: codeOf(mistake), correct: codeOf({ ...mistake, code: mended(mistake.code) }) };
}

/** The statement before the scope is moved into it. */
function mended(code: string): string {
  return code.replace(/^ {2}(?<features>const .*\n) {2}(?<call>.*\(\) => )(?<loss>.*)\);$/mu, '  $<call>{\n    $<features>    return $<loss>;\n  });');
}

interface Script {
  readonly folder: string;
  readonly style: string;
  readonly mistake: Version & { readonly file: string };
  readonly correct: Version;
}

interface Version {
  readonly main: string;
  readonly files: readonly string[];
}

function scripts(): readonly Example[] {
  const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as readonly Script[];
  return index.map(({ folder: own, style, mistake, correct }) => ({
    id: own, title: style.charAt(0).toUpperCase() + style.slice(1), group: 'Training scripts', level: 'recommended',
    mistake: version(own, mistake.file, mistake), correct: version(own, correct.main, correct),
  }));
}

function version(own: string, open: string, { files }: Version): Code {
  return { files: files.map((name) => ({ name, text: readFileSync(path.join(folder, own, name), 'utf8') })), open };
}

function ofRule(name: string, level: Example['level']): Example {
  const blocks = examplesOf(`docs/rules/${name}.md`);
  const first = (kind: string): Code => codeOf(blocks.find((block) => block.kind === kind)!);
  return { id: name, title: name, group: 'Rules', level, mistake: first('incorrect'), correct: first('correct') };
}

/** Without the reports that the page shows under the code, for here the reports are real. */
function codeOf({ code, language }: Block): Code {
  const marked = new Set(parseMarkers(code).flatMap(({ at, source }) => source.map((_, index) => at + index)));
  const text = code.split('\n').filter((_, index) => !marked.has(index + 1)).join('\n');
  return { files: [{ name: `train.${language}`, text }], open: `train.${language}` };
}
