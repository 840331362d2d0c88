/** Functions of the language that nothing here describes. */
import type { Invocation, Value } from '../../domain/value.ts';
import { plainHost } from '../../domain/values.ts';
import type { Machine } from '../machine/machine.ts';
import { callUnknown } from '../unknown-calls.ts';
import { unknownFrom } from '../values/unknown.ts';

export type Native = (m: Machine, call: Invocation) => Value;

/** What is not followed, and may give what is not of the type that it is said to give. */
export const otherThanDeclared: Native = (m, call) => m.memory.joiner.values(unfollowed(m, call), plainHost);

/** What is not followed. */
export const unfollowed: Native = (m, call) => callUnknown(m, unknownFrom(m, [], call.site), call.receiver, call.arguments, call.site, call.label);
