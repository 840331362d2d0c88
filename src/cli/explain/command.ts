/** `eslint-plugin-tensor explain FILE:LINE` */
import path from 'node:path';

import { libraries } from '../../libraries/index.ts';
import { librariesFor } from '../../settings/libraries.ts';
import { CannotRun } from '../cannot-run.ts';
import { createProgram } from '../../program/index.ts';
import { globalNames } from '../globals/script-tags.ts';
import { filesIn } from '../files.ts';
import type { ExplainCommand, ExplainFormat } from '../options.ts';
import { type ExitCode, exit } from '../exit.ts';
import { relativePath } from '../../paths.ts';
import type { Site } from '../../program/ir.ts';
import { isSound, projectsOf } from '../../program/projects.ts';
import { outputTo } from '../output.ts';
import type { Terminal } from '../terminal.ts';
import { sourcesOnDisk } from '../texts.ts';
import { dot } from '../../explanation/dot.ts';
import { html } from '../../explanation/html.ts';
import { mermaid } from '../../explanation/mermaid.ts';
import { flowGraph } from '../../explanation/graph.ts';
import { foundAt } from './scope.ts';
import { shapesText } from './shapes.ts';
import { svg } from '../../explanation/svg.ts';
import { type PaintedDrawing, text } from './text.ts';

const formats: Readonly<Record<ExplainFormat, (drawing: PaintedDrawing) => string | Promise<string>>> = { text, svg, html, mermaid, dot };

export async function explainCommand({ file, line, format, output: written }: ExplainCommand, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const output = outputTo(written, terminal);
  const [full, ...others] = filesIn(cwd, [file]);
  const [project] = full === undefined ? [] : projectsOf([full]);
  if (full === undefined || project === undefined || others.length > 0) throw new CannotRun(`'${file}' is a folder; \`explain\` takes a line of a file, as in \`explain src/train.ts:12\`.`);
  const sources = sourcesOnDisk();
  const compiled = project.compile();
  if (!isSound(compiled, full)) throw new CannotRun(`${relativePath(cwd, full)} cannot be parsed. Run the lint on it, which says where.`);
  const known = librariesFor({ globals: globalNames(createProgram(compiled), project, libraries) }, cwd);
  const shown = relativePath(cwd, full);
  const found = foundAt(compiled, known, full.replaceAll(path.sep, '/'), line, shown, sources);
  const textOf = (site: Site): string => found.program.text(site);
  if (found.kind === 'shapes') {
    if (format !== 'text') throw new CannotRun(`There is no gradient scope to be drawn in ${line === undefined ? shown : `line ${String(line)} of ${shown}`}. As text, \`explain\` shows the shapes of the tensors there.`);
    output.write(shapesText(found.places, { shown, textOf, paint: output.paint }));
    return exit.clean;
  }
  const { verdict, obstacles, shapes } = found;
  const graph = flowGraph(verdict, obstacles, { textOf, shapes });
  output.write(await formats[format]({ graph, sources, cwd, paint: output.paint }));
  return exit.clean;
}
