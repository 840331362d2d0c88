/** An editor, as far as ESLint's language server can tell. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface Diagnostic {
  readonly message: string;
  readonly severity: number;
  readonly source: string;
  readonly range: Range;
  readonly code: string;
  readonly codeDescription: { readonly href: string };
}
export interface Action {
  readonly title: string;
  readonly kind: string;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

function offsetOf(text: string, { line, character }: Position): number {
  return text.split('\n').slice(0, line).reduce((sum, { length }) => sum + length + 1, character);
}

/** What the range covers. */
export function textAt(text: string, { start, end }: Range): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end));
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.toSorted((one, other) => offsetOf(text, other.range.start) - offsetOf(text, one.range.start))
    .reduce((result, { range, newText }) => result.slice(0, offsetOf(text, range.start)) + newText + result.slice(offsetOf(text, range.end)), text);
}

/** Where CI is set, typescript-eslint expects each file to be linted once, and looks at no edit of another one. */
function onesOwnMachine(): NodeJS.ProcessEnv {
  const { CI: _, ...env } = process.env;
  return env;
}

export class Editor {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #project: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #versions = new Map<string, number>();
  #unread = Buffer.alloc(0);
  #requests = 0;
  #edits: readonly TextEdit[] = [];

  private constructor(project: string, installed: string) {
    this.#project = project;
    const main = path.join(installed, 'node_modules', 'vscode-langservers-extracted', 'bin', 'vscode-eslint-language-server');
    this.#server = spawn(process.execPath, [main, '--stdio'], { cwd: project, env: onesOwnMachine() });
    this.#server.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#server.stderr.resume();
    this.#server.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The language server ended with ${code}.`));
    });
  }

  /** `installed` is the folder below which the server is found; ESLint itself comes from the project. */
  static async start(project: string, installed = project): Promise<Editor> {
    const editor = new Editor(project, installed);
    await editor.#request('initialize', {
      processId: process.pid,
      rootUri: editor.#uri('.'),
      workspaceFolders: [editor.#folder],
      capabilities: {
        workspace: { configuration: true, applyEdit: true },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
          diagnostic: {},
        },
      },
    });
    editor.#notify('initialized', {});
    return editor;
  }

  open(file: string, text: string): void {
    this.#versions.set(file, 1);
    this.#notify('textDocument/didOpen', { textDocument: { uri: this.#uri(file), languageId: 'typescript', version: 1, text } });
  }

  edit(file: string, text: string): void {
    const version = this.#versions.get(file)! + 1;
    this.#versions.set(file, version);
    this.#notify('textDocument/didChange', { textDocument: { uri: this.#uri(file), version }, contentChanges: [{ text }] });
  }

  save(file: string): void {
    this.#notify('textDocument/didSave', { textDocument: { uri: this.#uri(file) } });
  }

  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    const report = await this.#request('textDocument/diagnostic', { textDocument: { uri: this.#uri(file) } });
    return (report as { readonly items: readonly Diagnostic[] }).items;
  }

  async actions(file: string, diagnostic: Diagnostic): Promise<readonly Action[]> {
    const context = { diagnostics: [diagnostic] };
    return (await this.#request('textDocument/codeAction', { textDocument: { uri: this.#uri(file) }, range: diagnostic.range, context })) as readonly Action[];
  }

  /** What the server asks the editor to change when the person takes the action. */
  async take({ command }: Action): Promise<readonly TextEdit[]> {
    this.#edits = [];
    await this.#request('workspace/executeCommand', command);
    return this.#edits;
  }

  async close(): Promise<void> {
    if (this.#server.exitCode !== null) return;
    const exit = once(this.#server, 'exit');
    this.#server.kill();
    await exit;
  }

  #uri(file: string): string {
    return pathToFileURL(path.join(this.#project, file)).href;
  }

  get #folder(): { readonly name: string; readonly uri: string } {
    return { name: 'project', uri: this.#uri('.') };
  }

  /** The settings of VS Code's extension, as it sends them when nobody has changed any. */
  get #settings(): object {
    return {
      validate: 'on', run: 'onType', quiet: false, format: false, options: {}, rulesCustomizations: [], onIgnoredFiles: 'off',
      packageManager: 'npm', nodePath: null, experimental: {}, useESLintClass: true, problems: { shortenToSingleLine: false },
      codeAction: { disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' }, showDocumentation: { enable: true } },
      codeActionOnSave: { mode: 'all' }, workspaceFolder: this.#folder, workingDirectory: { mode: 'location' },
    };
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
      this.#send({ id, method, params });
    });
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const header = this.#unread.indexOf('\r\n\r\n');
      if (header === -1) return;
      const end = header + 4 + Number(/Content-Length: (?<length>\d+)/u.exec(this.#unread.toString('latin1', 0, header))!.groups!.length);
      if (this.#unread.length < end) return;
      const message = JSON.parse(this.#unread.toString('utf8', header + 4, end)) as Message;
      this.#unread = this.#unread.subarray(end);
      this.#receive(message);
    }
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const waiting = this.#waiting.get(id!);
      this.#waiting.delete(id!);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error.message));
    } else if (id !== undefined) this.#send({ id, result: this.#answer(method, params) });
  }

  #answer(method: string, params: unknown): unknown {
    if (method === 'workspace/configuration') return (params as { readonly items: readonly unknown[] }).items.map(() => this.#settings);
    if (method !== 'workspace/applyEdit') return null;
    const { edit } = params as { readonly edit: { readonly documentChanges: readonly { readonly edits: readonly TextEdit[] }[] } };
    this.#edits = edit.documentChanges.flatMap(({ edits }) => edits);
    return { applied: true };
  }
}
