/** What functions and classes say of themselves. */
import type { ClassValue, ClosureValue, Value } from '../../domain/value.ts';
import { literal, plainHost } from '../../domain/values.ts';
import type { FunctionCode } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';

/** How a function or class is called, and how many arguments it wants: for as long as nobody else has it, who may say otherwise. */
export function ownMemberOf(m: Machine, of: ClosureValue | ClassValue, name: 'name' | 'length'): Value {
  const { code } = of;
  if (code.ownName === undefined || m.renamed.has(code)) return plainHost;
  const prefix = of.kind === 'closure' && of.bound === true ? 'bound ' : '';
  return literal(name === 'name' ? prefix + code.ownName : wanted(of.kind === 'class' ? of.code.constructorCode : of.code));
}

function wanted(code: FunctionCode | undefined): number {
  const parameters = code?.parameters ?? [];
  const optional = parameters.findIndex((parameter) => parameter.rest || parameter.default !== undefined);
  return optional < 0 ? parameters.length : optional;
}

/** What `new` refuses, for certain. */
export function isNoConstructor(value: Value): boolean {
  switch (value.kind) {
    case 'literal': case 'symbol': return true;
    case 'closure': return !value.code.constructs;
    case 'native': return value.standard?.constructs === false;
    default: return false;
  }
}
