/** The playground: what is typed goes to the worker, and what it says is shown. */
import examples from 'virtual:examples';

import { grouped } from '../../../src/grouped.ts';
import type { Code, Example, Level } from '../example.ts';
import type { Place, Problem, Report, Suggestion } from '../protocol.ts';
import { type Address, type Version, read, written } from './address.ts';
import { Client, Latest } from './client.ts';
import { Editor } from './editor.ts';
import { button, found, made } from './element.ts';
import { showFlow } from './flow.ts';
import { problemItems } from './problems.ts';
import { beginTheme } from './theme.ts';

const status = found('status', 'p');
const choice = found('example', 'select');
const versions = { mistake: found('mistake', 'button'), correct: found('correct', 'button') };
const strict = found('strict', 'input');
const tabs = found('files', 'div');
const list = found('problems', 'ol');

const client = new Client();
const checks = new Latest();
const addresses = new Latest();

/** What is shown; texts of files that are not open are kept here. */
let code: Code = { files: [], open: '' };
/** The example that the code was, until it was changed. */
let example: { readonly of: Example; readonly version: Version } | undefined;
let report: Report | undefined;
/** The text that the report is about. */
let checked = '';

const editor = new Editor(found('editor', 'div'), {
  changed: () => { check(); },
  typesAt: (offset) => client.ask<'types'>({ kind: 'types', code: current(), offset }),
  completionsAt: (offset) => client.ask<'completions'>({ kind: 'completions', code: current(), offset }),
});

function level(): Level {
  return strict.checked ? 'strict' : 'recommended';
}

/** The program with what has been typed. */
function current(): Code {
  return { ...code, files: code.files.map((file) => (file.name === code.open ? { ...file, text: editor.text } : file)) };
}

function check(): void {
  keepAddress();
  const began = performance.now();
  const { dataset } = document.documentElement;
  // For those who wait: a check is answered when its number, or a later one, is.
  const number = String(Number(dataset.asked ?? 0) + 1);
  dataset.asked = number;
  checks.run(async () => {
    const asked = current();
    const text = editor.text;
    try {
      const answer = await client.ask<'check'>({ kind: 'check', code: asked, level: level(), cursor: editor.cursor });
      // What has been typed meanwhile is asked next; marks would stand in the wrong place.
      if (editor.text === text && code.open === asked.open) show(answer, text);
      dataset.took = String(Math.round(performance.now() - began));
    } catch (error) {
      status.textContent = `The analysis failed: ${error instanceof Error ? error.message : String(error)}`;
    }
    dataset.answered = number;
  });
}

function show(answer: Report, text: string): void {
  const isFirst = report === undefined;
  const isNew = report === undefined || checked !== text || JSON.stringify(report.problems) !== JSON.stringify(answer.problems);
  report = answer;
  checked = text;
  if (isNew) editor.showProblems(answer.problems);
  const chosen = problemAt(answer.problems, editor.cursor);
  editor.showPath((chosen?.stages ?? []).filter(({ place }) => place.file === code.open));
  if (isFirst && chosen !== undefined) editor.reveal(chosen.place.from);
  list.replaceChildren(...problemItems(answer.problems, chosen, { go, accept }));
  showFlow(answer.flow, answer.scopes, go);
  status.textContent = told(answer);
  status.className = answer.problems.some(({ severity }) => severity === 'error') ? 'bad' : answer.problems.length > 0 ? 'doubtful' : 'good';
}

function told({ problems, scopes }: Report): string {
  if (problems.length > 0) return problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return scopes.length > 0 ? 'No problems found' : 'No gradient scope in this file';
}

/** The one under the cursor; of several the one that begins last. The first where there is none, for its path is what one came for. */
function problemAt(problems: readonly Problem[], cursor: number): Problem | undefined {
  const around = problems.filter(({ place }) => place.from <= cursor && cursor <= place.to);
  return around.toSorted((a, b) => b.place.from - a.place.from)[0] ?? problems[0];
}

function go({ file, from, to }: Place): void {
  if (file !== code.open && code.files.some(({ name }) => name === file)) openFile(file);
  if (file === code.open) editor.select(from, to);
}

function accept(suggestion: Suggestion): void {
  editor.accept(suggestion);
}

function openFile(name: string): void {
  code = { ...current(), open: name };
  editor.open(code.files.find((file) => file.name === name)?.text ?? '');
  showTabs();
  report = undefined;
  check();
}

function showTabs(): void {
  tabs.hidden = code.files.length < 2;
  tabs.replaceChildren(...code.files.map(({ name }) => {
    const tab = button('tab', name, () => { openFile(name); });
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', String(name === code.open));
    return tab;
  }));
}

function load(program: Code, wanted: Level): void {
  code = program;
  strict.checked = wanted === 'strict';
  report = undefined;
  editor.open(program.files.find(({ name }) => name === program.open)?.text ?? '');
  showTabs();
  showChoice();
  check();
}

function loadExample(of: Example, wanted: Version): void {
  const version = of[wanted] === undefined ? 'mistake' : wanted;
  example = { of, version };
  load(of[version] ?? of.mistake, of.level);
}

function showChoice(): void {
  choice.value = example?.of.id ?? '';
  for (const version of ['mistake', 'correct'] as const) {
    versions[version].disabled = example?.of[version] === undefined;
    versions[version].setAttribute('aria-pressed', String(example?.version === version));
  }
}

/** What the address says while it is still the example's. */
function keepAddress(): void {
  addresses.run(async () => {
    const now = current();
    const hash = await written(addressOf(now));
    history.replaceState(null, '', hash);
  });
}

function addressOf(now: Code): Address {
  const edited: Address = { kind: 'code', code: now, level: level() };
  if (example === undefined) return edited;
  const { of, version } = example;
  const isUnchanged = level() === of.level && JSON.stringify(of[version]?.files) === JSON.stringify(now.files);
  return isUnchanged ? { kind: 'example', id: of.id, version } : edited;
}

async function loadAddress(): Promise<void> {
  const address = await read(location.hash);
  if (address?.kind === 'code') {
    example = undefined;
    load(address.code, address.level);
    return;
  }
  const known = examples.find(({ id }) => id === address?.id) ?? examples[0];
  if (known !== undefined) loadExample(known, address?.version ?? 'mistake');
}

function begin(): void {
  beginTheme(found('theme', 'button'));
  const own = made('option', '', 'Your code');
  own.value = '';
  choice.append(own, ...[...grouped(examples, ({ group }) => group)].map(([group, members]) => {
    const options = made('optgroup', '', ...members.map(({ id, title }) => Object.assign(made('option', '', title), { value: id })));
    options.label = group;
    return options;
  }));
  choice.addEventListener('change', () => {
    const wanted = examples.find(({ id }) => id === choice.value);
    if (wanted !== undefined) loadExample(wanted, 'mistake');
  });
  for (const version of ['mistake', 'correct'] as const) {
    versions[version].addEventListener('click', () => { if (example !== undefined) loadExample(example.of, version); });
  }
  strict.addEventListener('change', () => { report = undefined; check(); });
  found('share', 'button').addEventListener('click', () => { void share(); });
  addEventListener('hashchange', () => { void loadAddress(); });
  void loadAddress();
}

async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = 'Link copied';
  } catch {
    status.textContent = 'Copy the link from the address bar';
  }
}

begin();
