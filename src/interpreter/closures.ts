/** Functions as values, and the names of a scope. */
import type { ClosureValue } from '../domain/value.ts';
import { uninitialised } from '../domain/values.ts';
import type { Block, FunctionCode } from '../program/ir.ts';
import type { Machine } from './machine/machine.ts';

export function closureOf(m: Machine, code: FunctionCode): ClosureValue {
  const closure: ClosureValue = {
    kind: 'closure',
    code,
    environment: m.environment,
    receiver: code.arrow ? m.frame.receiver : undefined,
    home: m.frame.home,
  };
  if (m.functions.made.has(code) || m.allocator.isRepeating) madeAgain(m, code);
  m.functions.made.add(code);
  m.history.executed.closures.set(code, closure);
  return closure;
}

/** What was said of the properties of one of several functions that come of one piece of code is nothing that is known of the others. */
function madeAgain({ functions, renamed }: Machine, code: FunctionCode): void {
  functions.several.add(code);
  if (functions.keepers.has(code)) renamed.add(code);
}

/** Declares the names of a block: functions are there at once, the others wait for their declaration. */
export function enterScope(m: Machine, block: Pick<Block, 'bindings' | 'functions'>): void {
  for (const binding of block.bindings) m.memory.write(m.environment.declare(binding), uninitialised);
  for (const { binding, function: code } of block.functions) m.memory.write(m.environment.declare(binding), closureOf(m, code));
}
