/** The path of a gradient in the code: marks on what the stages name, and beside each line what is said of it. */
import { type EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

import { grouped } from '../../../src/grouped.ts';
import type { Stage } from '../protocol.ts';
import { made } from './element.ts';

const show = StateEffect.define<readonly Stage[]>();

/** The stages that lie in the open file. */
export function showPath(view: EditorView, stages: readonly Stage[]): void {
  view.dispatch({ effects: show.of(stages) });
}

export const path = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, { changes, effects, state }) {
    const shown = effects.find((effect) => effect.is(show));
    return shown === undefined ? decorations.map(changes) : decorationsOf(shown.value, state);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const symbols: Readonly<Record<Stage['role'], string>> = { source: '●', step: '│', call: '→', break: '✂', beyond: '┊', target: '◎', declaration: '·' };

function decorationsOf(stages: readonly Stage[], { doc }: EditorState): DecorationSet {
  const inside = stages.filter(({ place: { from, to } }) => from < to && to <= doc.length);
  const marks = inside.map(({ role, place: { from, to } }) => Decoration.mark({ class: `stage stage-${role}` }).range(from, to));
  const byLine = grouped(inside, ({ place: { from } }) => doc.lineAt(from).number);
  const beside = [...byLine].flatMap(([number, own]): Range<Decoration>[] => {
    const line = doc.line(number);
    const role = own.find((stage) => stage.role === 'break')?.role ?? own[0]!.role;
    return [
      Decoration.line({ class: `path-line path-line-${role}` }).range(line.from),
      Decoration.widget({ widget: new Notes(own), side: 1 }).range(line.to),
    ];
  });
  return Decoration.set([...marks, ...beside], true);
}

class Notes extends WidgetType {
  constructor(readonly stages: readonly Stage[]) {
    super();
  }

  override eq(other: Notes): boolean {
    return JSON.stringify(other.stages.map(noteOf)) === JSON.stringify(this.stages.map(noteOf));
  }

  override toDOM(): HTMLElement {
    return made('span', 'notes', ...this.stages.map((stage) => made('span', `note note-${stage.role}`, noteOf(stage))));
  }
}

function noteOf({ role, note }: Stage): string {
  return `${symbols[role]} ${note}`;
}
