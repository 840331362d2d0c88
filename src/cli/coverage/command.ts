/** `eslint-plugin-tensor coverage [paths]` */
import { type ExitCode, exit } from '../exit.ts';
import { filesIn } from '../files.ts';
import type { CoverageCommand, CoverageFormat } from '../options.ts';
import { outputTo } from '../output.ts';
import { relativePath } from '../../paths.ts';
import { progressOn } from '../progress.ts';
import { sourcesOnDisk } from '../texts.ts';
import { type Terminal, widthOf } from '../terminal.ts';
import { collect } from './collect.ts';
import { json } from './json.ts';
import { type Rendering, text } from './text.ts';

const formats: Readonly<Record<CoverageFormat, (rendering: Rendering) => string>> = { text, json };

export function coverageCommand({ paths, format, output: written }: CoverageCommand, terminal: Terminal): ExitCode {
  const { cwd, stderr } = terminal;
  const output = outputTo(written, terminal);
  const files = filesIn(cwd, paths);
  const progress = progressOn(stderr, widthOf(stderr));
  const warn = (sentence: string): void => void stderr.write(`${sentence}\n`);
  const coverage = collect({ cwd, files, progress, warn });
  progress.done();
  output.write(formats[format]({ coverage, sources: sourcesOnDisk(), cwd, paint: output.paint }));
  for (const { file, reason } of coverage.failed) warn(`Nothing is known of ${relativePath(cwd, file)}: ${reason}. Run the lint on it, which says more.`);
  return coverage.failed.length > 0 ? exit.failed : exit.clean;
}
