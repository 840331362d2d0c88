/** Prototypes of exported classes that another file of the program may change. */
import type { ClassValue, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import { importsOf } from '../../program/imports.ts';
import type { Machine } from '../machine/machine.ts';
import { prototypeOf } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';

const speaksOfPrototypes = /(?<!\b(?:Object|Array|String|Function))\.prototype\b|\bsetPrototypeOf\b|\bgetPrototypeOf\b|__proto__/;

/** Methods of classes are taken to stay, but where some file that has a class by importing it speaks of prototypes. */
export function openPrototypes(m: Machine, value: Value): void {
  for (const member of members(value)) {
    if (member.kind === 'class' && mayBeChanged(m, member)) m.apart(() => { prototypeOf(m, member).open ??= unknownFrom(m, [], member.code.site); });
  }
}

function mayBeChanged(m: Machine, { code: { site: { file } } }: ClassValue): boolean {
  const speaking = m.program.filesMentioning(speaksOfPrototypes).filter((other) => other !== file);
  if (speaking.length === 0) return false;
  const importers = importsOf(m.program).importersOf([file]);
  return m.program.module(file)?.script === true || speaking.some((other) => importers.has(other));
}
