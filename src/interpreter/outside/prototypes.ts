/** Prototypes of exported classes that another file of the program may change. */
import type { ClassValue, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
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
  const isShared = m.program.module(file)?.script === true;
  return [...m.program.files()].some((other) => other !== file && m.program.mentions(other, speaksOfPrototypes) && (isShared || imports(m, other, file, new Set())));
}

/** Whether a file imports another one, or a file that does. */
function imports(m: Machine, from: string, file: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return m.program.module(from)?.imports.some(({ specifier }) => {
    const target = m.program.resolve(specifier);
    return target.kind === 'source' && (target.file === file || imports(m, target.file, file, seen));
  }) === true;
}
