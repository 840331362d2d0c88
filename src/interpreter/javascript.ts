/** JavaScript: here its parts, which refer to one another, are tied together. */
import { languageValue as builtIn } from './builtins/globals.ts';
import { construct } from './classes.ts';
import { evaluate } from './expressions.ts';
import { invoke } from './functions.ts';
import { instanceOf } from './instances.ts';
import type { Language } from './machine/machine.ts';
import { getMember } from './members/reading.ts';
import { execute, executeAll } from './statements.ts';

export const javascript: Language = { evaluate, execute, executeAll, invoke, construct, getMember, builtIn, instanceOf };
