/** What the editor says of types: on hovering, and for what is being typed. */
import ts from 'typescript';

import type { Completions, TypeInfo } from '../protocol.ts';
import { nameOf } from './workspace.ts';

export function typeAt(service: ts.LanguageService, open: string, offset: number, shape: string | undefined): TypeInfo | undefined {
  const info = service.getQuickInfoAtPosition(nameOf(open), offset);
  if (info === undefined) return undefined;
  const { start, length } = info.textSpan;
  return { from: start, to: start + length, type: ts.displayPartsToString(info.displayParts), shape, documentation: ts.displayPartsToString(info.documentation) };
}

const most = 200;

export function completionsAt(service: ts.LanguageService, text: string, open: string, offset: number): Completions {
  const typed = /[\p{ID_Continue}$]*$/u.exec(text.slice(0, offset))?.[0] ?? '';
  const entries = service.getCompletionsAtPosition(nameOf(open), offset, undefined)?.entries ?? [];
  const fitting = entries.filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase())).toSorted((a, b) => (a.sortText + a.name < b.sortText + b.name ? -1 : 1));
  return { from: offset - typed.length, options: fitting.slice(0, most).map(({ name, kind }) => ({ label: name, kind: kinds[kind] ?? 'variable' })) };
}

/** The editor has icons for fewer kinds. */
const kinds: Readonly<Record<string, string>> = {
  [ts.ScriptElementKind.functionElement]: 'function', [ts.ScriptElementKind.memberFunctionElement]: 'method', [ts.ScriptElementKind.classElement]: 'class',
  [ts.ScriptElementKind.memberVariableElement]: 'property', [ts.ScriptElementKind.interfaceElement]: 'interface', [ts.ScriptElementKind.moduleElement]: 'namespace',
  [ts.ScriptElementKind.keyword]: 'keyword', [ts.ScriptElementKind.constElement]: 'constant', [ts.ScriptElementKind.typeElement]: 'type', [ts.ScriptElementKind.enumElement]: 'enum',
};
