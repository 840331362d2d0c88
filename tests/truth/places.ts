/** Brings together the places of the analysis, which are stretches of text, and those of stack traces. */
import { readFileSync } from 'node:fs';

import type { CallChain } from '../../src/domain/calls.ts';
import type { Site } from '../../src/program/ir.ts';
import type { Frame } from './observation.ts';

const lineStarts = new Map<string, readonly number[]>();

function startsOf(file: string): readonly number[] {
  return lineStarts.get(file) ?? hold(file, readFileSync(file, 'utf8'));
}

/** Says what a file holds that is nowhere on disk. */
export function hold(file: string, text: string): readonly number[] {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  lineStarts.set(file, starts);
  return starts;
}

/** Whether a stack frame stands in a stretch of text. A resumed function stands at its `await`, before the call. */
export function covers(site: Site, frame: Frame): boolean {
  if (site.file !== frame.file) return false;
  if (frame.resumed && frame.line === site.line) return true;
  const offset = (startsOf(frame.file)[frame.line - 1] ?? Infinity) + frame.column - 1;
  return site.start <= offset && offset < site.end;
}

export function lineAt({ file, line }: Pick<Site, 'file' | 'line'>): string {
  return readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
}

/** Where an error comes from is only known by its line. */
export function isOnLine(site: Site, { file, line }: Frame): boolean {
  return site.file === file && site.line === line;
}

/** How well a calling path fits a stack trace: calls that are found in it, less a little for those that are not. */
export function fit(chain: CallChain | undefined, callers: readonly Frame[]): number {
  let score = 0;
  let rest = callers;
  for (let call = chain; call !== undefined; call = call.caller) {
    const { site } = call;
    const at = rest.findIndex((frame) => covers(site, frame));
    score += at < 0 ? -0.01 : 1;
    if (at >= 0) rest = rest.slice(at + 1);
  }
  return score;
}

/** Those with the greatest score; none where nothing is scored. */
export function best<Item>(items: readonly Item[], scoreOf: (item: Item) => number | undefined): readonly Item[] {
  const scored = items.flatMap((item) => {
    const score = scoreOf(item);
    return score === undefined ? [] : [{ item, score }];
  });
  const top = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === top).map(({ item }) => item);
}

export const placeText = ({ file, line }: Pick<Site, 'file' | 'line'>): string => `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;
