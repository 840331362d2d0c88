/** Stack traces of the programs that run here: their own frames only, as places in their sources. */
import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Frame, Thrown } from '../observation.ts';

const traces = new WeakMap<object, readonly NodeJS.CallSite[]>();

/** Keeps every stack trace as it is, and deep. `isProgram` says which files are programs. */
export function keepTraces(): void {
  Error.stackTraceLimit = 200;
  Error.prepareStackTrace = (error, sites) => {
    traces.set(error, sites);
    // Loaders read stack traces too: the text stays what it is.
    return [String(error), ...sites.map((site) => `    at ${site.getFunctionName() ?? '<anonymous>'} (${site.getFileName() ?? 'native'}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0})`)].join('\n');
  };
}

/** Where the program is now. */
export function framesHere(isProgram: (file: string) => boolean): readonly Frame[] {
  return framesOf(new Error(), isProgram);
}

function framesOf(error: Error, isProgram: (file: string) => boolean): readonly Frame[] {
  return sitesOf(error).flatMap((site) => {
    const frame = original(site);
    return frame !== undefined && isProgram(frame.file) ? frame : [];
  });
}

/** Traces are made when they are first asked for. */
const sitesOf = (error: Error): readonly NodeJS.CallSite[] => (error.stack === undefined ? [] : (traces.get(error) ?? []));

/** Whether the caller of the recorded function is a program: above are this function, the recorder and the recorded function. */
export function isDirectCaller(isProgram: (file: string) => boolean): boolean {
  const frame = original(sitesOf(new Error())[3]);
  return frame !== undefined && isProgram(frame.file);
}

/** Whether a constructor of that name is at work. */
export function isConstructing(name: RegExp): boolean {
  return sitesOf(new Error()).some((site) => site.isConstructor() && name.test(site.getFunctionName() ?? ''));
}

export function thrown(error: unknown, isProgram: (file: string) => boolean): Thrown {
  if (!(error instanceof Error)) return { name: typeof error, message: String(error), frames: [] };
  return { name: error.name, message: error.message, frames: framesOf(error, isProgram) };
}

/** Where a frame stands in the file as written. */
function original(site: NodeJS.CallSite | undefined): Frame | undefined {
  if (site === undefined) return undefined;
  const name = site.getFileName();
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (name == null || line === null || column === null || name.startsWith('node:') || name.includes('/node_modules/')) return undefined;
  const file = (name.startsWith('file:') ? fileURLToPath(name) : name).replace(/\?.*$/u, '');
  const resumed = site.isAsync();
  const entry = findSourceMap(name)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalLine' in entry)) return { file, line, column, resumed };
  return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1, resumed };
}
