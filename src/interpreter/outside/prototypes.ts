/** Prototypes of exported classes that another file of the program may change. */
import { members } from '../../domain/values.ts';
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../machine/machine.ts';
import { prototypeOf } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';

const speaksOfPrototypes = /(?<!\b(?:Object|Array|String|Function))\.prototype\b|\bsetPrototypeOf\b|\bgetPrototypeOf\b|__proto__/;

/** Methods of classes are taken to stay, but where some other file speaks of prototypes, and of the class or of what has no name there. */
export function openPrototypes(m: Machine, value: Value): void {
  for (const member of members(value)) {
    if (member.kind !== 'class') continue;
    const { name, site } = member.code;
    const mayChange = (file: string): boolean => file !== site.file && m.program.mentions(file, speaksOfPrototypes) && (name === '' || m.program.module(file)?.occurrences.has(name) === true);
    if ([...m.program.files()].some(mayChange)) m.apart(() => { prototypeOf(m, member).open ??= unknownFrom(m, [], site); });
  }
}
