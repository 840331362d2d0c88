/** Instances that are known by their types only, and the arguments of functions that nothing calls. */
import type { Environment } from '../domain/environment.ts';
import { noArguments } from '../domain/invocation.ts';
import type { Arguments, ClassValue, Value } from '../domain/value.ts';
import { plainHost } from '../domain/values.ts';
import type { ClassCode, Site } from '../program/ir.ts';
import { openSettings } from './escape.ts';
import type { Machine } from './machine/machine.ts';
import { environmentOf } from './modules.ts';
import { fromType } from './values/types.ts';
import { handed } from './values/unknown.ts';

/** An instance of a class of the program, as its constructor makes one of unknown arguments. */
export function instanceOf(m: Machine, file: string, code: ClassCode): Value | undefined {
  const { instances, pending } = m.modules;
  const known = instances.get(code);
  if (known !== undefined) return known;
  if (code.abstract || pending.has(code) || m.program.isExtended(code)) return undefined;
  const module = m.program.module(file);
  const value = module === undefined ? undefined : classIn(m, environmentOf(m, module), code);
  if (value === undefined) return undefined;
  pending.add(code);
  try {
    const instance = m.occasion.byType(() => m.apart(() => {
      const made = m.construct(value, foreignArguments(m, code), code.nameSite);
      openSettings(m, made);
      return made;
    }));
    instances.set(code, instance);
    return instance;
  } finally {
    pending.delete(code);
  }
}

function classIn(m: Machine, environment: Environment, code: ClassCode): ClassValue | undefined {
  for (const cell of environment.cells()) {
    const value = m.memory.read(cell);
    if (value?.kind === 'class' && value.code === code) return value;
  }
  return undefined;
}

function foreignArguments(m: Machine, code: ClassCode): Arguments {
  const parameters = code.constructorCode?.parameters ?? [];
  return parameters.length === 0 ? noArguments : argumentsByType(m, parameters);
}

/** What the parameters of a function are by their types, when nothing calls it. */
export function argumentsByType(m: Machine, parameters: readonly { readonly pattern: { readonly site: Site }; readonly rest: boolean }[]): Arguments {
  const values: Value[] = [];
  let others: Value | undefined;
  for (const { pattern, rest } of parameters) {
    const name = m.program.text(pattern.site).split(/[:=?]/, 1)[0]?.trim() ?? '';
    const { node } = handed(m, name, pattern.site);
    const type = m.program.typeOf(pattern.site);
    // A default that is nothing says nothing of what is handed over.
    const value: Value = type.kind === 'nullish' ? { kind: 'unknown', node, type: undefined } : fromType(m, type, { node, site: pattern.site, name });
    // What is handed to a rest is a list of that type, of any length.
    if (rest) others = m.getMember(value, plainHost, pattern.site);
    else values.push(value);
  }
  return { values, sites: parameters.map(({ pattern }) => pattern.site), others };
}
