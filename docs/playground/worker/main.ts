/** Compiles, lints and draws, so that the page can always be typed in. */
import declarations from 'virtual:declarations';

import type { Answers, Question, Reply, Request } from '../protocol.ts';
import { Reporter } from './report.ts';
import { shapeAt } from './shapes.ts';
import { completionsAt, typeAt } from './types.ts';
import { Workspace, nameOf } from './workspace.ts';

const workspace = new Workspace(declarations);
const reporter = new Reporter(workspace);

async function answerTo(request: Request): Promise<Answers[Request['kind']]> {
  const { files, open } = request.code;
  const program = workspace.update(files);
  switch (request.kind) {
    case 'check': return reporter.report(program, open, request.level, request.cursor);
    case 'types': return typeAt(workspace.languageService, open, request.offset, shapeAt(program, nameOf(open), request.offset, reporter.shapes(program, open)));
    case 'completions': return completionsAt(workspace.languageService, workspace.text(nameOf(open)), open, request.offset);
  }
}

addEventListener('message', ({ data: { id, request } }: MessageEvent<Question>) => {
  const say = (reply: Reply): void => { postMessage(reply); };
  answerTo(request).then((answer) => { say({ id, answer }); }, (error: unknown) => { say({ id, failure: error instanceof Error ? error.message : String(error) }); });
});
