import { Environment } from '../../src/domain/environment.ts';
import { History } from '../../src/domain/history.ts';
import type { Value } from '../../src/domain/value.ts';
import { isUndefined } from '../../src/domain/values.ts';
import { javascript } from '../../src/interpreter/javascript.ts';
import { Allowance } from '../../src/interpreter/machine/allowance.ts';
import { Machine } from '../../src/interpreter/machine/machine.ts';
import { exported, runProgram } from '../../src/interpreter/modules.ts';
import { programOf } from '../program/support/programs.ts';
import { noLibrary } from './no-library.ts';

/** What is known of `result`, which the last of some files exports, when JavaScript alone has run. */
export function resultOf(files: Readonly<Record<string, string>>): unknown {
  const { program, module } = programOf(files, { allowJs: true });
  const last = module(Object.keys(files).at(-1)!);
  const m = new Machine(program, new History(), new Allowance(last.file, { base: 100_000, perPlace: { here: 0, elsewhere: 0 }, most: 100_000, share: 1 }), javascript, () => noLibrary);
  runProgram(m, last, new Environment(undefined));
  return shown(m, exported(m, last.file, 'result', last.site));
}

/** Plain values as they are, others by what the interpreter knows of them. */
function shown(m: Machine, value: Value): unknown {
  if (value.kind === 'literal') return value.value;
  if (value.kind === 'union') return { either: value.members.map((member) => shown(m, member)) };
  if (value.kind !== 'object') return `(${value.kind})`;
  const { items, others } = m.memory.list(value.heap);
  const rest = others.kind === 'never' || isUndefined(others) ? [] : [`(others: ${String(shown(m, others))})`];
  if (value.heap.isArray) return [...items.map((item) => shown(m, item)), ...rest];
  return Object.fromEntries([...value.heap.properties].map(([key, cell]) => [key, shown(m, m.memory.read(cell)!)]));
}
