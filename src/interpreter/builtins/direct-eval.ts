/** `eval(text)`, called by that name: code that sees what the code around it sees, and is not known. */
import { allArguments } from '../../domain/invocation.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Arguments, Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import { escape } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
import { unknownFrom } from '../values/unknown.ts';

/** It may give any variable another value, at once or by functions that it makes, and do anything with what they hold. */
export function evaluateText(m: Machine, args: Arguments, site: Site): Value {
  m.mayThrow();
  const { memory } = m;
  const visible: Value[] = [m.frame.receiver];
  const result = unknownFrom(m, allArguments(args), site);
  for (let scope: Environment | undefined = m.environment; scope !== undefined; scope = scope.outer) {
    for (const [{ kind }, cell] of scope.entries()) {
      const value = memory.read(cell);
      if (value === undefined) continue;
      visible.push(value);
      if (kind === 'const' || kind === 'import') continue;
      memory.write(cell, memory.joiner.values(value, result));
      cell.unsteady = true;
    }
  }
  escape(m, visible, result);
  return result;
}
