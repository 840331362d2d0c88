/** The editor: CodeMirror with what the worker knows of types and problems. */
import { type CompletionContext, type CompletionResult, autocompletion } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, type Tooltip, hoverTooltip } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';

import type { Completions, Problem, Stage, Suggestion, TypeInfo } from '../protocol.ts';
import { made, prose } from './element.ts';
import { path, showPath } from './notes.ts';

export interface EditorEvents {
  /** The text has changed, or the cursor has moved. */
  readonly changed: () => void;
  readonly typesAt: (offset: number) => Promise<TypeInfo | undefined>;
  readonly completionsAt: (offset: number) => Promise<Completions>;
}

/** Colours are those of the page, which knows light and dark. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--keyword)' },
  { tag: [tags.string, tags.regexp], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: [tags.typeName, tags.className], color: 'var(--type)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--function)' },
  { tag: tags.comment, color: 'var(--comment)', fontStyle: 'italic' },
]);

export class Editor {
  readonly #view: EditorView;
  readonly #extensions;

  constructor(parent: HTMLElement, events: EditorEvents) {
    this.#extensions = [
      basicSetup,
      javascript({ typescript: true }),
      syntaxHighlighting(highlighting),
      path,
      // The notes beside a line stand below it where there is no room.
      EditorView.lineWrapping,
      autocompletion({ override: [(context) => completions(context, events)] }),
      hoverTooltip((_view, offset) => typeTooltip(offset, events)),
      EditorView.updateListener.of((update) => {
        if (update.docChanged || update.selectionSet) events.changed();
      }),
      EditorView.contentAttributes.of({ 'aria-label': 'Code', autocapitalize: 'off', autocorrect: 'off' }),
    ];
    this.#view = new EditorView({ parent, extensions: this.#extensions });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  get cursor(): number {
    return this.#view.state.selection.main.head;
  }

  /** Begins anew with another text. */
  open(text: string): void {
    this.#view.setState(EditorState.create({ doc: text, extensions: this.#extensions }));
  }

  select(from: number, to: number): void {
    const { length } = this.#view.state.doc;
    this.#view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, effects: EditorView.scrollIntoView(Math.min(from, length), { y: 'center' }) });
    this.#view.focus();
  }

  /** Shows a place without going there. */
  reveal(offset: number): void {
    this.#view.dispatch({ effects: EditorView.scrollIntoView(Math.min(offset, this.#view.state.doc.length), { y: 'nearest', yMargin: 100 }) });
  }

  accept({ from, to, text }: Suggestion): void {
    this.#view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from }, userEvent: 'input.suggestion' });
    this.#view.focus();
  }

  showProblems(problems: readonly Problem[]): void {
    this.#view.dispatch(setDiagnostics(this.#view.state, problems.map((problem) => this.#diagnostic(problem))));
  }

  showPath(stages: readonly Stage[]): void {
    showPath(this.#view, stages);
  }

  #diagnostic({ severity, rule, place: { from, to }, sentence, suggestions }: Problem): Diagnostic {
    const { length } = this.#view.state.doc;
    return {
      from: Math.min(from, length), to: Math.min(to, length), severity,
      ...(rule === undefined ? {} : { source: rule.name }),
      message: sentence,
      renderMessage: () => made('span', 'message', ...prose(sentence)),
      actions: suggestions.map((suggestion) => ({ name: suggestion.title, apply: () => { this.accept(suggestion); } })),
    };
  }
}

async function completions(context: CompletionContext, { completionsAt }: EditorEvents): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\p{ID_Continue}$]+$/u);
  const afterDot = context.matchBefore(/\.[\p{ID_Continue}$]*$/u);
  if (!context.explicit && word === null && afterDot === null) return null;
  const { from, options } = await completionsAt(context.pos);
  return { from, options: options.map(({ label, kind }) => ({ label, type: kind })), validFor: /^[\p{ID_Continue}$]*$/u };
}

async function typeTooltip(offset: number, { typesAt }: EditorEvents): Promise<Tooltip | null> {
  const info = await typesAt(offset);
  if (info === undefined) return null;
  const { from, to, type, shape, documentation } = info;
  return {
    pos: from, end: to, above: true,
    create: () => ({ dom: made('div', 'types', made('code', '', type), ...(shape === undefined ? [] : [made('p', 'shape', 'shape ', made('code', '', shape))]), ...(documentation === '' ? [] : [made('p', '', documentation)])) }),
  };
}
